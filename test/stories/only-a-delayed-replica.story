# The only replica lags on purpose: nobody waits for an hour unasked, and the refusal names the delay.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

delay b 3600
start
write 4 a
tick 1
----
ok
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
4 were acknowledged
nothing happens

kill a
tick 5
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it, 1 delayed on purpose
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it, 1 delayed on purpose; 2 of 2 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it, 1 delayed on purpose.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  b:3306 was asked to stop receiving from its source
   2.008  Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  No way to rescue anything is configured.
   2.008  Choose the successor: the replica that has received most, then the one that suits best.
   2.009  ! No: b:3306 lags by 1 h on purpose and has 4 transactions to apply, and no other that may be promoted has or can get what it has received; ApplyDeadlinePolicy "wait" would wait for it.
   2.009  Let the replicas receive again from their source, as they did before.
   2.014  b:3306 was asked to receive from its source again
   2.014  Everything is as it was.
   2.014  Run PostUnsuccessfulFailoverProcesses.
   2.014  ! No successor serves the cluster; a person is needed. b:3306 lags by 1 h on purpose and has 4 transactions to apply, and no other that may be promoted has or can get what it has received; ApplyDeadlinePolicy "wait" would wait for it.

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it, 1 delayed on purpose
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     fence in fencing
  6  answered  fence (5): a:3306 refuses connections, so nothing more can be done to keep writes from it
  7  asked     gather in failover.gathering
  8  act       b:3306: stop receiving from its source
  9  acted     (8): done
 10  answered  gather (7): ok
 11  asked     rescue in failover.rescuing
 12  answered  rescue (11): no way to rescue anything is configured
 13  asked     elect in failover.electing
 14  answered  elect (13): refused no-candidate, b:3306 lags by 1 h on purpose and has 4 transactions to apply, and no other that may be promoted has or can get what it has received; ApplyDeadlinePolicy "wait" would wait for it
 15  asked     undo in postUnsuccessful.undoing
 16  act       b:3306: receive from its source again
 17  acted     (16): done
 18  answered  undo (15): everything is as it was
 19  asked     postUnsuccessfulHooks in postUnsuccessful.announcing
 20  answered  postUnsuccessfulHooks (19): ok
 21  ended     failed

verdict
----
no server of the cluster of a:3306 takes writes
never two servers of a cluster took writes
