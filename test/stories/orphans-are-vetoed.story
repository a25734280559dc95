# A pre-failover hook says no to moving the replicas of a dead intermediate source.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
hook PreFailoverProcesses ask-somebody
hook PostUnsuccessfulFailoverProcesses page {failedHost}
break-hook PreFailoverProcesses
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

tick 5
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
   1.003  PreFailoverProcesses hook 1 of 1 started: ask-somebody
   1.013  ! PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
   1.013  ! No: PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.
   1.013  Run PostUnsuccessfulFailoverProcesses, for a pre-failover hook said no.
   1.013  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
   1.023  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   1.023  ! A pre-failover hook said no; nothing was touched. PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - d:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

hooks
----
   1.003  PreFailoverProcesses: ask-somebody
   1.013  PostUnsuccessfulFailoverProcesses: page b
