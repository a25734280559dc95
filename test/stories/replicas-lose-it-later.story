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
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   2.080  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.080  A replica reaches it, so it lives, and only we cannot.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  The hooks were told; this kind of failure is never acted upon.
ok
ok
  32.901  Have one replica, the one that would be missed least, connect to its silent source anew.
  32.930  b:3306 was asked to connect to its source anew
  33.205  b:3306 could not connect to a:3306 anew within 275 ms.
  33.205  It could not, so have all the others do the same at once.
  33.235  c:3306 was asked to connect to its source anew
  33.260  ! a:3306: DeadMaster; last answered 33.26 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  33.760  b:3306, c:3306 could not connect to a:3306 anew within 525 ms.
  33.760  No replica that was asked can reach it either.
  33.760  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  33.760  Keep asking every server until the failure has held for the confirmation time, or is gone.
  33.905  b:3306 was asked to connect to its source anew
  33.905  c:3306 was asked to connect to its source anew
  34.155  DeadMaster has held for 1.25 s; last answered 34.15 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  34.155  Ask every gate whether Baton may act; each that is shut says why.
  34.155  Every gate is open.
  34.155  Open the recovery in the journal, unless the cluster is held by another.
  34.155  A recovery was opened and goes on by itself.
  34.155  Ask every server of the cluster again and see that the finding still holds.
  34.255  DeadMaster of a:3306 holds: last answered 34.25 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  34.255  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  34.255  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  34.355  a:3306 did not answer within 100 ms, so nothing more can be done to keep writes from it.
  34.355  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  34.359  b:3306 was asked to stop receiving from its source
  34.359  c:3306 was asked to stop receiving from its source
  34.359  Fetch what the failed primary has and no replica received, while its host still answers.
  34.359  No way to rescue anything is configured.
  34.359  Choose the successor: the replica that has received most, then the one that suits best.
  34.360  b:3306 is as good as c:3306, and comes first by name.
  34.360  Wait until the candidate has applied everything it has received.
  34.361  b:3306 has applied all it received.
  34.361  Cut the candidate loose from its dead source and let it take writes.
  34.471  b:3306 was asked to be the primary
  34.472  Point the other replicas at the successor, all at once.
  34.477  c:3306 was asked to follow b:3306
  34.478  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  34.478  What is lost is not known: no commit waited for a replica when a:3306 was last read, 34.36 s ago, and what it has committed since nobody can know.
  34.478  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  34.478  Run PostFailoverProcesses.
  34.478  A successor serves the cluster.
  34.478  b:3306 is the primary now, in place of a:3306
