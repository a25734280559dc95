# With ApplyDeadlinePolicy "wait" only a person ends the waiting. What was changed is put back, and the failure is left alone until it is another.
fleet a b<a c<a
config ApplyDeadlinePolicy "wait"
hook PreFailoverProcesses prepare
hook PostUnsuccessfulFailoverProcesses page {failedHost}
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

stall b
stall c
write 3 a
tick 1
----
ok
ok
3 were acknowledged
nothing happens

kill a
tick 20
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
   2.003  PreFailoverProcesses hook 1 of 1 started: prepare
   2.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.013  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.014  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.018  b:3306 was asked to stop receiving from its source
   2.018  c:3306 was asked to stop receiving from its source
   2.018  Fetch what the failed primary has and no replica received, while its host still answers.
   2.018  No way to rescue anything is configured.
   2.018  Choose the successor: the replica that has received most, then the one that suits best.
   2.019  b:3306 is as good as c:3306, and comes first by name.
   2.019  Wait until the candidate has applied everything it has received.
   2.020  b:3306 has 3 transactions left to apply
  12.036  ! b:3306 has stopped applying with 3 transactions to go; it is waited for, as ApplyDeadlinePolicy says

cancel ann a the site comes back in a minute
----
  21.001  ann said cancel: the site comes back in a minute
  21.001  Let the replicas receive again from their source, as they did before.
cancelled: Let the replicas receive again from their source, as they did before.

tick 120
----
  21.006  c:3306 was asked to receive from its source again
  21.011  b:3306 was asked to receive from its source again
  21.011  Everything is as it was.
  21.011  Run PostUnsuccessfulFailoverProcesses.
  21.011  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
  21.021  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  21.021  ! A person has cancelled it; this failure is left alone until a person says otherwise. Cancelled by ann: the site comes back in a minute.

cancel ann a once more
----
refused: nothing changes a:3306 that could be cancelled

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
- c:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

explain a
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  open reach: 0 of 3 instances of all clusters fell silent at once (since 10.002)
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed (since 10.002)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: a:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on a:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  open answers: a:3306 refuses connections (since 10.002)
  open connected: no replica is connected to a:3306 (since 10.002)
  open witness: 2 of its replicas try to reach a:3306 and cannot (since 30.015)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since 30.015)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  SHUT cancelled: recovery 8706c4eb was cancelled by ann: the site comes back in a minute; "baton recover a:3306" begins another, and "baton acknowledge recovery 8706c4eb" leaves it to Baton again; so does the end of the failure (since 30.015)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 1 recovery was begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 141.003)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  answered  preFailoverHooks (3): ok
  8  asked     fence in fencing
  9  answered  fence (8): a:3306 refuses connections, so nothing more can be done to keep writes from it
 10  asked     gather in failover.gathering
 11  act       b:3306: stop receiving from its source
 12  act       c:3306: stop receiving from its source
 13  acted     (11): done
 14  acted     (12): done
 15  answered  gather (10): ok
 16  asked     rescue in failover.rescuing
 17  answered  rescue (16): no way to rescue anything is configured
 18  asked     elect in failover.electing
 19  answered  elect (18): b:3306 is as good as c:3306, and comes first by name
 20  asked     catchUp in failover.catchingUp
 21  said      cancel by ann: the site comes back in a minute
 22  asked     undo in postUnsuccessful.undoing
 23  answered  catchUp (20): error act-failed, the machine has left the state that asked
 24  act       c:3306: receive from its source again
 25  acted     (24): done
 26  act       b:3306: receive from its source again
 27  acted     (26): done
 28  answered  undo (22): everything is as it was
 29  asked     postUnsuccessfulHooks in postUnsuccessful.announcing
 30  stage     PostUnsuccessfulFailoverProcesses: 1 to run
 31  hook      PostUnsuccessfulFailoverProcesses 1 of 1, attempt 1
 32  hooked    (31): exited 0 after 10 ms
 33  answered  postUnsuccessfulHooks (29): ok
 34  ended     cancelled

# A new life of the controller holds to it.
die
start
tick 60
----
ok
 141.004  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
 141.004  ! a:3306: DeadMaster; last answered 2 min 21 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
nothing happens

# The primary is back: that failure is over, and the next one is recovered.
restart a
lag b 0
lag c 0
tick 5
----
ok
ok
ok
 201.065  the failure of a:3306 whose recovery 8706c4eb was cancelled is over; the next one is recovered again
 201.065  a:3306: DeadMaster is over after 1 min
 201.065  a:3306: AllMasterReplicasNotReplicating; answers; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it

kill a
tick 5
----
 206.004  the connection to a:3306 has ended; looking at it and at its replicas
 206.005  ! a:3306: DeadMaster; last answered 997 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
 206.005  Keep asking every server until the failure has held for the confirmation time, or is gone.
 207.005  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
 207.005  Ask every gate whether Baton may act; each that is shut says why.
 207.005  Every gate is open.
 207.005  Open the recovery in the journal, unless the cluster is held by another.
 207.005  A recovery was opened and goes on by itself.
 207.005  Ask every server of the cluster again and see that the finding still holds.
 207.006  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
 207.006  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
 207.006  PreFailoverProcesses hook 1 of 1 started: prepare
 207.016  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
 207.016  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
 207.017  a:3306 refuses connections, so nothing more can be done to keep writes from it.
 207.017  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
 207.021  b:3306 was asked to stop receiving from its source
 207.021  c:3306 was asked to stop receiving from its source
 207.021  Fetch what the failed primary has and no replica received, while its host still answers.
 207.021  No way to rescue anything is configured.
 207.021  Choose the successor: the replica that has received most, then the one that suits best.
 207.022  b:3306 is as good as c:3306, and comes first by name.
 207.022  Wait until the candidate has applied everything it has received.
 207.023  b:3306 has applied all it received.
 207.023  Cut the candidate loose from its dead source and let it take writes.
 207.034  b:3306 was asked to be the primary
 207.035  Point the other replicas at the successor, all at once.
 207.040  c:3306 was asked to follow b:3306
 207.041  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
 207.041  What is lost is not known: no commit waited for a replica when a:3306 was last read, 5.02 s ago, and what it has committed since nobody can know.
 207.041  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
 207.041  Run PostFailoverProcesses.
 207.041  A successor serves the cluster.
 207.041  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes
