# One replica of a dead intermediate source has a write that nobody else has: it is named and put back as it was, the other one follows a sibling.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
config InstanceBulkOperationsWaitTimeoutSeconds 2
hook PostIntermediateMasterFailoverProcesses echo {successorHost} without {lostReplicas}
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

kill b
----
   1.001  the connection to b:3306 has ended; looking at it and at its replicas

stray e
----
ok

tick 10
----
   1.002  ! b:3306: DeadIntermediateMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; e:3306 has transactions that its source never had: 0-5-6..6
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; e:3306 has transactions that its source never had: 0-5-6..6; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask the source and its replicas again and see that the finding still holds.
   2.003  DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; e:3306 has transactions that its source never had: 0-5-6..6.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  See which replicas still need a source, and choose one for each.
   2.004  c:3306 replicates from a:3306, as b:3306 did.
   2.004  Wait until each new source has all that its replica holds, then have the replica follow it.
   2.009  d:3306 was asked to follow c:3306
   2.009  e:3306 was asked to follow c:3306
   2.009  All were told to follow their new source.
   2.009  See on the replicas themselves that they replicate; one that does not is given another source.
   2.010  1 of 2 that were moved replicate.
   2.010  See which replicas still need a source, and choose one for each.
   2.011  a:3306 is the source of b:3306.
   2.011  Wait until each new source has all that its replica holds, then have the replica follow it.
   2.016  e:3306 was asked to follow a:3306
   2.016  All were told to follow their new source.
   2.016  See on the replicas themselves that they replicate; one that does not is given another source.
   2.017  0 of 1 that were moved replicate.
   2.017  See which replicas still need a source, and choose one for each.
   2.018  e:3306: c:3306 was tried, and Got fatal error 1236 from master when reading data from binary log: 'Error: connecting slave requested to start from a GTID which is not in the master's binlog'; a:3306 was tried, and Got fatal error 1236 from master when reading data from binary log: 'Error: connecting slave requested to start from a GTID which is not in the master's binlog'.
   2.018  Point those that could follow nobody at the dead source again, as they were.
   2.024  e:3306 was asked to follow b:3306
   2.025  Everything is as it was.
   2.025  Run PostIntermediateMasterFailoverProcesses.
   2.025  PostIntermediateMasterFailoverProcesses hook 1 of 1 started: echo {successorHost} without {lostReplicas}
   2.025  PostIntermediateMasterFailoverProcesses hook 1 of 1 says: c without e:3306
   2.035  PostIntermediateMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.035  Run PostFailoverProcesses.
   2.035  ! Some replicas of the dead source replicate from another; the others are left behind and named.
   2.035  c:3306 is the source now, in place of b:3306; left behind: e:3306
   3.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.102  DeadIntermediateMasterWithSingleReplicaFailingToConnect has held for 1 s; last answered 3.1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; e:3306 has transactions that its source never had: 0-5-6..6; 2 of 2 observers say that it is dead, none that it lives.
   3.102  Ask every gate whether Baton may act; each that is shut says why.
   3.102  Recovery 8706c4eb of a:3306 made c:3306 the source 1.07 s ago; the cluster is left alone for another 59 min 59 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used.
   3.102  ! Baton had no right to act, and said why. Recovery 8706c4eb of a:3306 made c:3306 the source 1.07 s ago; the cluster is left alone for another 59 min 59 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID:errant]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

hooks
----
   2.025  PostIntermediateMasterFailoverProcesses: echo c without e:3306

restart b
----
ok

tick 5
----
  11.003  b:3306: DeadIntermediateMaster is over after 8.9 s

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID:errant]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
