# The same with a hook that says no while the primary is read-only: it takes writes again, whatever record the controller dies after.
each death
fleet a b<a
config HookCompatibility "strict"
hook PreFailoverProcesses ask
break-hook PreFailoverProcesses
hook PostUnsuccessfulGracefulTakeoverProcesses call-off
start
write 5 a
takeover a b
tick 3
----
putBack after dying at takeover opened
putBack after dying at takeover 1 asked check in planning.checking
putBack after dying at takeover 2 answered check (1): b:3306 is named
putBack after dying at takeover 3 asked gatherBelow in planning.gathering
putBack after dying at takeover 4 answered gatherBelow (3): there is no other replica
putBack after dying at takeover 5 asked prepareHooks in planning.preparing
putBack after dying at takeover 6 answered prepareHooks (5): ok
putBack after dying at takeover 7 asked approach in planning.approaching
putBack after dying at takeover 8 answered approach (7): b:3306 is less than 1 ms behind
putBack after dying at takeover 9 asked freeze in switching.freezing
putBack after dying at takeover 11 act a:3306: end the connections of applications
putBack after dying at takeover 11 act a:3306: end the connections of applications
putBack after dying at takeover 13 acted (11): done
putBack after dying at takeover 13 acted (11): done
putBack after dying at takeover 14 answered freeze (9): b:3306 has applied all that a:3306 has
putBack after dying at takeover 15 asked detectionHooks in switching.announcing
putBack after dying at takeover 16 answered detectionHooks (15): ok
putBack after dying at takeover 17 asked preFailoverHooks in switching.preparingFailover
putBack after dying at takeover 18 stage PreFailoverProcesses: 1 to run
putBack after dying at takeover 19 hook PreFailoverProcesses 1 of 1, attempt 1
putBack after dying at takeover 20 hooked (19): exited 1 after 10 ms; failure
putBack after dying at takeover 21 answered preFailoverHooks (17): refused hook-veto, PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
putBack after dying at takeover 22 asked undo in undoing
putBack after dying at takeover 23 act a:3306: take writes
putBack after dying at takeover 24 acted (23): done
putBack after dying at takeover 25 answered undo (22): everything is as it was, but for the connections that were ended
putBack after dying at takeover 26 asked postUnsuccessfulHooks in postUnsuccessful.putBack
putBack after dying at takeover 27 stage PostUnsuccessfulGracefulTakeoverProcesses: 1 to run
putBack after dying at takeover 28 hook PostUnsuccessfulGracefulTakeoverProcesses 1 of 1, attempt 1
putBack after dying at takeover 29 hooked (28): exited 0 after 10 ms
putBack after dying at takeover 30 answered postUnsuccessfulHooks (26): ok
putBack after dying at takeover 31 ended putBack
each time: a:3306 takes writes and has all 5 acknowledged writes; never two servers of a cluster took writes
