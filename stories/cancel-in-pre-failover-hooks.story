# A recovery is cancelled while a hook before it runs: the hook is ended, nothing was touched, and the hooks that are owed run. A person's word begins it again.
fleet a b<a c<a
hook PreFailoverProcesses drain-the-queues
hook PostUnsuccessfulFailoverProcesses page {failedHost}
slow-hook PreFailoverProcesses 30
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

kill a
tick 3
----
   0.001  the connection to a:3306 has ended; looking at it and at its replicas
   0.002  ! a:3306: DeadMaster; last answered 1 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  Every gate is open.
   1.002  Open the recovery in the journal, unless the cluster is held by another.
   1.002  A recovery was opened and goes on by itself.
   1.002  Ask every server of the cluster again and see that the finding still holds.
   1.003  DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  PreFailoverProcesses hook 1 of 1 started: drain-the-queues

cancel bob - wrong cluster
----
   3.001  bob said cancel: wrong cluster
   3.001  ! PreFailoverProcesses hook 1 of 1 was ended by SIGTERM after 2 s
   3.001  Let the replicas receive again from their source, as they did before.
   3.001  Everything is as it was.
   3.001  Run PostUnsuccessfulFailoverProcesses.
   3.001  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
cancelled: Let the replicas receive again from their source, as they did before.

tick 30
----
   3.011  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.011  ! A person has cancelled it; this failure is left alone until a person says otherwise. Cancelled by bob: wrong cluster.

hooks
----
   1.003  PreFailoverProcesses: drain-the-queues
   3.001  PostUnsuccessfulFailoverProcesses: page a

acknowledge bob go on
slow-hook PreFailoverProcesses 0
tick 5
----
  33.002  bob has acknowledged recovery 8706c4eb: go on
ok
  33.004  Keep asking every server until the failure has held for the confirmation time, or is gone.
  33.005  DeadMaster has held for 29.9 s; last answered 33 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  33.005  Ask every gate whether Baton may act; each that is shut says why.
  33.005  Every gate is open.
  33.005  Open the recovery in the journal, unless the cluster is held by another.
  33.005  A recovery was opened and goes on by itself.
  33.005  Ask every server of the cluster again and see that the finding still holds.
  33.006  DeadMaster of a:3306 holds: last answered 33.01 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  33.006  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  33.006  PreFailoverProcesses hook 1 of 1 started: drain-the-queues
  33.006  PreFailoverProcesses hook 1 of 1 exited 0 after 0 ms
  33.006  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  33.007  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  33.007  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  33.011  b:3306 was asked to stop receiving from its source
  33.011  c:3306 was asked to stop receiving from its source
  33.011  Fetch what the failed primary has and no replica received, while its host still answers.
  33.011  No way to rescue anything is configured.
  33.011  Choose the successor: the replica that has received most, then the one that suits best.
  33.012  b:3306 is as good as c:3306, and comes first by name.
  33.012  Wait until the candidate has applied everything it has received.
  33.013  b:3306 has applied all it received.
  33.013  Cut the candidate loose from its dead source and let it take writes.
  33.024  b:3306 was asked to be the primary
  33.025  Point the other replicas at the successor, all at once.
  33.030  c:3306 was asked to follow b:3306
  33.031  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  33.031  What is lost is not known: no commit waited for a replica when a:3306 was last read, 33.01 s ago, and what it has committed since nobody can know.
  33.031  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  33.031  Run PostFailoverProcesses.
  33.031  A successor serves the cluster.
  33.031  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
