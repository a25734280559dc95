# The primary replicates from one of its replicas as well, and takes writes again.
fleet mysql a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
----
5 were acknowledged

operate make-co-master b
tick 2
----
ok
   0.001  Look at every server of the cluster and see whether and how it can be done.
   0.002  a:3306 is asked to be read-only; then b:3306 is waited for until it has all that a:3306 has; then a:3306 is asked to follow b:3306; then a:3306 is asked to take writes (no other server may take writes then).
   0.002  Do it, one server after the other; no server moves before its new source has what it has.
   0.007  a:3306 was asked to be read-only
   0.012  a:3306 was asked to follow b:3306
   0.018  a:3306 was asked to take writes
   0.018  Everything was done as planned.
   0.018  It is done.

write 5 a
tick 1
----
5 were acknowledged
nothing happens

topology
----
+ a:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
  + c:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
+ b:3306   [0s,ok,8.4.6,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 10 acknowledged writes
never two servers of a cluster took writes
