# A primary is found read-only, and nobody else takes writes: it takes them again.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config RecoverNonWriteableMaster true
hook PreFailoverProcesses echo {failureType} {failedHost}
hook PostFailoverProcesses echo {successorHost} {isSuccessful}
----
ok
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
   6.008  PreFailoverProcesses hook 1 of 1 started: echo {failureType} {failedHost}
   6.008  PreFailoverProcesses hook 1 of 1 says: NoWriteableMasterStructureWarning a
   6.018  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   6.018  Change the settings: what is switched on first, what is switched off after it.
   6.023  a:3306 was asked to take writes
   6.023  All was changed.
   6.023  See on the servers themselves that the primary is as it should be.
   6.024  a:3306 takes writes.
   6.024  Run PostFailoverProcesses.
   6.024  PostFailoverProcesses hook 1 of 1 started: echo {successorHost} {isSuccessful}
   6.024  PostFailoverProcesses hook 1 of 1 says: a true
   6.034  PostFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   6.034  The primary is as it should be.

write 3 a
tick 1
----
3 were acknowledged
nothing happens

verdict
----
a:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes

hooks
----
   6.008  PreFailoverProcesses: echo NoWriteableMasterStructureWarning a
   6.024  PostFailoverProcesses: echo a true

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): NoWriteableMasterStructureWarning of a:3306 holds: answers; 2 of 2 replicas reachable, 2 replicating
  3  asked     plan in preFailover.planning
  4  answered  plan (3): no other server of a:3306 takes writes
  5  asked     preFailoverHooks in preFailover.preparing
  6  stage     PreFailoverProcesses: 1 to run
  7  hook      PreFailoverProcesses 1 of 1, attempt 1
  8  hooked    (7): exited 0 after 10 ms
  9  answered  preFailoverHooks (5): ok
 10  asked     change in settings.changing
 11  act       a:3306: take writes
 12  acted     (11): done
 13  answered  change (10): all was changed
 14  asked     verify in settings.verifying
 15  answered  verify (14): a:3306 takes writes
 16  asked     postFailoverHooks in postSuccess
 17  stage     PostFailoverProcesses: 1 to run
 18  hook      PostFailoverProcesses 1 of 1, attempt 1
 19  hooked    (18): exited 0 after 10 ms
 20  answered  postFailoverHooks (16): ok
 21  ended     mended

# Somebody insists: it is not made writable over and over.
read-only a
----
ok

tick 20
----
  10.011  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  10.011  Keep asking every server until the failure has held for the confirmation time, or is gone.
  11.011  NoWriteableMasterStructureWarning has held for 1 s; answers; 2 of 2 replicas reachable, 2 replicating; 0 of 3 observers say that it is dead, 3 that it lives.
  11.011  Ask every gate whether Baton may act; each that is shut says why.
  11.011  Recovery 8706c4eb of a:3306 changed it 4.98 s ago; the cluster is left alone for another 59 min 55 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used.
  11.011  ! Baton had no right to act, and said why. Recovery 8706c4eb of a:3306 changed it 4.98 s ago; the cluster is left alone for another 59 min 55 s unless "baton acknowledge recovery 8706c4eb" says that somebody has seen why, or "baton recover" is used.
