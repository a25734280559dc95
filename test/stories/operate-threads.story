# Threads are stopped and started by a person, receiving first.
fleet a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

operate stop-replica c
tick 1
----
ok
   0.001  Look at every server of the cluster and see whether and how it can be done.
   0.002  c:3306 is asked to stop receiving from its source; then c:3306 is asked to stop applying what it has received.
   0.002  Do it, one server after the other; no server moves before its new source has what it has.
   0.007  c:3306 was asked to stop receiving from its source
   0.011  c:3306 was asked to stop applying what it has received
   0.011  Everything was done as planned.
   0.011  It is done.

write 3 a
tick 1
----
3 were acknowledged
nothing happens

operate start-replica c
tick 2
----
ok
   2.001  Look at every server of the cluster and see whether and how it can be done.
   2.002  c:3306 is asked to apply what it has received (may drop what it has received and not applied); then c:3306 is asked to receive from its source again (may drop what it has received and not applied).
   2.002  Do it, one server after the other; no server moves before its new source has what it has.
   2.007  c:3306 was asked to apply what it has received
   2.011  c:3306 was asked to receive from its source again
   2.011  Everything was done as planned.
   2.011  It is done.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes
