# A replica that cannot connect anew says little where another goes on receiving: the primary lives, and nobody else is asked.
fleet a b<a c<a
patience b 60
patience c 60
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok

start
tick 1
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
nothing happens

cut baton a
cut a b
tick 1.15
write 5 a
tick 5
----
ok
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
5 were acknowledged
   2.180  c:3306 goes on receiving from a:3306, so it is Baton that cannot reach it.
   2.180  A replica reaches it, so it lives, and only we cannot.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  The hooks were told; this kind of failure is never acted upon.

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
