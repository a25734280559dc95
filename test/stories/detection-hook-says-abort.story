# A detection hook that must agree says no: nothing is recovered, for as long as the detection stands, unless a person says otherwise.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook OnFailureDetectionProcesses OnFailure=abort ask-the-colleague {failureType}
break-hook OnFailureDetectionProcesses
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 30
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  OnFailureDetectionProcesses hook 1 of 1 started: ask-the-colleague {failureType}
   1.012  ! OnFailureDetectionProcesses hook 1 of 1 exited 1 after 10 ms
   1.012  ! No: OnFailureDetectionProcesses hook 1 of 1 exited 1 after 10 ms.
   1.012  ! A detection hook said no to a recovery. OnFailureDetectionProcesses hook 1 of 1 exited 1 after 10 ms.

explain
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 2 instances of all clusters fell silent at once
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: a:3306 is not in downtime
  open maintenance: nobody works on a:3306
  open replicas: 1 of its replicas can be reached
  open answers: a:3306 refuses connections
  open connected: no replica is connected to a:3306
  open witness: 1 of its replicas try to reach a:3306 and cannot
  open takes-writes: nothing is written at a:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: a:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  SHUT detection-hooks: OnFailureDetectionProcesses hook 1 of 1 exited 1 after 10 ms; that holds for another 59 min 30 s unless "baton acknowledge recovery 8706c4eb" ends it
  open brake: 0 recoveries were begun within 10 min
  open candidate: b:3306 may be promoted
  open fencing: FencingLevelRequired is "attempted"
b:3306: FirstTierReplicaFailingToConnectToMaster
  SHUT treatment: FirstTierReplicaFailingToConnectToMaster asks for no recovery; "baton analyse" says what was seen
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 2 instances of all clusters fell silent at once
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

# The next life of the controller knows of it.
die
----
ok

start
----
  31.002  watching cluster a:3306: primary a:3306, 2 instances, 1 answering
  31.002  ! a:3306: DeadMaster; last answered 31 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it

tick 5
----
nothing happens

acknowledge ann the colleague agrees
----
  36.002  ann has acknowledged detection 8706c4eb: the colleague agrees

tick 10
----
  36.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
  36.004  DeadMaster has held for 5 s; last answered 36 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
  36.004  Ask every gate whether Baton may act; each that is shut says why.
  36.004  Every gate is open.
  36.004  Open the recovery in the journal, unless the cluster is held by another.
  36.004  A recovery was opened and goes on by itself.
  36.004  Ask every server of the cluster again and see that the finding still holds.
  36.005  DeadMaster of a:3306 holds: last answered 36 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
  36.005  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  36.005  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  36.006  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  36.006  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  36.010  b:3306 was asked to stop receiving from its source
  36.010  Fetch what the failed primary has and no replica received, while its host still answers.
  36.010  No way to rescue anything is configured.
  36.010  Choose the successor: the replica that has received most, then the one that suits best.
  36.011  b:3306 is the only replica that may be promoted.
  36.011  Wait until the candidate has applied everything it has received.
  36.012  b:3306 has applied all it received.
  36.012  Cut the candidate loose from its dead source and let it take writes.
  36.023  b:3306 was asked to be the primary
  36.024  Point the other replicas at the successor, all at once.
  36.025  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  36.025  What is lost is not known: no commit waited for a replica when a:3306 was last read, 36.01 s ago, and what it has committed since nobody can know.
  36.025  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  36.025  Run PostFailoverProcesses.
  36.025  A successor serves the cluster.
  36.025  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes
