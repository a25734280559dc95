# A PreFailover hook that exits non-zero ends the recovery before any server is touched.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PreFailoverProcesses ask-the-operator {failedHost}
hook PreFailoverProcesses never-reached
hook PostUnsuccessfulFailoverProcesses page
break-hook PreFailoverProcesses
----
ok
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
   2.003  PreFailoverProcesses hook 1 of 2 started: ask-the-operator {failedHost}
   2.013  ! PreFailoverProcesses hook 1 of 2 exited 1 after 10 ms
   2.013  ! No: PreFailoverProcesses hook 1 of 2 exited 1 after 10 ms; the hook behind it was not run.
   2.013  A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.
   2.013  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page
   2.023  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.023  ! A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later. PreFailoverProcesses hook 1 of 2 exited 1 after 10 ms; the hook behind it was not run.

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 2 to run
  5  hook      PreFailoverProcesses 1 of 2, attempt 1
  6  hooked    (5): exited 1 after 10 ms; failure
  7  answered  preFailoverHooks (3): refused hook-veto, PreFailoverProcesses hook 1 of 2 exited 1 after 10 ms; the hook behind it was not run
  8  asked     postUnsuccessfulHooks in standingAside
  9  stage     PostUnsuccessfulFailoverProcesses: 1 to run
 10  hook      PostUnsuccessfulFailoverProcesses 1 of 1, attempt 1
 11  hooked    (10): exited 0 after 10 ms
 12  answered  postUnsuccessfulHooks (8): ok
 13  ended     vetoed

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
- c:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
