# A hook that never ends is killed at its timeout, and counts as a veto where hooks may veto.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook PreFailoverProcesses sleep infinity
hang-hook PreFailoverProcesses
config HookTimeoutSeconds 5
----
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
   2.003  PreFailoverProcesses hook 1 of 1 started: sleep infinity
   7.003  ! PreFailoverProcesses hook 1 of 1 did not end in time and was killed after 5 s
   7.003  ! No: PreFailoverProcesses hook 1 of 1 did not end in time and was killed after 5 s.
   7.003  A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.
   7.003  ! A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later. PreFailoverProcesses hook 1 of 1 did not end in time and was killed after 5 s.

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
