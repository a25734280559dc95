# The server itself will not be made writable: a person is needed.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config RecoverNonWriteableMaster true
break a SET GLOBAL read_only = 0
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

read-only a
----
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
   6.008  No other server of a:3306 takes writes.
   6.008  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   6.008  Change the settings: what is switched on first, what is switched off after it.
   6.011  ! a:3306 would not take writes: a:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it
   6.011  ! No: not all could be changed: a:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it.
   6.011  Set what was changed to what it was before.
   6.012  Everything is as it was.
   6.012  Run PostUnsuccessfulFailoverProcesses.
   6.012  ! The primary is not as it should be; a person is needed. Not all could be changed: a:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it.

verdict
----
no server of the cluster of a:3306 takes writes
never two servers of a cluster took writes
