# A controller that dies half-way through an operation has its next life put it back.
fleet a b<a c<a d<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 5 a
----
5 were acknowledged

die 8
operate take-siblings b
tick 2
----
ok
ok
   0.001  Look at every server of the cluster and see whether and how it can be done.
   0.002  c:3306 is asked to stop receiving from its source; then b:3306 is waited for until it has all that c:3306 has; then c:3306 is asked to follow b:3306 (may drop what it has received and not applied); then d:3306 is asked to stop receiving from its source; then b:3306 is waited for until it has all that d:3306 has; then d:3306 is asked to follow b:3306 (may drop what it has received and not applied).
   0.002  Do it, one server after the other; no server moves before its new source has what it has.
   0.007  c:3306 was asked to stop receiving from its source

start
tick 2
----
   2.002  watching cluster a:3306: primary a:3306, 4 instances, 4 answering
   2.002  A controller continues this reshaping in carryingOut.
   2.002  It could not be done whole: put back what was done.
   2.008  c:3306 was asked to follow a:3306
   2.009  Everything is as it was.
   2.009  ! It could not be done; what was changed was put back as far as that goes. The controller was interrupted half-way.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
