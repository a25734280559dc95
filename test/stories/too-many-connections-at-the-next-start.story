# A primary that came back while no controller lived, and is full, is not what the recovery was opened for: it is confirmed no more.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
kill a
die 18
----
2 were acknowledged
   0.001  the connection to a:3306 has ended; looking at it and at its replicas
ok

tick 5
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

restart a
crowd a
----
ok
ok

start
----
   5.002  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
   5.002  A controller continues this recovery in failover.gathering.
   5.002  Ask every server of the cluster again and see that the finding still holds.

tick 5
----
   5.003  a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead.
   5.003  The failure is gone: let the replicas receive again where they were stopped.
   5.003  Everything is as it was.
   5.003  Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and no failover followed.
   5.003  The failure was gone when we looked again; the old primary goes on. a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead.
   6.003  ! a:3306: DeadMaster; answers, but was last read 6 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; it has no connection left for Baton: raise max_connections, or find out who takes them all

uncrowd a
----
ok

tick 5
----
  10.004  a:3306: DeadMaster is over after 4 s

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     fence in fencing
  6  answered  fence (5): a:3306 refuses connections, so nothing more can be done to keep writes from it
  7  asked     gather in failover.gathering
  8  resumed   a controller continues this recovery in failover.gathering
  9  asked     confirm in preFailover.confirming
 10  answered  confirm (9): a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead
 11  asked     undo in standingDown.undoing
 12  answered  undo (11): everything is as it was
 13  asked     postUnsuccessfulHooks in standingDown.announcing
 14  answered  postUnsuccessfulHooks (13): ok
 15  ended     notNeeded

verdict
----
a:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes
