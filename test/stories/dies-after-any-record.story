# Whatever record the controller dies after, the next one brings the recovery to its end: the writes are kept, and never do two servers take writes.
each death
fleet a b<a c<a
hook OnFailureDetectionProcesses tell {failureType}
hook PreFailoverProcesses prepare
hook PostMasterFailoverProcesses move-the-name {successorHost}
hook PostFailoverProcesses page {successorHost}
start
write 5 a
tick 1
kill a
tick 20
----
recovered after dying at detection opened
recovered after dying at detection 1 asked announce in announcing
recovered after dying at detection 2 stage OnFailureDetectionProcesses: 1 to run
recovered after dying at detection 3 hook OnFailureDetectionProcesses 1 of 1, attempt 1
recovered after dying at detection 4 hooked (3): exited 0 after 10 ms
recovered after dying at detection 5 answered announce (1): ok
recovered after dying at detection 6 asked corroborate in corroborating
recovered after dying at detection 7 answered corroborate (6): DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives
recovered after dying at detection 8 asked decide in deciding
recovered after dying at detection 9 answered decide (8): every gate is open
recovered after dying at detection 10 asked claim in claiming
recovered after dying at recovery opened
recovered after dying at recovery opened
recovered after dying at recovery opened
recovered after dying at recovery 1 asked confirm in preFailover.confirming
recovered after dying at recovery 2 answered confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
recovered after dying at recovery 3 asked preFailoverHooks in preFailover.preparing
recovered after dying at recovery 4 stage PreFailoverProcesses: 1 to run
recovered after dying at recovery 5 hook PreFailoverProcesses 1 of 1, attempt 1
recovered after dying at recovery 6 hooked (5): exited 0 after 10 ms
recovered after dying at recovery 7 answered preFailoverHooks (3): ok
recovered after dying at recovery 8 asked fence in fencing
recovered after dying at recovery 9 answered fence (8): a:3306 refuses connections, so nothing more can be done to keep writes from it
recovered after dying at recovery 10 asked gather in failover.gathering
recovered after dying at recovery 11 act b:3306: stop receiving from its source
recovered after dying at recovery 12 act c:3306: stop receiving from its source
recovered after dying at recovery 13 acted (11): done
recovered after dying at recovery 14 acted (12): done
recovered after dying at recovery 15 answered gather (10): ok
recovered after dying at recovery 16 asked rescue in failover.rescuing
recovered after dying at recovery 17 answered rescue (16): no way to rescue anything is configured
recovered after dying at recovery 18 asked elect in failover.electing
recovered after dying at recovery 19 answered elect (18): b:3306 is as good as c:3306, and comes first by name
recovered after dying at recovery 20 asked catchUp in failover.catchingUp
recovered after dying at recovery 21 answered catchUp (20): b:3306 has applied all it received
recovered after dying at recovery 22 asked promote in promotion.promoting
recovered after dying at recovery 23 act b:3306: be the primary
recovered after dying at recovery 24 acted (23): done
recovered after dying at recovery 25 answered promote (22): ok
recovered after dying at recovery 26 asked repoint in postSuccess.repointing
recovered after dying at recovery 27 act c:3306: follow b:3306
recovered after dying at recovery 28 acted (27): done
recovered after dying at recovery 29 answered repoint (26): ok
recovered after dying at recovery 30 asked judge in postSuccess.judging
recovered after dying at recovery 31 answered judge (30): what is lost is not known: no commit waited for a replica when a:3306 was last read, 2.02 s ago, and what it has committed since nobody can know
recovered after dying at recovery 32 asked postPrimaryHooks in postSuccess.announcingPrimary
recovered after dying at recovery 33 stage PostMasterFailoverProcesses: 1 to run
recovered after dying at recovery 34 hook PostMasterFailoverProcesses 1 of 1, attempt 1
recovered after dying at recovery 35 hooked (34): exited 0 after 10 ms
recovered after dying at recovery 36 answered postPrimaryHooks (32): ok
recovered after dying at recovery 37 asked postFailoverHooks in postSuccess.announcing
recovered after dying at recovery 38 stage PostFailoverProcesses: 1 to run
recovered after dying at recovery 39 hook PostFailoverProcesses 1 of 1, attempt 1
recovered after dying at recovery 40 hooked (39): exited 0 after 10 ms
recovered after dying at recovery 41 answered postFailoverHooks (37): ok
recovered after dying at recovery 42 ended recovered
each time: b:3306 takes writes and has all 5 acknowledged writes; never two servers of a cluster took writes
