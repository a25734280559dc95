# Two outages, each shorter than the confirmation time, do not add up to one that is longer.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

kill a
tick 0.4
restart a
tick 2
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
ok
   1.403  a:3306: AllMasterReplicasNotReplicating; answers; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.403  a:3306: DeadMaster was gone after 401 ms.
   1.403  The failure was gone before it had lasted long enough to act.
   1.502  a:3306: DeadMaster is over after 500 ms

kill a
tick 0.4
restart a
tick 3
----
   3.401  the connection to a:3306 has ended; looking at it and at its replicas
   3.402  ! a:3306: DeadMaster; last answered 398 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   3.402  Keep asking every server until the failure has held for the confirmation time, or is gone.
ok
   3.803  a:3306: AllMasterReplicasNotReplicating; answers; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   3.803  a:3306: DeadMaster was gone after 401 ms.
   3.803  The failure was gone before it had lasted long enough to act.
   3.902  a:3306: DeadMaster is over after 500 ms
   5.006  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   5.006  The hooks were told; this kind of failure is never acted upon.
   5.006  a:3306: AllMasterReplicasNotReplicating is over after 1.2 s

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
