# The failed primary was fenced by a command, and then no replica will do: all is put back but what the command has done, and that is said.
fleet a b<a c<a
config FenceCommand "power-off {failedHost}"
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

break b STOP SLAVE IO_THREAD
break c STOP SLAVE IO_THREAD
tick 1
----
ok
ok
nothing happens

kill a
tick 5
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
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  FenceCommand is run against a:3306
   2.014  FenceCommand exited 0 after 10 ms, which is no proof.
   2.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.016  ! b:3306 would not stop receiving from its source: b:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it
   2.016  ! c:3306 would not stop receiving from its source: c:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it
   2.016  ! No: no replica of a:3306 did what it was asked: b:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it; c:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it.
   2.016  Let the replicas receive again from their source, as they did before.
   2.020  Not put back: FenceCommand exited 0 after 10 ms, and what it has done stays.
   2.020  Run PostUnsuccessfulFailoverProcesses.
   2.020  ! No successor serves the cluster; a person is needed. No replica of a:3306 did what it was asked: b:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it; c:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it; not put back: FenceCommand exited 0 after 10 ms, and what it has done stays.

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     fence in fencing
  6  command   FenceCommand: power-off {failedHost}
  7  commanded (6): exited 0 after 10 ms
  8  answered  fence (5): FenceCommand exited 0 after 10 ms, which is no proof
  9  asked     gather in failover.gathering
 10  act       b:3306: stop receiving from its source
 11  act       c:3306: stop receiving from its source
 12  acted     (10): failed, b:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it
 13  acted     (11): failed, c:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it
 14  answered  gather (9): refused no-replicas, no replica of a:3306 did what it was asked: b:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it; c:3306 answered "STOP SLAVE IO_THREAD" with: the story forbids it
 15  asked     undo in postUnsuccessful.undoing
 16  answered  undo (15): not put back: FenceCommand exited 0 after 10 ms, and what it has done stays
 17  asked     postUnsuccessfulHooks in postUnsuccessful.announcing
 18  answered  postUnsuccessfulHooks (17): ok
 19  ended     failed
