# Controller and spawner die while a hook runs that may not simply be run again: a person is asked, and a dated question stands in the journal.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook PreFailoverProcesses OnResume=ask take-the-address {failedHost}
slow-hook PreFailoverProcesses 5
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

tick 3
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  PreFailoverProcesses hook 1 of 1 started: take-the-address {failedHost}

die
----
ok

lose-hooks
----
ok

start
----
   4.002  watching cluster a:3306: primary a:3306, 2 instances, 1 answering
   4.002  A controller continues this recovery in preFailover.preparing.
   4.002  Ask every server of the cluster again and see that the finding still holds.

tick 10
----
   4.003  DeadMaster of a:3306 holds: last answered 4 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   4.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   4.003  ! PreFailoverProcesses hook 1 of 1 ended in a way that nobody saw: it was begun, and whoever saw its end is gone
   4.003  ! PreFailoverProcesses hook 1 of 1 waits for a person, for 15 min at most, for nobody saw how it ended: baton approve 8706c4eb --why TEXT runs it again, with --skip it is taken for done, with --fail for failed

# Another life of the controller goes on waiting, until the same date.
die
----
ok

start
----
  14.003  watching cluster a:3306: primary a:3306, 2 instances, 1 answering
  14.003  A controller continues this recovery in preFailover.preparing.
  14.003  Ask every server of the cluster again and see that the finding still holds.

tick 1
----
  14.004  DeadMaster of a:3306 holds: last answered 14 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
  14.004  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  14.004  ! PreFailoverProcesses hook 1 of 1 waits for a person, for 15 min at most, for nobody saw how it ended: baton approve 8706c4eb --why TEXT runs it again, with --skip it is taken for done, with --fail for failed

approve rerun ann the address is still free
----
  15.003  ann answered for a hook of 8706c4eb: rerun, the address is still free

tick 10
----
  15.003  PreFailoverProcesses hook 1 of 1, attempt 2 started: take-the-address {failedHost}
  20.003  PreFailoverProcesses hook 1 of 1, attempt 2 exited 0 after 5 s
  20.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  20.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  20.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  20.008  b:3306 was asked to stop receiving from its source
  20.008  Fetch what the failed primary has and no replica received, while its host still answers.
  20.008  No way to rescue anything is configured.
  20.008  Choose the successor: the replica that has received most, then the one that suits best.
  20.009  b:3306 is the only replica that may be promoted.
  20.009  Wait until the candidate has applied everything it has received.
  20.010  b:3306 has applied all it received.
  20.010  Cut the candidate loose from its dead source and let it take writes.
  20.021  b:3306 was asked to be the primary
  20.022  Point the other replicas at the successor, all at once.
  20.023  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  20.023  What is lost is not known: no commit waited for a replica when a:3306 was last read, 20.01 s ago, and what it has committed since nobody can know.
  20.023  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  20.023  Run PostFailoverProcesses.
  20.023  A successor serves the cluster.
  20.023  b:3306 is the primary now, in place of a:3306

hooks
----
   2.003  PreFailoverProcesses: take-the-address a
  15.003  PreFailoverProcesses: take-the-address a

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  resumed   a controller continues this recovery in preFailover.preparing
  7  asked     confirm in preFailover.confirming
  8  answered  confirm (7): DeadMaster of a:3306 holds: last answered 4 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
  9  asked     preFailoverHooks in preFailover.preparing
 10  hooked    (5): ended in a way that nobody saw: it was begun, and whoever saw its end is gone; unknown
 11  awaiting  (5): until  904.003
 12  resumed   a controller continues this recovery in preFailover.preparing
 13  asked     confirm in preFailover.confirming
 14  answered  confirm (13): DeadMaster of a:3306 holds: last answered 14 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
 15  asked     preFailoverHooks in preFailover.preparing
 16  approved  (5): rerun by ann: the address is still free
 17  hook      PreFailoverProcesses 1 of 1, attempt 2
 18  hooked    (17): exited 0 after 5 s
 19  answered  preFailoverHooks (15): ok
 20  asked     fence in fencing
 21  answered  fence (20): a:3306 refuses connections, so nothing more can be done to keep writes from it
 22  asked     gather in failover.gathering
 23  act       b:3306: stop receiving from its source
 24  acted     (23): done
 25  answered  gather (22): ok
 26  asked     rescue in failover.rescuing
 27  answered  rescue (26): no way to rescue anything is configured
 28  asked     elect in failover.electing
 29  answered  elect (28): b:3306 is the only replica that may be promoted
 30  asked     catchUp in failover.catchingUp
 31  answered  catchUp (30): b:3306 has applied all it received
 32  asked     promote in promotion.promoting
 33  act       b:3306: be the primary
 34  acted     (33): done
 35  answered  promote (32): ok
 36  asked     repoint in postSuccess.repointing
 37  answered  repoint (36): ok
 38  asked     judge in postSuccess.judging
 39  answered  judge (38): what is lost is not known: no commit waited for a replica when a:3306 was last read, 20.01 s ago, and what it has committed since nobody can know
 40  asked     postPrimaryHooks in postSuccess.announcingPrimary
 41  answered  postPrimaryHooks (40): ok
 42  asked     postFailoverHooks in postSuccess.announcing
 43  answered  postFailoverHooks (42): ok
 44  ended     recovered
