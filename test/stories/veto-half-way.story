# The second of three hooks asks to be tried again, and again, and then says no: the third is not run, and nothing was touched.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook PreFailoverProcesses drain {failedHost}
hook PreFailoverProcesses ExitClasses=true Retries=2 ask-the-lock
hook PreFailoverProcesses never-reached
break-hook PreFailoverProcesses 75 ask-the-lock
----
ok
ok
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

tick 10
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
   2.003  PreFailoverProcesses hook 1 of 3 started: drain {failedHost}
   2.013  PreFailoverProcesses hook 1 of 3 exited 0 after 10 ms
   2.013  PreFailoverProcesses hook 2 of 3 started: ask-the-lock
   2.023  ! PreFailoverProcesses hook 2 of 3 exited 75 after 10 ms
   3.023  PreFailoverProcesses hook 2 of 3, attempt 2 started: ask-the-lock
   3.033  ! PreFailoverProcesses hook 2 of 3, attempt 2 exited 75 after 10 ms
   5.033  PreFailoverProcesses hook 2 of 3, attempt 3 started: ask-the-lock
   5.043  ! PreFailoverProcesses hook 2 of 3, attempt 3 exited 75 after 10 ms
   5.043  ! No: PreFailoverProcesses hook 2 of 3, attempt 3 exited 75 after 10 ms; the hook behind it was not run.
   5.043  A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.
   5.043  ! A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later. PreFailoverProcesses hook 2 of 3, attempt 3 exited 75 after 10 ms; the hook behind it was not run.

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 3 to run
  5  hook      PreFailoverProcesses 1 of 3, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  hook      PreFailoverProcesses 2 of 3, attempt 1
  8  hooked    (7): exited 75 after 10 ms; retry
  9  hook      PreFailoverProcesses 2 of 3, attempt 2
 10  hooked    (9): exited 75 after 10 ms; retry
 11  hook      PreFailoverProcesses 2 of 3, attempt 3
 12  hooked    (11): exited 75 after 10 ms; retry
 13  answered  preFailoverHooks (3): refused hook-veto, PreFailoverProcesses hook 2 of 3, attempt 3 exited 75 after 10 ms; the hook behind it was not run
 14  asked     postUnsuccessfulHooks in standingAside
 15  answered  postUnsuccessfulHooks (14): ok
 16  ended     vetoed
