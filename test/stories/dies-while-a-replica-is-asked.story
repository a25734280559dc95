# A controller that dies while a replica connects anew leaves it receiving, and the next one goes on.
fleet a b<a c<a
patience b 60
patience c 60
start
tick 1
freeze a
die 4
tick 4
start
tick 6
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
nothing happens
ok
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   6.001  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
   6.001  a:3306: UnreachableMaster; last answered 6 s ago; 2 of 2 replicas reachable, 1 replicating, 1 failing to connect to it
   6.001  A controller continues this suspicion in askingOne.
   6.001  Have one replica, the one that would be missed least, connect to its silent source anew.
   6.031  c:3306 was asked to connect to its source anew
   6.056  ! a:3306: DeadMaster; last answered 6.05 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   6.306  c:3306 could not connect to a:3306 anew within 275 ms.
   6.306  It could not, so have all the others do the same at once.
   6.857  c:3306 could not connect to a:3306 anew within 525 ms.
   6.857  No replica that was asked can reach it either.
   6.901  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   6.901  Keep asking every server until the failure has held for the confirmation time, or is gone.
   7.060  b:3306 was asked to connect to its source anew
   7.060  c:3306 was asked to connect to its source anew
   7.310  DeadMaster has held for 1.25 s; last answered 7.31 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   7.310  Ask every gate whether Baton may act; each that is shut says why.
   7.310  Every gate is open.
   7.310  Open the recovery in the journal, unless the cluster is held by another.
   7.310  A recovery was opened and goes on by itself.
   7.310  Ask every server of the cluster again and see that the finding still holds.
   7.410  DeadMaster of a:3306 holds: last answered 7.41 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   7.410  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   7.410  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.510  a:3306 did not answer within 100 ms, so nothing more can be done to keep writes from it.
   7.510  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.514  b:3306 was asked to stop receiving from its source
   7.514  c:3306 was asked to stop receiving from its source
   7.514  Fetch what the failed primary has and no replica received, while its host still answers.
   7.514  No way to rescue anything is configured.
   7.514  Choose the successor: the replica that has received most, then the one that suits best.
   7.515  b:3306 is as good as c:3306, and comes first by name.
   7.515  Wait until the candidate has applied everything it has received.
   7.516  b:3306 has applied all it received.
   7.516  Cut the candidate loose from its dead source and let it take writes.
   7.626  b:3306 was asked to be the primary
   7.627  Point the other replicas at the successor, all at once.
   7.632  c:3306 was asked to follow b:3306
   7.633  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.633  What is lost is not known: no commit waited for a replica when a:3306 was last read, 7.51 s ago, and what it has committed since nobody can know.
   7.633  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.633  Run PostFailoverProcesses.
   7.633  A successor serves the cluster.
   7.633  b:3306 is the primary now, in place of a:3306
a:3306 takes writes and has all 0 acknowledged writes
b:3306 takes writes and has all 0 acknowledged writes
a:3306 and b:3306 took writes at once from    7.621 on, after "SET GLOBAL read_only = 0" on b:3306
