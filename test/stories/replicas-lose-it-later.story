# A primary that Baton has lost is dead when its replicas have lost it too; they are asked at each pulse, not at the next poll.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config InstancePollSeconds 30
start
----
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

cut baton a
tick 31
cut b a
cut c a
tick 10
----
ok
   2.002  a:3306: UnreachableMaster; last answered 2 s ago; 2 of 2 replicas reachable, 2 replicating
   3.102  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.102  The hooks were told; this kind of failure is never acted upon.
ok
ok
  38.002  a:3306: DeadMaster; last answered 38 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  38.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  38.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
  39.002  DeadMaster has held for 1 s; last answered 39 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  39.002  Ask every gate whether Baton may act; each that is shut says why.
  39.002  Every gate is open.
  39.002  Open the recovery in the journal, unless one is active or too recent.
  39.002  A recovery was opened and goes on by itself.
  39.002  Ask every server of the cluster again and see that the finding still holds.
  40.002  DeadMaster of a:3306 holds: last answered 40 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  40.002  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  40.002  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  41.002  a:3306 did not answer within 1000 ms, so nothing more can be done to keep writes from it.
  41.002  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  41.006  b:3306 was asked to stop receiving from its source
  41.006  c:3306 was asked to stop receiving from its source
  41.006  Choose the successor: the replica that has received most, then the one that suits best.
  41.007  b:3306 is as good as c:3306, and comes first by name.
  41.007  Wait until the candidate has applied everything it has received.
  41.008  b:3306 has applied all it received.
  41.008  Cut the candidate loose from its dead source and let it take writes.
  41.115  b:3306 was asked to be the primary
  41.116  Point the other replicas at the successor, all at once.
  41.121  c:3306 was asked to follow b:3306
  41.122  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  41.122  Run PostFailoverProcesses.
  41.122  A successor serves the cluster.
  41.122  b:3306 is the primary now, in place of a:3306
