# A person says that the replaced primary is a cluster of its own: it may take writes, and nobody touches it.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

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
   1.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.028  Run PostFailoverProcesses.
   1.028  A successor serves the cluster.
   1.028  b:3306 is the primary now, in place of a:3306

restart a
----
ok

tick 2
----
   3.102  ! a:3306, which b:3306 has replaced as the primary, is back
   3.102  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   3.106  a:3306 was asked to be read-only, whatever commits wait for
   3.110  a:3306 was asked to end the connections of applications, those that commit too
   3.111  a:3306 took writes, and takes none any more.
   3.111  Hold what it has against what its successor has.
   3.112  a:3306 has nothing that b:3306 lacks.
   3.112  See whether it may follow its successor, and who is to say so.
   3.112  a:3306 has nothing that b:3306 lacks and may follow it: baton rejoin a:3306.
   3.112  It takes no writes and is left as it is; what may be done with it is for a person to say.

split a
----
   5.001  ann takes a:3306 for a cluster of its own: the story wants it

tick 2
----
nothing happens

topology
----
a:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

explain a
----
if a:3306 died now: DeadMasterWithoutReplicas
  SHUT treatment: DeadMasterWithoutReplicas asks for no recovery; "baton analyse" says what was seen (since at least 7.001)
  open leader: this controller has the right to act (since at least 7.001)
  open started: every known instance was looked at, or waited for long enough (since at least 7.001)
  later reach: would be shut if most instances of all clusters fell silent together with the primary (since at least 7.001)
  later quorum: would be shut where DetectionQuorum wants most controllers to find it dead, until they do (since at least 7.001)
  open enabled: recoveries are enabled (since at least 7.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 7.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 7.001)
  open downtime: a:3306 is not in downtime (since at least 7.001)
  open maintenance: nobody works on a:3306 (since at least 7.001)
  SHUT replicas: no replica of a:3306 can be reached; bring one back, or the instance itself (since at least 7.001)
  later answers: would be shut if the primary answered anything at all, be it an error (since at least 7.001)
  later connected: would be shut while any replica stayed connected to it (since at least 7.001)
  SHUT witness: no replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover" (since at least 7.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 7.001)
  open active: nothing else changes a:3306 (since at least 7.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 7.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 7.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 7.001)
  open cancelled: no person has cancelled its recovery (since at least 7.001)
  open attempts: no attempt at it has come to nothing (since at least 7.001)
  open detection-hooks: no detection hook said no (since at least 7.001)
  open brake: 1 recovery was begun within 10 min (since at least 7.001)
  SHUT candidate: no replica could be reached (since at least 7.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 7.001)
would promote nobody: no replica could be reached

forget a
----
   7.001  ann: a:3306 is watched no longer (the story wants it)

tick 2
----
nothing happens

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
