# The successor applies all that it has received before it takes writes, however long it lags, as long as it gets on.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

lag b 20000
write 1 a
tick 6
write 1 a
tick 6
write 1 a
tick 6
write 1 a
----
ok
1 were acknowledged
nothing happens
1 were acknowledged
nothing happens
1 were acknowledged
nothing happens
1 were acknowledged

kill a
----
  18.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 30
----
  18.002  ! a:3306: DeadMaster; last answered 984 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
  18.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  18.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
  19.002  DeadMaster has held for 1 s; last answered 1.98 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
  19.002  Ask every gate whether Baton may act; each that is shut says why.
  19.002  Every gate is open.
  19.002  Open the recovery in the journal, unless the cluster is held by another.
  19.002  A recovery was opened and goes on by itself.
  19.002  Ask every server of the cluster again and see that the finding still holds.
  19.003  DeadMaster of a:3306 holds: last answered 1.99 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
  19.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  19.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  19.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  19.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  19.008  b:3306 was asked to stop receiving from its source
  19.008  Fetch what the failed primary has and no replica received, while its host still answers.
  19.008  No way to rescue anything is configured.
  19.008  Choose the successor: the replica that has received most, then the one that suits best.
  19.009  b:3306 is the only replica that may be promoted.
  19.009  Wait until the candidate has applied everything it has received.
  19.010  b:3306 has 4 transactions left to apply
  38.002  b:3306 has applied all it received.
  38.002  Cut the candidate loose from its dead source and let it take writes.
  38.013  b:3306 was asked to be the primary
  38.014  Point the other replicas at the successor, all at once.
  38.015  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  38.015  What is lost is not known: no commit waited for a replica when a:3306 was last read, 3.99 s ago, and what it has committed since nobody can know.
  38.015  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  38.015  Run PostFailoverProcesses.
  38.015  A successor serves the cluster.
  38.015  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 4 acknowledged writes
never two servers of a cluster took writes
