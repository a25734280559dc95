# What was fenced need not be waited for: its replicas are asked at once, and the confirmation time is not waited out.
fleet a b<a c<a
patience b 60
patience c 60
config DetectionConfirmMilliseconds 5000
start
tick 1
freeze a
signal a fenced
tick 7
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
nothing happens
ok
   1.001  ! pacemaker: node a is fenced
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   3.330  b:3306 could not connect to a:3306 anew within 1.27 s.
   3.330  It could not, so have all the others do the same at once.
   3.360  c:3306 was asked to connect to its source anew
   3.385  ! a:3306: DeadMaster; last answered 3.38 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   5.885  b:3306, c:3306 could not connect to a:3306 anew within 2.52 s.
   5.885  No replica that was asked can reach it either.
   5.885  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   5.885  Keep asking every server until the failure has held for the confirmation time, or is gone.
   5.985  DeadMaster has held for 3.96 s; last answered 5.98 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   5.985  Ask every gate whether Baton may act; each that is shut says why.
   5.985  Every gate is open.
   5.985  Open the recovery in the journal, unless the cluster is held by another.
   5.985  A recovery was opened and goes on by itself.
   5.985  Ask every server of the cluster again and see that the finding still holds.
   6.085  DeadMaster of a:3306 holds: last answered 6.08 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   6.085  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   6.085  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   6.185  Pacemaker has made sure that node a is off, 5.18 s ago: node a is fenced.
   6.185  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   6.189  b:3306 was asked to stop receiving from its source
   6.189  c:3306 was asked to stop receiving from its source
   6.189  Fetch what the failed primary has and no replica received, while its host still answers.
   6.189  No way to rescue anything is configured.
   6.189  Choose the successor: the replica that has received most, then the one that suits best.
   6.190  b:3306 is as good as c:3306, and comes first by name.
   6.190  Wait until the candidate has applied everything it has received.
   6.191  b:3306 has applied all it received.
   6.191  Cut the candidate loose from its dead source and let it take writes.
   6.301  b:3306 was asked to be the primary
   6.302  Point the other replicas at the successor, all at once.
   6.307  c:3306 was asked to follow b:3306
   6.308  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   6.308  What is lost is not known: no commit waited for a replica when a:3306 was last read, 6.19 s ago, and what it has committed since nobody can know.
   6.308  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   6.308  Run PostFailoverProcesses.
   6.308  A successor serves the cluster.
   6.308  b:3306 is the primary now, in place of a:3306
