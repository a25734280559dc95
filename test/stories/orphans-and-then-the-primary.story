# The primary dies right after the replicas of a dead intermediate source were moved: its failover is not held back.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
----
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

tick 5
----
   1.002  ! b:3306: DeadIntermediateMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask the source and its replicas again and see that the finding still holds.
   2.003  DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  See which replicas still need a source, and choose one for each.
   2.004  c:3306 replicates from a:3306, as b:3306 did.
   2.004  Wait until each new source has all that its replica holds, then have the replica follow it.
   2.009  d:3306 was asked to follow c:3306
   2.009  e:3306 was asked to follow c:3306
   2.009  All were told to follow their new source.
   2.009  See on the replicas themselves that they replicate; one that does not is given another source.
   2.010  2 of 2 that were moved replicate.
   2.010  Run PostIntermediateMasterFailoverProcesses.
   2.010  Run PostFailoverProcesses.
   2.010  All replicas of the dead source replicate from another.
   2.010  c:3306 is the source now, in place of b:3306

kill a
----
   6.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 10
----
   6.002  ! a:3306: DeadMasterAndSomeReplicas; last answered 996 ms ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it
   6.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   6.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   7.002  DeadMasterAndSomeReplicas has held for 1 s; last answered 2 s ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 3 observers say that it is dead, none that it lives.
   7.002  Ask every gate whether Baton may act; each that is shut says why.
   7.002  Every gate is open.
   7.002  Open the recovery in the journal, unless the cluster is held by another.
   7.002  A recovery was opened and goes on by itself.
   7.002  Ask every server of the cluster again and see that the finding still holds.
   7.003  DeadMasterAndSomeReplicas of a:3306 holds: last answered 2 s ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it.
   7.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   7.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   7.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.005  ! b:3306 refuses connections, so it was not asked to stop receiving from its source
   7.008  c:3306 was asked to stop receiving from its source
   7.008  Fetch what the failed primary has and no replica received, while its host still answers.
   7.008  No way to rescue anything is configured.
   7.008  Choose the successor: the replica that has received most, then the one that suits best.
   7.009  ! b:3306 refuses connections, so it was not asked to stop receiving from its source
   7.010  c:3306 is the only replica that may be promoted.
   7.010  Wait until the candidate has applied everything it has received.
   7.011  c:3306 has applied all it received.
   7.011  Cut the candidate loose from its dead source and let it take writes.
   7.022  c:3306 was asked to be the primary
   7.023  Point the other replicas at the successor, all at once.
   7.024  ! b:3306 is left behind: b:3306 refuses connections
   7.024  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.024  What is lost is not known: no commit waited for a replica when a:3306 was last read, 2 s ago, and what it has committed since nobody can know.
   7.024  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.024  Run PostFailoverProcesses.
   7.024  A successor serves the cluster.
   7.024  c:3306 is the primary now, in place of a:3306; left behind: b:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
- b:3306 [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
c:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ e:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
c:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
