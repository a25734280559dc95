# What cannot be done is refused with every reason, and nothing is touched.
fleet a b<a c<b
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from b:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

preview relocate b c
preview relocate a b
preview move-up b
preview move-below c a
preview take-master b
preview set-writeable b
preview reset-replica a
preview skip-query b
----
refused: c:3306 replicates from b:3306 itself
refused: a:3306 is the primary: a takeover replaces it
refused: b:3306 replicates from a:3306 itself
refused: there is no server above its source
refused: a:3306 is no sibling of c:3306: they have not the same source
refused: a:3306, its source, is the primary: use baton takeover to change places with it
refused: a:3306 of the same cluster takes writes already
refused: b:3306 replicates from a:3306: use baton takeover
refused: a:3306 replicates from nothing
refused: b:3306 has stopped applying at no transaction

operate set-writeable b
tick 1
----
ok
   0.009  Look at every server of the cluster and see whether and how it can be done.
   0.010  ! No: a:3306 of the same cluster takes writes already; b:3306 replicates from a:3306: use baton takeover.
   0.010  It cannot be done; nothing was touched.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
