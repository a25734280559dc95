# The controller dies right after it made the primary writable, and somebody makes a replica writable meanwhile: the next life puts the primary back, for two may not take writes.
fleet a b<a c<a
config RecoverNonWriteableMaster true
hook PostUnsuccessfulFailoverProcesses page {failedHost}
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

read-only a
tick 4
die 17
tick 5
----
ok
nothing happens
ok
   5.006  ! a:3306: NoWriteableMasterStructureWarning; answers; 2 of 2 replicas reachable, 2 replicating
   5.006  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   5.006  Keep asking every server until the failure has held for the confirmation time, or is gone.
   6.006  NoWriteableMasterStructureWarning has held for 1 s; answers; 2 of 2 replicas reachable, 2 replicating; 0 of 3 observers say that it is dead, 3 that it lives.
   6.006  Ask every gate whether Baton may act; each that is shut says why.
   6.006  Every gate is open.
   6.006  Open the recovery in the journal, unless the cluster is held by another.
   6.006  A recovery was opened and goes on by itself.
   6.006  Ask the primary and its replicas again and see that the finding still holds.
   6.007  NoWriteableMasterStructureWarning of a:3306 holds: answers; 2 of 2 replicas reachable, 2 replicating.
   6.007  Look at every server of the cluster and see what is to be changed, and whether it may be.
   6.008  No other server of a:3306 takes writes.
   6.008  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): NoWriteableMasterStructureWarning of a:3306 holds: answers; 2 of 2 replicas reachable, 2 replicating
  3  asked     plan in preFailover.planning
  4  answered  plan (3): no other server of a:3306 takes writes
  5  asked     preFailoverHooks in preFailover.preparing
  6  answered  preFailoverHooks (5): ok

read-only b off
start
tick 5
----
ok
   9.002  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   9.002  A controller continues this mending in settings.changing.
   9.002  Look at every server of the cluster and see what is to be changed, and whether it may be.
   9.003  ! No: b:3306 takes writes, and a:3306 would be the second.
   9.003  Set what was changed to what it was before.
   9.003  Everything is as it was.
   9.003  Run PostUnsuccessfulFailoverProcesses.
   9.003  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
   9.013  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   9.013  ! The primary is not as it should be; a person is needed. b:3306 takes writes, and a:3306 would be the second.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
