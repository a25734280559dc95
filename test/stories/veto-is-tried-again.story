# A hook's no is not final: it is tried again after a pause that doubles, and at once when a person has seen to it.
fleet a b<a c<a
hook PreFailoverProcesses ask-the-operator {failedHost}
hook PostUnsuccessfulFailoverProcesses page
break-hook PreFailoverProcesses
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
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

kill a
tick 8
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
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
   2.003  PreFailoverProcesses hook 1 of 1 started: ask-the-operator {failedHost}
   2.013  ! PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
   2.013  ! No: PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.
   2.013  A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.
   2.013  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page
   2.023  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.023  ! A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later. PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.

explain a
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  open reach: 0 of 3 instances of all clusters fell silent at once (since 9.001)
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed (since 9.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: a:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on a:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  open answers: a:3306 refuses connections (since 9.001)
  open connected: no replica is connected to a:3306 (since 9.001)
  open witness: 2 of its replicas try to reach a:3306 and cannot (since 9.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  SHUT attempts: 1 attempt came to nothing, the last one, recovery 8706c4eb, 6.98 s ago (PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms); it is tried again in 3.02 s, or at once when its replicas or the configuration change, or after "baton acknowledge recovery 8706c4eb" (since 9.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 1 recovery was begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 9.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

tick 6
----
  13.004  Keep asking every server until the failure has held for the confirmation time, or is gone.
  13.005  DeadMaster has held for 10.9 s; last answered 13 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  13.005  Ask every gate whether Baton may act; each that is shut says why.
  13.005  Every gate is open; 1 attempt came to nothing, the last one, recovery 8706c4eb, 10.98 s ago (PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms); it may be tried again.
  13.005  Open the recovery in the journal, unless the cluster is held by another.
  13.005  A recovery was opened and goes on by itself.
  13.005  Ask every server of the cluster again and see that the finding still holds.
  13.006  DeadMaster of a:3306 holds: last answered 13.01 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  13.006  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  13.006  PreFailoverProcesses hook 1 of 1 started: ask-the-operator {failedHost}
  13.016  ! PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
  13.016  ! No: PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.
  13.016  A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.
  13.016  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page
  13.026  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  13.026  ! A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later. PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.

tick 12
----
nothing happens

mend-hook PreFailoverProcesses
acknowledge-instance ann a the hook was wrong
tick 3
----
ok
  27.001  ann has acknowledged recovery 748ca60a: the hook was wrong
  27.001  ann has acknowledged recovery 8706c4eb: the hook was wrong
  27.005  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  27.005  Keep asking every server until the failure has held for the confirmation time, or is gone.
  27.006  DeadMaster has held for 13.9 s; last answered 27 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  27.006  Ask every gate whether Baton may act; each that is shut says why.
  27.006  Every gate is open.
  27.006  Open the recovery in the journal, unless the cluster is held by another.
  27.006  A recovery was opened and goes on by itself.
  27.006  Ask every server of the cluster again and see that the finding still holds.
  27.007  DeadMaster of a:3306 holds: last answered 27.01 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  27.007  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  27.007  PreFailoverProcesses hook 1 of 1 started: ask-the-operator {failedHost}
  27.017  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  27.017  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  27.018  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  27.018  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  27.022  b:3306 was asked to stop receiving from its source
  27.022  c:3306 was asked to stop receiving from its source
  27.022  Fetch what the failed primary has and no replica received, while its host still answers.
  27.022  No way to rescue anything is configured.
  27.022  Choose the successor: the replica that has received most, then the one that suits best.
  27.023  b:3306 is as good as c:3306, and comes first by name.
  27.023  Wait until the candidate has applied everything it has received.
  27.024  b:3306 has applied all it received.
  27.024  Cut the candidate loose from its dead source and let it take writes.
  27.035  b:3306 was asked to be the primary
  27.036  Point the other replicas at the successor, all at once.
  27.041  c:3306 was asked to follow b:3306
  27.042  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  27.042  What is lost is not known: no commit waited for a replica when a:3306 was last read, 27.02 s ago, and what it has committed since nobody can know.
  27.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  27.042  Run PostFailoverProcesses.
  27.042  A successor serves the cluster.
  27.042  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes
