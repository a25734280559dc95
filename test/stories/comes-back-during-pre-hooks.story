# A primary that is up again when the PreFailover hooks have run is left alone: it takes writes, and a replica would lack them.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PreFailoverProcesses take-the-name-away
hook PostUnsuccessfulFailoverProcesses give-the-name-back
hang-hook PreFailoverProcesses
config HookTimeoutSeconds 5
config PreFailoverProcesses [{"Command": "take-the-name-away", "OnFailure": "continue"}]
----
ok
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

tick 4
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
   2.003  PreFailoverProcesses hook 1 of 1 started: take-the-name-away

restart a
write 2 a
----
ok
2 were acknowledged

tick 10
----
   7.003  ! PreFailoverProcesses hook 1 of 1 did not end in time and was killed after 5 s
   7.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.004  ! No: a:3306 answers again and takes writes.
   7.004  The failure is gone: let the replicas receive again where they were stopped.
   7.004  Everything is as it was.
   7.004  Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and no failover followed.
   7.004  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: give-the-name-back
   7.014  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   7.014  The failure was gone when we looked again; the old primary goes on. a:3306 answers again and takes writes.
  10.011  a:3306: DeadMaster is over after 9.01 s

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 4 acknowledged writes
never two servers of a cluster took writes
