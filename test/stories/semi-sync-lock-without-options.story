# With no option for it a lock is said to the hooks, and no recovery is ever opened for it: when the primary dies, its failover is not held back.
fleet a b<a c<a
semi-sync a 1
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok

config ReasonableLockedSemiSyncMasterSeconds 2
config InstancePollSeconds 1
hook OnFailureDetectionProcesses echo {failureType}
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  a:3306: LockedSemiSyncMasterHypothesis; answers; 2 of 2 replicas reachable, 2 replicating; commits wait for 1 semi-sync replicas, 0 connected

tick 8
----
   2.003  a:3306: LockedSemiSyncMasterHypothesis is over after 2 s
   2.003  ! a:3306: LockedSemiSyncMaster; answers; 2 of 2 replicas reachable, 2 replicating; commits wait for 1 semi-sync replicas, 0 connected
   2.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.003  OnFailureDetectionProcesses hook 1 of 1 started: echo {failureType}
   2.003  OnFailureDetectionProcesses hook 1 of 1 says: LockedSemiSyncMaster
   2.013  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   2.013  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.003  LockedSemiSyncMaster has held for 1 s; answers; 2 of 2 replicas reachable, 2 replicating; commits wait for 1 semi-sync replicas, 0 connected; 0 of 3 observers say that it is dead, 3 that it lives.
   3.003  Ask every gate whether Baton may act; each that is shut says why.
   3.003  RecoverLockedSemiSyncMaster and EnforceExactSemiSyncReplicas are not set; set it, or mend it by hand.
   3.003  ! Baton had no right to act, and said why. RecoverLockedSemiSyncMaster and EnforceExactSemiSyncReplicas are not set; set it, or mend it by hand.

journal
----
no recovery was ever opened

explain
----
a:3306: LockedSemiSyncMaster
  open treatment: LockedSemiSyncMaster is recovered: semi-sync is set as it should be
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 3 instances of all clusters fell silent at once
  open quorum: 0 of 1 controller says that a:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  SHUT filter: RecoverLockedSemiSyncMaster and EnforceExactSemiSyncReplicas are not set; set it, or mend it by hand
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: a:3306 is not in downtime
  open maintenance: nobody works on a:3306
  open replicas: 2 of its replicas can be reached
  open answers: a:3306 answers, and keeps its part
  open connected: 2 of its replicas are still connected to a:3306
  open witness: 0 of its replicas try to reach a:3306 and cannot
  open takes-writes: nothing is written at a:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: a:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min

kill a
----
   8.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 5
----
   8.002  ! a:3306: DeadMaster; last answered 994 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; commits wait for 1 semi-sync replicas, 0 connected
   8.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   9.002  DeadMaster has held for 1 s; last answered 1.99 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; commits wait for 1 semi-sync replicas, 0 connected; 3 of 3 observers say that it is dead, none that it lives.
   9.002  Ask every gate whether Baton may act; each that is shut says why.
   9.002  Every gate is open.
   9.002  Open the recovery in the journal, unless the cluster is held by another.
   9.002  A recovery was opened and goes on by itself.
   9.002  Ask every server of the cluster again and see that the finding still holds.
   9.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; commits wait for 1 semi-sync replicas, 0 connected.
   9.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   9.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   9.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   9.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   9.008  b:3306 was asked to stop receiving from its source
   9.008  c:3306 was asked to stop receiving from its source
   9.008  Fetch what the failed primary has and no replica received, while its host still answers.
   9.008  No way to rescue anything is configured.
   9.008  Choose the successor: the replica that has received most, then the one that suits best.
   9.009  b:3306 is as good as c:3306, and comes first by name.
   9.009  Wait until the candidate has applied everything it has received.
   9.010  b:3306 has applied all it received.
   9.010  Cut the candidate loose from its dead source and let it take writes.
   9.021  b:3306 was asked to be the primary
   9.022  Point the other replicas at the successor, all at once.
   9.027  c:3306 was asked to follow b:3306
   9.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   9.028  What is lost is not known: every transaction that a:3306 told an application was committed is with a replica that was read, but its wait point is not AFTER_SYNC: others may have seen more.
   9.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   9.028  Run PostFailoverProcesses.
   9.028  A successor serves the cluster.
   9.028  b:3306 is the primary now, in place of a:3306

hooks
----
   2.003  OnFailureDetectionProcesses: echo LockedSemiSyncMaster

verdict
----
b:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
