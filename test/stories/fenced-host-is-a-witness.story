# Replicas that somebody has stopped know nothing; that the host of the primary is off is known all the same.
fleet a b<a c<a
start
stop b
stop c
tick 6
kill a
signal a fenced
tick 4
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
ok
   5.006  a:3306: AllMasterReplicasNotReplicating; answers; 2 of 2 replicas reachable, 0 replicating
   6.001  the connection to a:3306 has ended; looking at it and at its replicas
   6.001  ! pacemaker: node a is fenced
   6.002  ! a:3306: DeadMaster; last answered 995 ms ago; 2 of 2 replicas reachable, 0 replicating
   6.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   6.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   6.003  DeadMaster has held for 1 ms; last answered 996 ms ago; 2 of 2 replicas reachable, 0 replicating; 2 of 4 observers say that it is dead, none that it lives.
   6.003  Ask every gate whether Baton may act; each that is shut says why.
   6.003  Every gate is open.
   6.003  Open the recovery in the journal, unless the cluster is held by another.
   6.003  A recovery was opened and goes on by itself.
   6.003  Ask every server of the cluster again and see that the finding still holds.
   6.004  DeadMaster of a:3306 holds: last answered 997 ms ago; 2 of 2 replicas reachable, 0 replicating.
   6.004  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   6.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   6.005  Pacemaker has made sure that node a is off, 4 ms ago: node a is fenced.
   6.005  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   6.006  Fetch what the failed primary has and no replica received, while its host still answers.
   6.006  No way to rescue anything is configured.
   6.006  Choose the successor: the replica that has received most, then the one that suits best.
   6.007  b:3306 is as good as c:3306, and comes first by name.
   6.007  Wait until the candidate has applied everything it has received.
   6.008  b:3306 has applied all it received.
   6.008  Cut the candidate loose from its dead source and let it take writes.
   6.019  b:3306 was asked to be the primary
   6.020  Point the other replicas at the successor, all at once.
   6.025  c:3306 was asked to follow b:3306
   6.026  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   6.026  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1 s ago, and what it has committed since nobody can know.
   6.026  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   6.026  Run PostFailoverProcesses.
   6.026  A successor serves the cluster.
   6.026  b:3306 is the primary now, in place of a:3306
