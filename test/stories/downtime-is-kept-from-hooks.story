# A primary dies in its downtime: no hook is told and nothing is done, the log says so once, and when the downtime ends it is recovered.
fleet a b<a c<a
hook OnFailureDetectionProcesses wake-somebody
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

downtime ann a 3600 a new disk
kill a
tick 5
----
   1.001  ann has put a:3306 in downtime for 1 h: a new disk
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; it is in downtime for another 1 h (ann: a new disk), so no hook is told and nothing is recovered

explain a
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  open reach: 0 of 2 instances of all clusters fell silent at once (since 6.001)
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed (since 6.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  SHUT downtime: a:3306 is in downtime for another 59 min 55 s (ann: a new disk); "baton end-downtime a:3306" ends it (since 6.001)
  open maintenance: nobody works on a:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  open answers: a:3306 refuses connections (since 6.001)
  open connected: no replica is connected to a:3306 (since 6.001)
  open witness: 2 of its replicas try to reach a:3306 and cannot (since 6.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 0 recoveries were begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 6.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

end-downtime ann a
tick 5
----
   6.001  ann has ended the downtime of a:3306
   6.002  ! a:3306: DeadMaster; last answered 6 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   6.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   6.002  OnFailureDetectionProcesses hook 1 of 1 started: wake-somebody
   6.012  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   6.012  Keep asking every server until the failure has held for the confirmation time, or is gone.
   7.002  DeadMaster has held for 1 s; last answered 7 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   7.002  Ask every gate whether Baton may act; each that is shut says why.
   7.002  Every gate is open.
   7.002  Open the recovery in the journal, unless the cluster is held by another.
   7.002  A recovery was opened and goes on by itself.
   7.002  Ask every server of the cluster again and see that the finding still holds.
   7.003  DeadMaster of a:3306 holds: last answered 7 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   7.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   7.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   7.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.008  b:3306 was asked to stop receiving from its source
   7.008  c:3306 was asked to stop receiving from its source
   7.008  Fetch what the failed primary has and no replica received, while its host still answers.
   7.008  No way to rescue anything is configured.
   7.008  Choose the successor: the replica that has received most, then the one that suits best.
   7.009  b:3306 is as good as c:3306, and comes first by name.
   7.009  Wait until the candidate has applied everything it has received.
   7.010  b:3306 has applied all it received.
   7.010  Cut the candidate loose from its dead source and let it take writes.
   7.021  b:3306 was asked to be the primary
   7.022  Point the other replicas at the successor, all at once.
   7.027  c:3306 was asked to follow b:3306
   7.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 7.01 s ago, and what it has committed since nobody can know.
   7.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.028  Run PostFailoverProcesses.
   7.028  A successor serves the cluster.
   7.028  b:3306 is the primary now, in place of a:3306
