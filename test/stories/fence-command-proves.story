# A dead primary must be proven to take no more writes; a command cuts its power.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config FencingLevelRequired "proven"
config FenceCommand "power-off {failedHost}"
config FenceCommandProves true
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

tick 2
----
nothing happens

kill a
----
   2.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 5
----
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.004  FenceCommand is run against a:3306
   3.014  FenceCommand exited 0 after 10 ms.
   3.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.018  b:3306 was asked to stop receiving from its source
   3.018  c:3306 was asked to stop receiving from its source
   3.018  Fetch what the failed primary has and no replica received, while its host still answers.
   3.018  No way to rescue anything is configured.
   3.018  Choose the successor: the replica that has received most, then the one that suits best.
   3.019  b:3306 is as good as c:3306, and comes first by name.
   3.019  Wait until the candidate has applied everything it has received.
   3.020  b:3306 has applied all it received.
   3.020  Cut the candidate loose from its dead source and let it take writes.
   3.031  b:3306 was asked to be the primary
   3.032  Point the other replicas at the successor, all at once.
   3.037  c:3306 was asked to follow b:3306
   3.038  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.038  What is lost is not known: no commit waited for a replica when a:3306 was last read, 3.02 s ago, and what it has committed since nobody can know.
   3.038  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.038  Run PostFailoverProcesses.
   3.038  A successor serves the cluster.
   3.038  b:3306 is the primary now, in place of a:3306

hooks
----
   3.004  FenceCommand: power-off a
