# A detection that an older build began, and that this one cannot read, is not continued: the hooks that it owes are run, once each, and the failure is found afresh without telling them again.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook OnFailureDetectionProcesses first {failureType}
hook OnFailureDetectionProcesses second {failureType}
slow-hook OnFailureDetectionProcesses 5
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 2
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  OnFailureDetectionProcesses hook 1 of 2 started: first {failureType}

die
----
ok

older-build announce tell
----
ok

start
----
   3.002  watching cluster a:3306: primary a:3306, 2 instances, 1 answering
   3.002  ! a:3306: DeadMaster; last answered 3 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   3.002  ! This build cannot continue what another began: the machine does not ask for "tell" here.

tick 60
----
   6.002  OnFailureDetectionProcesses hook 1 of 2 exited 0 after 5 s
   6.002  OnFailureDetectionProcesses hook 2 of 2 started: second {failureType}
  11.002  OnFailureDetectionProcesses hook 2 of 2 exited 0 after 5 s
  11.002  ! Its hooks are done, and the failure is looked at afresh.
  11.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
  11.004  DeadMaster has held for 8 s; last answered 11 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
  11.004  Ask every gate whether Baton may act; each that is shut says why.
  11.004  Every gate is open.
  11.004  Open the recovery in the journal, unless the cluster is held by another.
  11.004  A recovery was opened and goes on by itself.
  11.004  Ask every server of the cluster again and see that the finding still holds.
  11.005  DeadMaster of a:3306 holds: last answered 11 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
  11.005  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  11.005  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  11.006  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  11.006  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  11.010  b:3306 was asked to stop receiving from its source
  11.010  Fetch what the failed primary has and no replica received, while its host still answers.
  11.010  No way to rescue anything is configured.
  11.010  Choose the successor: the replica that has received most, then the one that suits best.
  11.011  b:3306 is the only replica that may be promoted.
  11.011  Wait until the candidate has applied everything it has received.
  11.012  b:3306 has applied all it received.
  11.012  Cut the candidate loose from its dead source and let it take writes.
  11.023  b:3306 was asked to be the primary
  11.024  Point the other replicas at the successor, all at once.
  11.025  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  11.025  What is lost is not known: no commit waited for a replica when a:3306 was last read, 11.01 s ago, and what it has committed since nobody can know.
  11.025  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  11.025  Run PostFailoverProcesses.
  11.025  A successor serves the cluster.
  11.025  b:3306 is the primary now, in place of a:3306

hooks
----
   1.002  OnFailureDetectionProcesses: first DeadMaster
   6.002  OnFailureDetectionProcesses: second DeadMaster
