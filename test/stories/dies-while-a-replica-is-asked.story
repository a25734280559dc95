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
   2.101  a:3306: UnreachableMaster; last answered 2.1 s ago; 2 of 2 replicas reachable, 2 replicating
   2.101  Have one replica, the one that would be missed least, connect to its silent source anew.
   6.001  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
   6.001  a:3306: UnreachableMaster; last answered 6 s ago; 2 of 2 replicas reachable, 1 replicating, 1 failing to connect to it
   6.001  A controller continues this suspicion in askingOne.
   6.001  Have one replica, the one that would be missed least, connect to its silent source anew.
   6.006  c:3306 was asked to connect to its source anew
   6.031  a:3306: DeadMaster; last answered 6.03 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   6.281  c:3306 could not connect to a:3306 anew within 275 ms.
   6.281  It could not, so have all the others do the same at once.
   6.807  c:3306 could not connect to a:3306 anew within 525 ms.
   6.807  No replica that was asked can reach it either.
   6.901  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   6.901  Keep asking every server until the failure has held for the confirmation time, or is gone.
   7.035  b:3306 was asked to connect to its source anew
   7.035  c:3306 was asked to connect to its source anew
   7.285  DeadMaster has held for 1.25 s; last answered 7.28 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   7.285  Ask every gate whether Baton may act; each that is shut says why.
   7.285  Every gate is open.
   7.285  Open the recovery in the journal, unless one is active or too recent.
   7.285  A recovery was opened and goes on by itself.
   7.285  Ask every server of the cluster again and see that the finding still holds.
   8.285  DeadMaster of a:3306 holds: last answered 8.28 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   8.285  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   8.285  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   9.285  a:3306 did not answer within 1000 ms, so nothing more can be done to keep writes from it.
   9.285  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   9.289  b:3306 was asked to stop receiving from its source
   9.289  c:3306 was asked to stop receiving from its source
   9.289  Choose the successor: the replica that has received most, then the one that suits best.
   9.290  b:3306 is as good as c:3306, and comes first by name.
   9.290  Wait until the candidate has applied everything it has received.
   9.291  b:3306 has applied all it received.
   9.291  Cut the candidate loose from its dead source and let it take writes.
   9.398  b:3306 was asked to be the primary
   9.399  Point the other replicas at the successor, all at once.
   9.404  c:3306 was asked to follow b:3306
   9.405  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   9.405  Run PostFailoverProcesses.
   9.405  A successor serves the cluster.
   9.405  b:3306 is the primary now, in place of a:3306
a:3306 takes writes and has all 0 acknowledged writes
b:3306 takes writes and has all 0 acknowledged writes
a:3306 and b:3306 took writes at once from    9.396 on, after "SET GLOBAL read_only = 0" on b:3306
