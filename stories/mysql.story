# The same on MySQL, where GTIDs are sets and not positions.
fleet mysql a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 10
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  b:3306 was asked to stop receiving from its source
   2.008  c:3306 was asked to stop receiving from its source
   2.008  Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  No way to rescue anything is configured.
   2.008  Choose the successor: the replica that has received most, then the one that suits best.
   2.009  b:3306 is as good as c:3306, and comes first by name.
   2.009  Wait until the candidate has applied everything it has received.
   2.010  b:3306 has applied all it received.
   2.010  Cut the candidate loose from its dead source and let it take writes.
   2.021  b:3306 was asked to be the primary
   2.022  Point the other replicas at the successor, all at once.
   2.027  c:3306 was asked to follow b:3306
   2.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 2.01 s ago, and what it has committed since nobody can know.
   2.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.028  Run PostFailoverProcesses.
   2.028  A successor serves the cluster.
   2.028  b:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,8.4.6,rw,ROW,>>,GTID,replaced,downtimed]
b:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ c:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
