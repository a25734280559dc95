# A replaced primary that comes back and takes writes takes none soon after, and what only it has is said (P3, P8).
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

write 10 a
----
10 were acknowledged

hold b
----
ok

hold c
----
ok

write 3 a
----
3 were acknowledged

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

kill a
----
   0.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 3
----
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
   1.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.008  b:3306 was asked to stop receiving from its source
   1.008  c:3306 was asked to stop receiving from its source
   1.008  Fetch what the failed primary has and no replica received, while its host still answers.
   1.008  No way to rescue anything is configured.
   1.008  Choose the successor: the replica that has received most, then the one that suits best.
   1.009  b:3306 is as good as c:3306, and comes first by name.
   1.009  Wait until the candidate has applied everything it has received.
   1.010  b:3306 has applied all it received.
   1.010  Cut the candidate loose from its dead source and let it take writes.
   1.021  b:3306 was asked to be the primary
   1.022  Point the other replicas at the successor, all at once.
   1.027  c:3306 was asked to follow b:3306
   1.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know; 3 transactions that b:3306 lacks are known of: 0-1-11..13.
   1.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.028  Run PostFailoverProcesses.
   1.028  A successor serves the cluster.
   1.028  b:3306 is the primary now, in place of a:3306

write 5 b
----
5 were acknowledged

restart a
----
ok

write 2 a
----
2 were acknowledged

tick 3
----
   3.102  ! a:3306, which b:3306 has replaced as the primary, is back
   3.102  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   3.106  a:3306 was asked to be read-only, whatever commits wait for
   3.110  a:3306 was asked to end the connections of applications, those that commit too
   3.111  a:3306 took writes, and takes none any more.
   3.111  Hold what it has against what its successor has.
   3.112  a:3306 has 5 transactions that b:3306 lacks: 0-1-11..15.
   3.112  See whether it may follow its successor, and who is to say so.
   3.112  a:3306 has 5 transactions that b:3306 lacks: 0-1-11..15; baton rejoin a:3306 --rebuild saves what only it has and runs RebuildCommand.
   3.112  It takes no writes and is left as it is; what may be done with it is for a person to say.

write 1 a
----
0 of 1 were acknowledged: a:3306 is read-only

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,replaced,downtimed]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

explain a
----
if b:3306 died now: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  later reach: would be shut if most instances of all clusters fell silent together with the primary (since at least 0.001)
  later quorum: would be shut where DetectionQuorum wants most controllers to find it dead, until they do (since at least 0.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: b:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: b:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: b:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on b:3306 (since at least 0.001)
  open replicas: 1 of its replicas can be reached (since at least 0.001)
  later answers: would be shut if the primary answered anything at all, be it an error (since at least 0.001)
  later connected: would be shut while any replica stayed connected to it (since at least 0.001)
  later witness: its replicas would try to reach it; would be shut if none did (since at least 0.001)
  open takes-writes: nothing is written at b:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes b:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of b:3306 (since at least 0.001)
  open recent: no recovery has changed b:3306 within 1 h (since at least 0.001)
  SHUT promoted: b:3306 was made the primary in place of a:3306 only 4.97 s ago by recovery 8706c4eb, and what ended that one may end the next; the cluster is left alone for another 59 min 55 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used (since 6.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 1 recovery was begun within 10 min (since at least 0.001)
  open candidate: c:3306 may be promoted (since at least 6.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote c:3306: c:3306 is the only replica that may be promoted

verdict
----
b:3306 takes writes and lacks 5 of 20 acknowledged writes
a:3306 and b:3306 took writes at once from    3.001 on, after the restart of a:3306
