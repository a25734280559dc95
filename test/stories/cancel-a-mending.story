# A primary that is being made writable: the person who made it read-only says no, and it stays so until a person says otherwise.
fleet a b<a c<a
config RecoverNonWriteableMaster true
hook PreFailoverProcesses prepare
hook PostUnsuccessfulFailoverProcesses page {failedHost}
slow-hook PreFailoverProcesses 5
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

read-only a
tick 8
----
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
   6.008  PreFailoverProcesses hook 1 of 1 started: prepare

cancel ann a it is read-only on purpose
----
   8.001  ann said cancel: it is read-only on purpose
   8.001  ! PreFailoverProcesses hook 1 of 1 was ended by SIGTERM after 1.99 s
   8.001  Set what was changed to what it was before.
   8.001  Everything is as it was.
   8.001  Run PostUnsuccessfulFailoverProcesses.
   8.001  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
cancelled: Set what was changed to what it was before.

tick 30
----
   8.011  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   8.011  ! A person has cancelled it; this failure is left alone until a person says otherwise. Cancelled by ann: it is read-only on purpose.

read-only a off
tick 3
----
ok
  40.041  the failure of a:3306 whose recovery 8706c4eb was cancelled is over; the next one is recovered again
  40.041  a:3306: NoWriteableMasterStructureWarning is over after 30.03 s

read-only a
tick 8
----
ok
  45.046  ! a:3306: NoWriteableMasterStructureWarning; answers; 2 of 2 replicas reachable, 2 replicating
  45.046  Keep asking every server until the failure has held for the confirmation time, or is gone.
  46.046  NoWriteableMasterStructureWarning has held for 1 s; answers; 2 of 2 replicas reachable, 2 replicating; 0 of 3 observers say that it is dead, 3 that it lives.
  46.046  Ask every gate whether Baton may act; each that is shut says why.
  46.046  Every gate is open.
  46.046  Open the recovery in the journal, unless the cluster is held by another.
  46.046  A recovery was opened and goes on by itself.
  46.046  Ask the primary and its replicas again and see that the finding still holds.
  46.047  NoWriteableMasterStructureWarning of a:3306 holds: answers; 2 of 2 replicas reachable, 2 replicating.
  46.047  Look at every server of the cluster and see what is to be changed, and whether it may be.
  46.048  No other server of a:3306 takes writes.
  46.048  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  46.048  PreFailoverProcesses hook 1 of 1 started: prepare
