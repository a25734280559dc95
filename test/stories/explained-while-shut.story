# A cluster that has just been recovered is left alone for a while; whoever asks is told so, and since when.
fleet a b<a c<a d<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306

config RecoverMasterClusterFilters ["^a:"]
start
----
ok
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 4 a
tick 3
kill a
tick 15
explain b
readiness
----
4 were acknowledged
nothing happens
   3.001  the connection to a:3306 has ended; looking at it and at its replicas
   3.002  ! a:3306: DeadMaster; last answered 999 ms ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it
   3.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   4.002  DeadMaster has held for 1 s; last answered 2 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   4.002  Ask every gate whether Baton may act; each that is shut says why.
   4.002  Every gate is open.
   4.002  Open the recovery in the journal, unless the cluster is held by another.
   4.002  A recovery was opened and goes on by itself.
   4.002  Ask every server of the cluster again and see that the finding still holds.
   4.003  DeadMaster of a:3306 holds: last answered 2 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it.
   4.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   4.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   4.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   4.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   4.008  b:3306 was asked to stop receiving from its source
   4.008  c:3306 was asked to stop receiving from its source
   4.008  d:3306 was asked to stop receiving from its source
   4.008  Fetch what the failed primary has and no replica received, while its host still answers.
   4.008  No way to rescue anything is configured.
   4.008  Choose the successor: the replica that has received most, then the one that suits best.
   4.009  b:3306 is as good as c:3306, and comes first by name.
   4.009  Wait until the candidate has applied everything it has received.
   4.010  b:3306 has applied all it received.
   4.010  Cut the candidate loose from its dead source and let it take writes.
   4.021  b:3306 was asked to be the primary
   4.022  Point the other replicas at the successor, all at once.
   4.027  c:3306 was asked to follow b:3306
   4.027  d:3306 was asked to follow b:3306
   4.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   4.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 4.01 s ago, and what it has committed since nobody can know.
   4.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   4.028  Run PostFailoverProcesses.
   4.028  A successor serves the cluster.
   4.028  b:3306 is the primary now, in place of a:3306
if b:3306 died now: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  later reach: would be shut if most instances of all clusters fell silent together with the primary (since at least 0.001)
  later quorum: would be shut where DetectionQuorum wants most controllers to find it dead, until they do (since at least 0.001)
  open enabled: recoveries are enabled (since at least 0.001)
  SHUT filter: b:3306 matches no entry of RecoverMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover" (since 10.002)
  open ignored: b:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: b:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on b:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  later answers: would be shut if the primary answered anything at all, be it an error (since at least 0.001)
  later connected: would be shut while any replica stayed connected to it (since at least 0.001)
  later witness: its replicas would try to reach it; would be shut if none did (since at least 0.001)
  open takes-writes: nothing is written at b:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes b:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of b:3306 (since at least 0.001)
  open recent: no recovery has changed b:3306 within 1 h (since at least 0.001)
  SHUT promoted: b:3306 was made the primary in place of a:3306 only 13.97 s ago by recovery 8706c4eb, and what ended that one may end the next; the cluster is left alone for another 59 min 46 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used (since 10.002)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 1 recovery was begun within 10 min (since at least 0.001)
  open candidate: c:3306 may be promoted (since at least 18.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote c:3306: c:3306 is as good as d:3306, and comes first by name
b:3306: 40
  -60 recoveries-off: b:3306 matches no entry of RecoverMasterClusterFilters, so it is not recovered by itself
