# Whatever record the controller dies after, a cancelled recovery ends as cancelled, with everything as it was; where it dies before the word is written, nobody has said it.
each death
fleet a b<a c<a
hook PreFailoverProcesses prepare
hook PostUnsuccessfulFailoverProcesses page {failedHost}
start
lag b 6000
lag c 6000
write 3 a
kill a
tick 2
cancel ann a the site comes back
tick 2
----
recovered after dying at detection opened: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 1 asked announce in announcing: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 2 answered announce (1): ok: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 3 asked corroborate in corroborating: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 4 answered corroborate (3): DeadMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 5 asked decide in deciding: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 6 answered decide (5): every gate is open: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at detection 7 asked claim in claiming: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery opened: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery opened: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery opened: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 1 asked confirm in preFailover.confirming: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 2 answered confirm (1): DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 3 asked preFailoverHooks in preFailover.preparing: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 4 stage PreFailoverProcesses: 1 to run: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 5 hook PreFailoverProcesses 1 of 1, attempt 1: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 6 hooked (5): exited 0 after 10 ms: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 7 answered preFailoverHooks (3): ok: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 8 asked fence in fencing: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 9 answered fence (8): a:3306 refuses connections, so nothing more can be done to keep writes from it: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 10 asked gather in failover.gathering: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 11 act b:3306: stop receiving from its source: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 12 act c:3306: stop receiving from its source: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 13 acted (11): done: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 14 acted (12): done: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 15 answered gather (10): ok: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 16 asked rescue in failover.rescuing: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 17 answered rescue (16): no way to rescue anything is configured: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 18 asked elect in failover.electing: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 19 answered elect (18): b:3306 is as good as c:3306, and comes first by name: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
recovered after dying at recovery 20 asked catchUp in failover.catchingUp: b:3306 takes writes and has all 3 acknowledged writes; never two servers of a cluster took writes
cancelled after dying at recovery 21 said cancel by ann: the site comes back: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 22 asked undo in postUnsuccessful.undoing: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 23 answered catchUp (20): error act-failed, the machine has left the state that asked: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 24 act c:3306: receive from its source again: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 25 acted (24): done: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 26 act b:3306: receive from its source again: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 27 acted (26): done: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 28 answered undo (22): everything is as it was: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 29 asked postUnsuccessfulHooks in postUnsuccessful.announcing: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 30 stage PostUnsuccessfulFailoverProcesses: 1 to run: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 31 hook PostUnsuccessfulFailoverProcesses 1 of 1, attempt 1: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 32 hooked (31): exited 0 after 10 ms: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 33 answered postUnsuccessfulHooks (29): ok: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
cancelled after dying at recovery 34 ended cancelled: no server of the cluster of a:3306 takes writes; never two servers of a cluster took writes
