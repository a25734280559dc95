# A primary is read-only because somebody is about to let another take its writes: it stays so, and all is as it was.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config RecoverNonWriteableMaster true
hook PostUnsuccessfulFailoverProcesses page {failedHost}
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

read-only a
read-only b off
----
ok
ok

tick 8
----
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
   6.008  ! No: b:3306 takes writes, and a:3306 would be the second.
   6.008  Set what was changed to what it was before.
   6.008  Everything is as it was.
   6.008  Run PostUnsuccessfulFailoverProcesses.
   6.008  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
   6.018  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   6.018  ! The primary is not as it should be; a person is needed. b:3306 takes writes, and a:3306 would be the second.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
