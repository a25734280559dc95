# Replicas that somebody has stopped do not know whether their source lives, so a controller that is cut off acts for nobody (P3).
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

stop b
stop c
tick 6
cut baton a
tick 8
----
ok
ok
   5.006  a:3306: AllMasterReplicasNotReplicating; answers; 2 of 2 replicas reachable, 0 replicating
ok
   7.031  ! a:3306: DeadMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 0 replicating
   7.031  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   7.031  Keep asking every server until the failure has held for the confirmation time, or is gone.
   8.031  DeadMaster has held for 1 s; last answered 3.02 s ago; 2 of 2 replicas reachable, 0 replicating; 1 of 3 observers say that it is dead, none that it lives.
   8.031  Ask every gate whether Baton may act; each that is shut says why.
   8.031  No replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover".
   8.031  ! Baton had no right to act, and said why. No replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover".

verdict
----
a:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
