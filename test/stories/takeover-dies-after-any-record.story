# Whatever record the controller dies after, the next one brings the takeover to an end: no write is lost, and never do two servers take writes.
each death
fleet a b<a c<a
hook PreFailoverProcesses prepare
hook PostMasterFailoverProcesses move-the-name {successorHost}
start
write 5 a
takeover a b
tick 3
----
takenOver after dying at takeover opened
takenOver after dying at takeover 1 asked check in planning.checking
takenOver after dying at takeover 2 answered check (1): b:3306 is named
takenOver after dying at takeover 3 asked prepareHooks in planning.preparing
takenOver after dying at takeover 4 answered prepareHooks (3): ok
takenOver after dying at takeover 5 asked detectionHooks in planning.announcing
takenOver after dying at takeover 6 answered detectionHooks (5): ok
takenOver after dying at takeover 7 asked preFailoverHooks in planning.preparingFailover
takenOver after dying at takeover 8 stage PreFailoverProcesses: 1 to run
takenOver after dying at takeover 9 hook PreFailoverProcesses 1 of 1, attempt 1
takenOver after dying at takeover 10 hooked (9): exited 0 after 10 ms
takenOver after dying at takeover 11 answered preFailoverHooks (7): ok
takenOver after dying at takeover 12 asked gatherBelow in planning.gathering
takenOver after dying at takeover 13 act c:3306: stop receiving from its source
takenOver after dying at takeover 14 acted (13): done
takenOver after dying at takeover 15 act c:3306: follow b:3306
takenOver after dying at takeover 16 acted (15): done
takenOver after dying at takeover 17 answered gatherBelow (12): behind b:3306 already: c:3306
takenOver after dying at takeover 18 asked approach in planning.approaching
takenOver after dying at takeover 19 answered approach (18): b:3306 is less than 1 ms behind
takenOver after dying at takeover 20 asked freeze in switching.freezing
takenOver after dying at takeover 22 act a:3306: end the connections of applications
takenOver after dying at takeover 22 act a:3306: end the connections of applications
takenOver after dying at takeover 24 acted (22): done
takenOver after dying at takeover 24 acted (22): done
takenOver after dying at takeover 25 answered freeze (20): b:3306 has applied all that a:3306 has
takenOver after dying at takeover 26 asked promote in promotion.promoting
takenOver after dying at takeover 27 act b:3306: be the primary
takenOver after dying at takeover 28 acted (27): done
takenOver after dying at takeover 29 answered promote (26): ok
takenOver after dying at takeover 30 asked repoint in postSuccess.repointing
takenOver after dying at takeover 31 act a:3306: follow b:3306
takenOver after dying at takeover 32 acted (31): done
takenOver after dying at takeover 33 answered repoint (30): ok
takenOver after dying at takeover 34 asked judge in postSuccess.judging
takenOver after dying at takeover 35 answered judge (34): b:3306 has everything that a:3306 has executed
takenOver after dying at takeover 36 asked postPrimaryHooks in postSuccess.announcingPrimary
takenOver after dying at takeover 37 stage PostMasterFailoverProcesses: 1 to run
takenOver after dying at takeover 38 hook PostMasterFailoverProcesses 1 of 1, attempt 1
takenOver after dying at takeover 39 hooked (38): exited 0 after 10 ms
takenOver after dying at takeover 40 answered postPrimaryHooks (36): ok
takenOver after dying at takeover 41 asked postFailoverHooks in postSuccess.announcing
takenOver after dying at takeover 42 answered postFailoverHooks (41): ok
takenOver after dying at takeover 43 asked postTakeoverHooks in postSuccess.announcingTakeover
takenOver after dying at takeover 44 answered postTakeoverHooks (43): ok
takenOver after dying at takeover 45 ended takenOver
each time: b:3306 takes writes and has all 5 acknowledged writes; never two servers of a cluster took writes
