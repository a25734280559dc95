# What people forbid outlives the controller: recoveries disabled, an instance in maintenance; each says who and why, and is over when they say so.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

maintenance ann a 3600 a new disk
kill a
tick 3
----
   0.001  ann works on a:3306 for 1 h: a new disk
   0.001  the connection to a:3306 has ended; looking at it and at its replicas
nothing happens

explain a
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  open reach: 0 of 3 instances of all clusters fell silent at once (since 3.001)
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed (since 3.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: a:3306 is not in downtime (since at least 0.001)
  SHUT maintenance: a:3306 is in maintenance (ann: a new disk); "baton end-maintenance a:3306" says that it is over (since 3.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  open answers: a:3306 refuses connections (since 3.001)
  open connected: no replica is connected to a:3306 (since 3.001)
  open witness: 2 of its replicas try to reach a:3306 and cannot (since 3.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 0 recoveries were begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 3.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

disable bob the network is being moved
end-maintenance ann a
tick 3
----
   3.001  ! bob has disabled all recoveries: the network is being moved
   3.001  ann has ended the maintenance of a:3306
   3.002  ! a:3306: DeadMaster; last answered 3 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   3.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   4.002  DeadMaster has held for 1 s; last answered 4 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   4.002  Ask every gate whether Baton may act; each that is shut says why.
   4.002  All recoveries are disabled: bob said so at 2026-01-01T00:00:03.001Z: the network is being moved; "baton enable-recoveries" allows them again.
   4.002  ! Baton had no right to act, and said why. All recoveries are disabled: bob said so at 2026-01-01T00:00:03.001Z: the network is being moved; "baton enable-recoveries" allows them again.

die
start
----
ok
   6.001  ! all recoveries are disabled: bob said so at 2026-01-01T00:00:03.001Z: the network is being moved
   6.002  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
   6.002  ! a:3306: DeadMaster; last answered 6 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it

tick 3
explain a
----
nothing happens
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 6.002)
  open leader: this controller has the right to act (since at least 6.002)
  open started: every known instance was looked at, or waited for long enough (since at least 6.002)
  open reach: 0 of 3 instances of all clusters fell silent at once (since at least 6.002)
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed (since at least 6.002)
  SHUT enabled: all recoveries are disabled: bob said so at 2026-01-01T00:00:03.001Z: the network is being moved; "baton enable-recoveries" allows them again (since at least 6.002)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 6.002)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 6.002)
  open downtime: a:3306 is not in downtime (since at least 6.002)
  open maintenance: nobody works on a:3306 (since at least 6.002)
  open replicas: 2 of its replicas can be reached (since at least 6.002)
  open answers: a:3306 refuses connections (since at least 6.002)
  open connected: no replica is connected to a:3306 (since at least 6.002)
  open witness: 2 of its replicas try to reach a:3306 and cannot (since at least 6.002)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 6.002)
  open active: nothing else changes a:3306 (since at least 6.002)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 6.002)
  open recent: no recovery has changed a:3306 within 1 h (since at least 6.002)
  open promoted: a:3306 was not made the primary within 1 h (since at least 6.002)
  open cancelled: no person has cancelled its recovery (since at least 6.002)
  open attempts: no attempt at it has come to nothing (since at least 6.002)
  open detection-hooks: no detection hook said no (since at least 6.002)
  open brake: 0 recoveries were begun within 10 min (since at least 6.002)
  open candidate: b:3306 may be promoted (since at least 9.002)
  open fencing: FencingLevelRequired is "attempted" (since at least 6.002)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

enable bob it was moved
tick 3
----
   9.002  bob has enabled recoveries: it was moved
   9.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
   9.004  DeadMaster has held for 3 s; last answered 9 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   9.004  Ask every gate whether Baton may act; each that is shut says why.
   9.004  Every gate is open.
   9.004  Open the recovery in the journal, unless the cluster is held by another.
   9.004  A recovery was opened and goes on by itself.
   9.004  Ask every server of the cluster again and see that the finding still holds.
   9.005  DeadMaster of a:3306 holds: last answered 9 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   9.005  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   9.005  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   9.006  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   9.006  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   9.010  b:3306 was asked to stop receiving from its source
   9.010  c:3306 was asked to stop receiving from its source
   9.010  Fetch what the failed primary has and no replica received, while its host still answers.
   9.010  No way to rescue anything is configured.
   9.010  Choose the successor: the replica that has received most, then the one that suits best.
   9.011  b:3306 is as good as c:3306, and comes first by name.
   9.011  Wait until the candidate has applied everything it has received.
   9.012  b:3306 has applied all it received.
   9.012  Cut the candidate loose from its dead source and let it take writes.
   9.023  b:3306 was asked to be the primary
   9.024  Point the other replicas at the successor, all at once.
   9.029  c:3306 was asked to follow b:3306
   9.030  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   9.030  What is lost is not known: no commit waited for a replica when a:3306 was last read, 9.01 s ago, and what it has committed since nobody can know.
   9.030  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   9.030  Run PostFailoverProcesses.
   9.030  A successor serves the cluster.
   9.030  b:3306 is the primary now, in place of a:3306
