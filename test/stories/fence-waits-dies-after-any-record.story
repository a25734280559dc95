# Whatever record the controller dies after, the time of the old primary is waited out, once and not anew.
each death
fleet a b<a
config FencingLevelRequired "timed"
config SelfFencingSeconds 10
start
kill a
tick 14
----
recovered after dying at detection opened
recovered after dying at detection 1 asked announce in announcing
recovered after dying at detection 2 answered announce (1): ok
recovered after dying at detection 3 asked corroborate in corroborating
recovered after dying at detection 4 answered corroborate (3): DeadMaster has held for 1 s; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives
recovered after dying at detection 5 asked decide in deciding
recovered after dying at detection 6 answered decide (5): every gate is open
recovered after dying at detection 7 asked claim in claiming
recovered after dying at recovery opened
recovered after dying at recovery opened
recovered after dying at recovery opened
recovered after dying at recovery 1 asked confirm in preFailover.confirming
recovered after dying at recovery 2 answered confirm (1): DeadMaster of a:3306 holds: last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
recovered after dying at recovery 3 asked preFailoverHooks in preFailover.preparing
recovered after dying at recovery 4 answered preFailoverHooks (3): ok
recovered after dying at recovery 5 asked fence in fencing
recovered after dying at recovery 6 answered fence (5): nobody has reached a:3306 for 1 s; only after 10 s (SelfFencingSeconds) it has given up by itself, which is waited for
recovered after dying at recovery 7 timer xstate.after.selfFencing.recovery.waitingOut
recovered after dying at recovery 8 fired xstate.after.selfFencing.recovery.waitingOut
recovered after dying at recovery 9 asked fence in fencing
recovered after dying at recovery 10 answered fence (9): nobody has reached a:3306 for 10 s, and it gives up by itself after 10 s (SelfFencingSeconds)
recovered after dying at recovery 11 asked gather in failover.gathering
recovered after dying at recovery 12 act b:3306: stop receiving from its source
recovered after dying at recovery 13 acted (12): done
recovered after dying at recovery 14 answered gather (11): ok
recovered after dying at recovery 15 asked rescue in failover.rescuing
recovered after dying at recovery 16 answered rescue (15): no way to rescue anything is configured
recovered after dying at recovery 17 asked elect in failover.electing
recovered after dying at recovery 18 answered elect (17): b:3306 is the only replica that may be promoted
recovered after dying at recovery 19 asked catchUp in failover.catchingUp
recovered after dying at recovery 20 answered catchUp (19): b:3306 has applied all it received
recovered after dying at recovery 21 asked promote in promotion.promoting
recovered after dying at recovery 22 act b:3306: be the primary
recovered after dying at recovery 23 acted (22): done
recovered after dying at recovery 24 answered promote (21): ok
recovered after dying at recovery 25 asked repoint in postSuccess.repointing
recovered after dying at recovery 26 answered repoint (25): ok
recovered after dying at recovery 27 asked judge in postSuccess.judging
recovered after dying at recovery 28 answered judge (27): what is lost is not known: no commit waited for a replica when a:3306 was last read, 10.01 s ago, and what it has committed since nobody can know
recovered after dying at recovery 29 asked postPrimaryHooks in postSuccess.announcingPrimary
recovered after dying at recovery 30 answered postPrimaryHooks (29): ok
recovered after dying at recovery 31 asked postFailoverHooks in postSuccess.announcing
recovered after dying at recovery 32 answered postFailoverHooks (31): ok
recovered after dying at recovery 33 ended recovered
each time: b:3306 takes writes and has all 0 acknowledged writes; never two servers of a cluster took writes
