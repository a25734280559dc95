# The last that was heard of another server is that it took writes, and it cannot be asked: the primary stays read-only.
fleet a b<a c<a
read-only b off
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok

config RecoverNonWriteableMaster true
----
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

read-only a
freeze b
----
ok
ok

tick 8
----
   5.006  ! a:3306: NoWriteableMasterStructureWarning; answers; 1 of 2 replicas reachable, 1 replicating
   5.006  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   5.006  Keep asking every server until the failure has held for the confirmation time, or is gone.
   6.006  NoWriteableMasterStructureWarning has held for 1 s; answers; 1 of 2 replicas reachable, 1 replicating; 0 of 3 observers say that it is dead, 2 that it lives.
   6.006  Ask every gate whether Baton may act; each that is shut says why.
   6.006  Every gate is open.
   6.006  Open the recovery in the journal, unless the cluster is held by another.
   6.006  A recovery was opened and goes on by itself.
   6.006  Ask the primary and its replicas again and see that the finding still holds.
   6.106  NoWriteableMasterStructureWarning of a:3306 holds: answers; 1 of 2 replicas reachable, 1 replicating.
   6.106  Look at every server of the cluster and see what is to be changed, and whether it may be.
   7.106  ! No: b:3306 cannot be asked, and took writes when it last answered.
   7.106  Set what was changed to what it was before.
   7.106  Everything is as it was.
   7.106  Run PostUnsuccessfulFailoverProcesses.
   7.106  ! The primary is not as it should be; a person is needed. b:3306 cannot be asked, and took writes when it last answered.

verdict
----
b:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
