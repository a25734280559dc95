# An intermediate source is back before anything was moved: its replicas have it again, and the hooks that heard of a recovery hear that none was needed.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
hook PreFailoverProcesses drain {failedHost}
hook PostUnsuccessfulFailoverProcesses undrain {failedHost}
slow-hook PreFailoverProcesses 5
----
ok
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

kill b
----
   0.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 4
----
   0.002  ! b:3306: DeadIntermediateMaster; last answered 1 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadIntermediateMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  Every gate is open.
   1.002  Open the recovery in the journal, unless the cluster is held by another.
   1.002  A recovery was opened and goes on by itself.
   1.002  Ask the source and its replicas again and see that the finding still holds.
   1.003  DeadIntermediateMaster of b:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  PreFailoverProcesses hook 1 of 1 started: drain {failedHost}

die
----
ok

restart b
----
ok

tick 3
----
nothing happens

start
----
   7.002  watching cluster a:3306: primary a:3306, 5 instances, 5 answering
   7.002  A controller continues this relocation in preFailover.preparing.
   7.002  Ask the source and its replicas again and see that the finding still holds.

tick 5
----
   7.003  DeadIntermediateMaster of b:3306 was gone when every server was asked again.
   7.003  Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and nothing needs to be moved any more.
   7.003  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: undrain {failedHost}
   7.013  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   7.013  The failure was gone when we looked again; nothing was touched. DeadIntermediateMaster of b:3306 was gone when every server was asked again.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + e:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

hooks
----
   1.003  PreFailoverProcesses: drain b
   7.003  PostUnsuccessfulFailoverProcesses: undrain b
