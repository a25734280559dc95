# Whenever the controller dies, every replica of the dead intermediate source has a source in the end.
each death
fleet a b<a c<a d<b e<b
config RecoverIntermediateMasterClusterFilters ["*"]
hook PreFailoverProcesses echo
hook PostIntermediateMasterFailoverProcesses echo {successorHost}
start
write 5 a
tick 1
kill b
tick 10
----
relocated after dying at detection opened
relocated after dying at detection 1 asked announce in announcing
relocated after dying at detection 2 answered announce (1): ok
relocated after dying at detection 3 asked corroborate in corroborating
relocated after dying at detection 4 answered corroborate (3): DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives
relocated after dying at detection 5 asked decide in deciding
relocated after dying at detection 6 answered decide (5): every gate is open
relocated after dying at detection 7 asked claim in claiming
relocated after dying at relocation opened
relocated after dying at relocation opened
relocated after dying at relocation opened
relocated after dying at relocation 1 asked confirm in preFailover.confirming
relocated after dying at relocation 2 answered confirm (1): DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
relocated after dying at relocation 3 asked preFailoverHooks in preFailover.preparing
relocated after dying at relocation 4 stage PreFailoverProcesses: 1 to run
relocated after dying at relocation 5 hook PreFailoverProcesses 1 of 1, attempt 1
relocated after dying at relocation 6 hooked (5): exited 0 after 10 ms
relocated after dying at relocation 7 answered preFailoverHooks (3): ok
relocated after dying at relocation 8 asked choose in moving.choosing
relocated after dying at relocation 9 answered choose (8): c:3306 replicates from a:3306, as b:3306 did
relocated after dying at relocation 10 asked relocate in moving.relocating
relocated after dying at relocation 11 act d:3306: follow c:3306
relocated after dying at relocation 12 act e:3306: follow c:3306
relocated after dying at relocation 13 acted (11): done
relocated after dying at relocation 14 acted (12): done
relocated after dying at relocation 15 answered relocate (10): all were told to follow their new source
relocated after dying at relocation 16 asked verify in moving.verifying
relocated after dying at relocation 17 answered verify (16): 2 of 2 that were moved replicate
relocated after dying at relocation 18 asked postIntermediateHooks in postSuccess.announcingIntermediate
relocated after dying at relocation 19 stage PostIntermediateMasterFailoverProcesses: 1 to run
relocated after dying at relocation 20 hook PostIntermediateMasterFailoverProcesses 1 of 1, attempt 1
relocated after dying at relocation 21 hooked (20): exited 0 after 10 ms
relocated after dying at relocation 22 answered postIntermediateHooks (18): ok
relocated after dying at relocation 23 asked postFailoverHooks in postSuccess.announcing
relocated after dying at relocation 24 answered postFailoverHooks (23): ok
relocated after dying at relocation 25 ended relocated
each time: a:3306 takes writes and has all 5 acknowledged writes; never two servers of a cluster took writes
