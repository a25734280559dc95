# Whenever the controller dies, the primary takes writes in the end, and no other server ever does.
each death
fleet a b<a c<a
config RecoverNonWriteableMaster true
hook PreFailoverProcesses echo
hook PostFailoverProcesses echo
start
read-only a
tick 8
----
mended after dying at detection opened
mended after dying at detection 1 asked announce in announcing
mended after dying at detection 2 answered announce (1): ok
mended after dying at detection 3 asked corroborate in corroborating
mended after dying at detection 4 answered corroborate (3): NoWriteableMasterStructureWarning has held for 1 s; answers; 2 of 2 replicas reachable, 2 replicating; 0 of 3 observers say that it is dead, 3 that it lives
mended after dying at detection 5 asked decide in deciding
mended after dying at detection 6 answered decide (5): every gate is open
mended after dying at detection 7 asked claim in claiming
mended after dying at mending opened
mended after dying at mending opened
mended after dying at mending opened
mended after dying at mending 1 asked confirm in preFailover.confirming
mended after dying at mending 2 answered confirm (1): NoWriteableMasterStructureWarning of a:3306 holds: answers; 2 of 2 replicas reachable, 2 replicating
mended after dying at mending 3 asked plan in preFailover.planning
mended after dying at mending 4 answered plan (3): no other server of a:3306 takes writes
mended after dying at mending 5 asked preFailoverHooks in preFailover.preparing
mended after dying at mending 6 stage PreFailoverProcesses: 1 to run
mended after dying at mending 7 hook PreFailoverProcesses 1 of 1, attempt 1
mended after dying at mending 8 hooked (7): exited 0 after 10 ms
mended after dying at mending 9 answered preFailoverHooks (5): ok
mended after dying at mending 10 asked change in settings.changing
mended after dying at mending 11 act a:3306: take writes
mended after dying at mending 12 acted (11): done
mended after dying at mending 13 answered change (10): all was changed
mended after dying at mending 14 asked verify in settings.verifying
mended after dying at mending 15 answered verify (14): a:3306 takes writes
mended after dying at mending 16 asked postFailoverHooks in postSuccess
mended after dying at mending 17 stage PostFailoverProcesses: 1 to run
mended after dying at mending 18 hook PostFailoverProcesses 1 of 1, attempt 1
mended after dying at mending 19 hooked (18): exited 0 after 10 ms
mended after dying at mending 20 answered postFailoverHooks (16): ok
mended after dying at mending 21 ended mended
each time: a:3306 takes writes and has all 0 acknowledged writes; never two servers of a cluster took writes
