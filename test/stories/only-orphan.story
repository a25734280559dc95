# A chain breaks in its middle, and nobody but the primary is left to feed its end.
fleet a b<a c<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
----
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

kill b
----
   1.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 5
----
   1.002  a:3306: MasterSingleReplicaDead; answers; 0 of 1 replicas reachable, 0 replicating
   1.002  ! b:3306: DeadIntermediateMasterWithSingleReplicaFailingToConnect; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadIntermediateMasterWithSingleReplicaFailingToConnect has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask the source and its replicas again and see that the finding still holds.
   2.003  DeadIntermediateMasterWithSingleReplicaFailingToConnect of b:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  See which replicas still need a source, and choose one for each.
   2.004  a:3306 is the source of b:3306.
   2.004  Wait until each new source has all that its replica holds, then have the replica follow it.
   2.009  c:3306 was asked to follow a:3306
   2.009  All were told to follow their new source.
   2.009  See on the replicas themselves that they replicate; one that does not is given another source.
   2.010  1 of 1 that were moved replicate.
   2.010  Run PostIntermediateMasterFailoverProcesses.
   2.010  Run PostFailoverProcesses.
   2.010  All replicas of the dead source replicate from another.
   2.010  a:3306 is the source now, in place of b:3306
   2.102  a:3306: MasterSingleReplicaDead is over after 1.1 s

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

write 1 a
tick 1
----
1 were acknowledged
nothing happens

verdict
----
a:3306 takes writes and has all 6 acknowledged writes
never two servers of a cluster took writes
