# A second failure within RecoveryPeriodBlockSeconds is not recovered by itself; the refusal says why, and a person may lift it.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 5
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  b:3306 was asked to stop receiving from its source
   2.008  c:3306 was asked to stop receiving from its source
   2.008  Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  No way to rescue anything is configured.
   2.008  Choose the successor: the replica that has received most, then the one that suits best.
   2.009  b:3306 is as good as c:3306, and comes first by name.
   2.009  Wait until the candidate has applied everything it has received.
   2.010  b:3306 has applied all it received.
   2.010  Cut the candidate loose from its dead source and let it take writes.
   2.021  b:3306 was asked to be the primary
   2.022  Point the other replicas at the successor, all at once.
   2.027  c:3306 was asked to follow b:3306
   2.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 2.01 s ago, and what it has committed since nobody can know.
   2.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.028  Run PostFailoverProcesses.
   2.028  A successor serves the cluster.
   2.028  b:3306 is the primary now, in place of a:3306

write 2 b
tick 1
----
2 were acknowledged
nothing happens

kill b
----
   7.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 5
----
   7.002  ! b:3306: DeadMaster; last answered 995 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   7.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   7.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   8.002  DeadMaster has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   8.002  Ask every gate whether Baton may act; each that is shut says why.
   8.002  b:3306 was made the primary in place of a:3306 only 5.97 s ago by recovery 8706c4eb, and what ended that one may end the next; the cluster is left alone for another 59 min 54 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used.
   8.002  ! Baton had no right to act, and said why. b:3306 was made the primary in place of a:3306 only 5.97 s ago by recovery 8706c4eb, and what ended that one may end the next; the cluster is left alone for another 59 min 54 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used.

explain
----
b:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 2 instances of all clusters fell silent at once
  open quorum: 1 of 1 controller says that b:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: b:3306 matches RecoverMasterClusterFilters
  open ignored: b:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: b:3306 is not in downtime
  open maintenance: nobody works on b:3306
  open replicas: 1 of its replicas can be reached
  open answers: b:3306 refuses connections
  open connected: no replica is connected to b:3306
  open witness: 1 of its replicas try to reach b:3306 and cannot
  open takes-writes: nothing is written at b:3306 that its replicas would go without
  open active: nothing else changes b:3306
  open unsettled: no recovery has left it open who is the primary of b:3306
  open recent: no recovery has changed b:3306 within 1 h
  SHUT promoted: b:3306 was made the primary in place of a:3306 only 9.97 s ago by recovery 8706c4eb, and what ended that one may end the next; the cluster is left alone for another 59 min 50 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 1 recovery was begun within 10 min
  open candidate: c:3306 may be promoted
  open fencing: FencingLevelRequired is "attempted"
c:3306: FirstTierReplicaFailingToConnectToMaster
  SHUT treatment: FirstTierReplicaFailingToConnectToMaster asks for no recovery; "baton analyse" says what was seen
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 2 instances of all clusters fell silent at once
  open quorum: 0 of 1 controller says that c:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: b:3306 matches RecoverMasterClusterFilters
  open ignored: c:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: c:3306 is not in downtime
  open maintenance: nobody works on c:3306
  SHUT replicas: no replica of c:3306 can be reached; bring one back, or the instance itself
  SHUT answers: c:3306 can be read, so it is not dead; "baton takeover" replaces one that lives
  open connected: no replica is connected to c:3306
  SHUT witness: no replica tries to reach c:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover"
  open takes-writes: nothing is written at c:3306 that its replicas would go without
  open active: nothing else changes b:3306
  open unsettled: no recovery has left it open who is the primary of b:3306
  open recent: no recovery has changed b:3306 within 1 h
  open promoted: c:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 1 recovery was begun within 10 min

acknowledge maria I have seen why a died
----
  12.001  maria has acknowledged recovery 8706c4eb: I have seen why a died

tick 5
----
  12.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
  12.003  DeadMaster has held for 5 s; last answered 6 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
  12.003  Ask every gate whether Baton may act; each that is shut says why.
  12.003  Every gate is open.
  12.003  Open the recovery in the journal, unless the cluster is held by another.
  12.003  A recovery was opened and goes on by itself.
  12.003  Ask every server of the cluster again and see that the finding still holds.
  12.004  DeadMaster of b:3306 holds: last answered 6 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
  12.004  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  12.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  12.005  b:3306 refuses connections, so nothing more can be done to keep writes from it.
  12.005  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  12.009  c:3306 was asked to stop receiving from its source
  12.009  Fetch what the failed primary has and no replica received, while its host still answers.
  12.009  No way to rescue anything is configured.
  12.009  Choose the successor: the replica that has received most, then the one that suits best.
  12.010  c:3306 is the only replica that may be promoted.
  12.010  Wait until the candidate has applied everything it has received.
  12.011  c:3306 has applied all it received.
  12.011  Cut the candidate loose from its dead source and let it take writes.
  12.022  c:3306 was asked to be the primary
  12.023  Point the other replicas at the successor, all at once.
  12.024  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  12.024  What is lost is not known: no commit waited for a replica when b:3306 was last read, 7 s ago, and what it has committed since nobody can know.
  12.024  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  12.024  Run PostFailoverProcesses.
  12.024  A successor serves the cluster.
  12.024  c:3306 is the primary now, in place of b:3306

verdict
----
c:3306 takes writes and has all 4 acknowledged writes
never two servers of a cluster took writes
