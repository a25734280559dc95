# A locked primary whose replicas do not replicate: there is nobody to switch on, and that is said.
fleet a b<a c<a
semi-sync a 1
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok

config RecoverLockedSemiSyncMaster true
config ReasonableLockedSemiSyncMasterSeconds 2
config InstancePollSeconds 1
hook PostUnsuccessfulFailoverProcesses page {failureType}
----
ok
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  a:3306: LockedSemiSyncMasterHypothesis; answers; 2 of 2 replicas reachable, 2 replicating; commits wait for 1 semi-sync replicas, 0 connected

break-apply b
break-apply c
----
ok
ok

tick 6
----
   2.003  a:3306: LockedSemiSyncMasterHypothesis is over after 2 s
   2.003  ! a:3306: LockedSemiSyncMaster; answers; 2 of 2 replicas reachable, 0 replicating; commits wait for 1 semi-sync replicas, 0 connected
   2.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.003  LockedSemiSyncMaster has held for 1 s; answers; 2 of 2 replicas reachable, 0 replicating; commits wait for 1 semi-sync replicas, 0 connected; 0 of 3 observers say that it is dead, 3 that it lives.
   3.003  Ask every gate whether Baton may act; each that is shut says why.
   3.003  Every gate is open.
   3.003  Open the recovery in the journal, unless the cluster is held by another.
   3.003  A recovery was opened and goes on by itself.
   3.003  Ask the primary and its replicas again and see that the finding still holds.
   3.004  LockedSemiSyncMaster of a:3306 holds: answers; 2 of 2 replicas reachable, 0 replicating; commits wait for 1 semi-sync replicas, 0 connected.
   3.004  Look at every server of the cluster and see what is to be changed, and whether it may be.
   3.005  ! No: no replica of a:3306 that replicates may take part in semi-sync and does not yet.
   3.005  Set what was changed to what it was before.
   3.005  Everything is as it was.
   3.005  Run PostUnsuccessfulFailoverProcesses.
   3.005  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failureType}
   3.015  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.015  ! The primary is not as it should be; a person is needed. No replica of a:3306 that replicates may take part in semi-sync and does not yet.

hooks
----
   3.005  PostUnsuccessfulFailoverProcesses: page LockedSemiSyncMaster
