# Commits wait for one replica and three take part: with EnforceExactSemiSyncReplicas two of them are switched off.
fleet mysql a b<a c<a d<a
semi-sync a 1 b c d
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306
ok

config EnforceExactSemiSyncReplicas true
config InstancePollSeconds 1
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering
   0.001  ! a:3306: MasterWithTooManySemiSyncReplicas; answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 1 semi-sync replicas, 3 connected
   0.001  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.001  Keep asking every server until the failure has held for the confirmation time, or is gone.

tick 5
----
   1.001  MasterWithTooManySemiSyncReplicas has held for 1 s; answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 1 semi-sync replicas, 3 connected; 0 of 4 observers say that it is dead, 4 that it lives.
   1.001  Ask every gate whether Baton may act; each that is shut says why.
   1.001  Every gate is open.
   1.001  Open the recovery in the journal, unless the cluster is held by another.
   1.001  A recovery was opened and goes on by itself.
   1.001  Ask the primary and its replicas again and see that the finding still holds.
   1.002  MasterWithTooManySemiSyncReplicas of a:3306 holds: answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 1 semi-sync replicas, 3 connected.
   1.002  Look at every server of the cluster and see what is to be changed, and whether it may be.
   1.003  c:3306 comes after the 1 that the primary waits for; d:3306 comes after the 1 that the primary waits for.
   1.003  Change the settings: what is switched on first, what is switched off after it.
   1.007  c:3306 was asked to take no part in semi-sync as a replica
   1.011  d:3306 was asked to take no part in semi-sync as a replica
   1.011  All was changed.
   1.011  See on the servers themselves that the primary is as it should be.
   1.012  1 replicas take part in semi-sync, and a:3306 waits for 1.
   1.012  Run PostFailoverProcesses.
   1.012  The primary is as it should be.
   2.003  a:3306: MasterWithTooManySemiSyncReplicas is over after 2 s

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): MasterWithTooManySemiSyncReplicas of a:3306 holds: answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 1 semi-sync replicas, 3 connected
  3  asked     plan in preFailover.planning
  4  answered  plan (3): c:3306 comes after the 1 that the primary waits for; d:3306 comes after the 1 that the primary waits for
  5  asked     change in settings.changing
  6  act       c:3306: take no part in semi-sync as a replica
  7  acted     (6): done
  8  act       d:3306: take no part in semi-sync as a replica
  9  acted     (8): done
 10  answered  change (5): all was changed
 11  asked     verify in settings.verifying
 12  answered  verify (11): 1 replicas take part in semi-sync, and a:3306 waits for 1
 13  asked     postFailoverHooks in postSuccess
 14  answered  postFailoverHooks (13): ok
 15  ended     mended

write 1 a
tick 5
----
1 were acknowledged
nothing happens

verdict
----
a:3306 takes writes and has all 1 acknowledged writes
never two servers of a cluster took writes
