# A primary that was dead when it was confirmed, and comes back full while the pre-failover hook runs, is left alone.
fleet a b<a c<a
hook PreFailoverProcesses power-off {failedHost}
hook PostUnsuccessfulFailoverProcesses tell-a-person
slow-hook PreFailoverProcesses 5
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
kill a
----
2 were acknowledged
   0.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 4
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
   1.003  PreFailoverProcesses hook 1 of 1 started: power-off {failedHost}

restart a
crowd a
----
ok
ok

tick 5
----
   6.003  PreFailoverProcesses hook 1 of 1 exited 0 after 5 s
   6.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   6.004  ! No: a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead.
   6.004  The failure is gone: let the replicas receive again where they were stopped.
   6.004  Everything is as it was.
   6.004  Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and no failover followed.
   6.004  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: tell-a-person
   6.014  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   6.014  The failure was gone when we looked again; the old primary goes on. a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead.

uncrowd a
----
ok

tick 5
----
   9.002  a:3306: UnreachableMaster; answers, but was last read 9 s ago; 2 of 2 replicas reachable, 2 replicating; it has no connection left for Baton: raise max_connections, or find out who takes them all
   9.102  a:3306: UnreachableMaster is over after 100 ms

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 5 s
  7  answered  preFailoverHooks (3): ok
  8  asked     fence in fencing
  9  answered  fence (8): refused primary-back, a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead
 10  asked     undo in standingDown.undoing
 11  answered  undo (10): everything is as it was
 12  asked     postUnsuccessfulHooks in standingDown.announcing
 13  stage     PostUnsuccessfulFailoverProcesses: 1 to run
 14  hook      PostUnsuccessfulFailoverProcesses 1 of 1, attempt 1
 15  hooked    (14): exited 0 after 10 ms
 16  answered  postUnsuccessfulHooks (12): ok
 17  ended     notNeeded

verdict
----
a:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes
