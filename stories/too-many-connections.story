# A primary whose connections are all taken looks dead to its replicas and to Baton, and takes writes: left alone, until it really dies.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook OnFailureDetectionProcesses tell-the-dashboard {failureType}
hook PreFailoverProcesses never-before-it-is-dead
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

crowd a
----
ok

tick 10
----
   1.003  ! a:3306: DeadMaster; answers, but was last read 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; it has no connection left for Baton: raise max_connections, or find out who takes them all
   1.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.003  OnFailureDetectionProcesses hook 1 of 1 started: tell-the-dashboard {failureType}
   1.013  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   1.013  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.003  DeadMaster has held for 1 s; answers, but was last read 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 2 of 3 observers say that it is dead, 1 that it lives.
   2.003  Ask every gate whether Baton may act; each that is shut says why.
   2.003  a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives.
   2.003  ! Baton had no right to act, and said why. a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives.

write 2 a
----
2 were acknowledged

explain
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 3 instances of all clusters fell silent at once
  open quorum: 0 of 1 controller says that a:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: a:3306 is not in downtime
  open maintenance: nobody works on a:3306
  open replicas: 2 of its replicas can be reached
  SHUT answers: a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives
  open connected: no replica is connected to a:3306
  open witness: 2 of its replicas try to reach a:3306 and cannot
  open takes-writes: nothing is written at a:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: a:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min
  open candidate: b:3306 may be promoted
  open fencing: FencingLevelRequired is "attempted"
b:3306: FirstTierReplicaFailingToConnectToMaster
  SHUT treatment: FirstTierReplicaFailingToConnectToMaster asks for no recovery; "baton analyse" says what was seen
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 3 instances of all clusters fell silent at once
  open quorum: 0 of 1 controller says that b:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open ignored: b:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: b:3306 is not in downtime
  open maintenance: nobody works on b:3306
  SHUT replicas: no replica of b:3306 can be reached; bring one back, or the instance itself
  SHUT answers: b:3306 can be read, so it is not dead; "baton takeover" replaces one that lives
  open connected: no replica is connected to b:3306
  SHUT witness: no replica tries to reach b:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover"
  open takes-writes: nothing is written at b:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: b:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min
c:3306: FirstTierReplicaFailingToConnectToMaster
  SHUT treatment: FirstTierReplicaFailingToConnectToMaster asks for no recovery; "baton analyse" says what was seen
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 3 instances of all clusters fell silent at once
  open quorum: 0 of 1 controller says that c:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open ignored: c:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: c:3306 is not in downtime
  open maintenance: nobody works on c:3306
  SHUT replicas: no replica of c:3306 can be reached; bring one back, or the instance itself
  SHUT answers: c:3306 can be read, so it is not dead; "baton takeover" replaces one that lives
  open connected: no replica is connected to c:3306
  SHUT witness: no replica tries to reach c:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover"
  open takes-writes: nothing is written at c:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: c:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min

kill a
----
ok

tick 5
----
  12.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
  13.002  DeadMaster has held for 12 s; last answered 2.1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  13.002  Ask every gate whether Baton may act; each that is shut says why.
  13.002  Every gate is open.
  13.002  Open the recovery in the journal, unless the cluster is held by another.
  13.002  A recovery was opened and goes on by itself.
  13.002  Ask every server of the cluster again and see that the finding still holds.
  13.003  DeadMaster of a:3306 holds: last answered 2.1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  13.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  13.003  PreFailoverProcesses hook 1 of 1 started: never-before-it-is-dead
  13.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  13.013  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  13.014  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  13.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  13.018  b:3306 was asked to stop receiving from its source
  13.018  c:3306 was asked to stop receiving from its source
  13.018  Fetch what the failed primary has and no replica received, while its host still answers.
  13.018  No way to rescue anything is configured.
  13.018  Choose the successor: the replica that has received most, then the one that suits best.
  13.019  b:3306 is as good as c:3306, and comes first by name.
  13.019  Wait until the candidate has applied everything it has received.
  13.020  b:3306 has applied all it received.
  13.020  Cut the candidate loose from its dead source and let it take writes.
  13.031  b:3306 was asked to be the primary
  13.032  Point the other replicas at the successor, all at once.
  13.037  c:3306 was asked to follow b:3306
  13.038  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  13.038  What is lost is not known: no commit waited for a replica when a:3306 was last read, 13.02 s ago, and what it has committed since nobody can know.
  13.038  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  13.038  Run PostFailoverProcesses.
  13.038  A successor serves the cluster.
  13.038  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and lacks 2 of 4 acknowledged writes
never two servers of a cluster took writes

hooks
----
   1.003  OnFailureDetectionProcesses: tell-the-dashboard DeadMaster
  13.003  PreFailoverProcesses: never-before-it-is-dead
