# Commits wait for two replicas, and one of them is left: another one is switched on, and the waiting write is acknowledged.
fleet mysql a b<a c<a d<a
semi-sync a 2 b c
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306
ok

config RecoverLockedSemiSyncMaster true
config ReasonableLockedSemiSyncMasterSeconds 2
config InstancePollSeconds 1
hook PreFailoverProcesses never
hook PostFailoverProcesses echo {failureType} {successorHost}
----
ok
ok
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

semi-sync-off c
write 1 a
----
ok
0 of 1 were acknowledged: a:3306 waits for a semi-sync replica

tick 8
----
   1.002  a:3306: LockedSemiSyncMasterHypothesis; answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected
   3.004  a:3306: LockedSemiSyncMasterHypothesis is over after 2 s
   3.004  ! a:3306: LockedSemiSyncMaster; answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected
   3.004  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.004  Keep asking every server until the failure has held for the confirmation time, or is gone.
   4.004  LockedSemiSyncMaster has held for 1 s; answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected; 0 of 4 observers say that it is dead, 4 that it lives.
   4.004  Ask every gate whether Baton may act; each that is shut says why.
   4.004  Every gate is open.
   4.004  Open the recovery in the journal, unless the cluster is held by another.
   4.004  A recovery was opened and goes on by itself.
   4.004  Ask the primary and its replicas again and see that the finding still holds.
   4.005  LockedSemiSyncMaster of a:3306 holds: answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected.
   4.005  Look at every server of the cluster and see what is to be changed, and whether it may be.
   4.006  c:3306 replicates and comes next.
   4.006  Change the settings: what is switched on first, what is switched off after it.
   4.010  c:3306 was asked to take part in semi-sync as a replica
   4.010  All was changed.
   4.010  See on the servers themselves that the primary is as it should be.
   4.011  2 replicas take part in semi-sync, and a:3306 waits for 2.
   4.011  Run PostFailoverProcesses.
   4.011  PostFailoverProcesses hook 1 of 1 started: echo {failureType} {successorHost}
   4.011  PostFailoverProcesses hook 1 of 1 says: LockedSemiSyncMaster a
   4.021  PostFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   4.021  The primary is as it should be.
   5.006  a:3306: LockedSemiSyncMaster is over after 2 s

verdict
----
a:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes

hooks
----
   4.011  PostFailoverProcesses: echo LockedSemiSyncMaster a

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): LockedSemiSyncMaster of a:3306 holds: answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected
  3  asked     plan in preFailover.planning
  4  answered  plan (3): c:3306 replicates and comes next
  5  asked     change in settings.changing
  6  act       c:3306: take part in semi-sync as a replica
  7  acted     (6): done
  8  answered  change (5): all was changed
  9  asked     verify in settings.verifying
 10  answered  verify (9): 2 replicas take part in semi-sync, and a:3306 waits for 2
 11  asked     postFailoverHooks in postSuccess
 12  stage     PostFailoverProcesses: 1 to run
 13  hook      PostFailoverProcesses 1 of 1, attempt 1
 14  hooked    (13): exited 0 after 10 ms
 15  answered  postFailoverHooks (11): ok
 16  ended     mended

tick 60
----
nothing happens
