# A replica is moved below another, and back up again; what it holds is made final and waited for first.
fleet a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
----
5 were acknowledged

preview relocate c b
----
c:3306 is asked to stop receiving from its source
    STOP SLAVE IO_THREAD
b:3306 is waited for until it has all that c:3306 has
c:3306 is asked to follow b:3306 (may drop what it has received and not applied)
    CHANGE MASTER TO …

operate relocate c b
tick 2
----
ok
   0.002  Look at every server of the cluster and see whether and how it can be done.
   0.003  c:3306 is asked to stop receiving from its source; then b:3306 is waited for until it has all that c:3306 has; then c:3306 is asked to follow b:3306 (may drop what it has received and not applied).
   0.003  Do it, one server after the other; no server moves before its new source has what it has.
   0.008  c:3306 was asked to stop receiving from its source
   0.013  c:3306 was asked to follow b:3306
   0.014  Everything was done as planned.
   0.014  It is done.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

operate move-up c
tick 2
----
ok
   2.002  Look at every server of the cluster and see whether and how it can be done.
   2.003  c:3306 is asked to stop receiving from its source; then a:3306 is waited for until it has all that c:3306 has; then c:3306 is asked to follow a:3306 (may drop what it has received and not applied).
   2.003  Do it, one server after the other; no server moves before its new source has what it has.
   2.008  c:3306 was asked to stop receiving from its source
   2.013  c:3306 was asked to follow a:3306
   2.014  Everything was done as planned.
   2.014  It is done.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
