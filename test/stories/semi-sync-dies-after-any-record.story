# Whenever the controller dies, enough replicas take part in the end.
each death
fleet mysql a b<a c<a d<a
semi-sync a 2 b
config RecoverLockedSemiSyncMaster true
config ReasonableLockedSemiSyncMasterSeconds 2
config InstancePollSeconds 1
hook PostFailoverProcesses echo
start
tick 8
----
mended after dying at detection opened
mended after dying at detection 1 asked announce in announcing
mended after dying at detection 2 answered announce (1): ok
mended after dying at detection 3 asked corroborate in corroborating
mended after dying at detection 4 answered corroborate (3): LockedSemiSyncMaster has held for 1 s; answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected; 0 of 4 observers say that it is dead, 4 that it lives
mended after dying at detection 5 asked decide in deciding
mended after dying at detection 6 answered decide (5): every gate is open
mended after dying at detection 7 asked claim in claiming
mended, notNeeded after dying at mending opened
mended, notNeeded after dying at mending opened
mended, notNeeded after dying at mending opened
mended, notNeeded after dying at mending 1 asked confirm in preFailover.confirming
mended, notNeeded after dying at mending 2 answered confirm (1): LockedSemiSyncMaster of a:3306 holds: answers; 3 of 3 replicas reachable, 3 replicating; commits wait for 2 semi-sync replicas, 1 connected
mended, notNeeded after dying at mending 3 asked plan in preFailover.planning
mended after dying at mending 4 answered plan (3): c:3306 replicates and comes next
mended after dying at mending 5 asked change in settings.changing
mended after dying at mending 6 act c:3306: take part in semi-sync as a replica
mended after dying at mending 7 acted (6): done
mended after dying at mending 8 answered change (5): all was changed
mended after dying at mending 9 asked verify in settings.verifying
mended after dying at mending 10 answered verify (9): 2 replicas take part in semi-sync, and a:3306 waits for 2
mended after dying at mending 11 asked postFailoverHooks in postSuccess
mended after dying at mending 12 stage PostFailoverProcesses: 1 to run
mended after dying at mending 13 hook PostFailoverProcesses 1 of 1, attempt 1
mended after dying at mending 14 hooked (13): exited 0 after 10 ms
mended after dying at mending 15 answered postFailoverHooks (11): ok
mended after dying at mending 16 ended mended
each time: a:3306 takes writes and has all 0 acknowledged writes; never two servers of a cluster took writes
