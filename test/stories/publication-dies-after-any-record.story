# Whatever record the controller dies after, the world is told of the new primary in the end.
each death
fleet a b<a c<a
publisher
start
publish a
kill a
tick 3
----
recovered after dying at detection opened
recovered after dying at detection 1 asked announce in announcing
recovered after dying at detection 2 answered announce (1): ok
recovered after dying at detection 3 asked corroborate in corroborating
recovered after dying at detection 4 answered corroborate (3): DeadMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives
recovered after dying at detection 5 asked decide in deciding
recovered after dying at detection 6 answered decide (5): every gate is open
recovered after dying at detection 7 asked claim in claiming
recovered after dying at recovery opened
recovered after dying at recovery opened
recovered after dying at recovery opened
recovered after dying at recovery 1 asked confirm in preFailover.confirming
recovered after dying at recovery 2 answered confirm (1): DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
recovered after dying at recovery 3 asked preFailoverHooks in preFailover.preparing
recovered after dying at recovery 4 answered preFailoverHooks (3): ok
recovered after dying at recovery 5 asked fence in fencing
recovered after dying at recovery 6 publish nobody in place of a:3306
recovered after dying at recovery 7 published (6): done
recovered after dying at recovery 8 answered fence (5): nobody is sent to a:3306 any more
recovered after dying at recovery 9 asked gather in failover.gathering
recovered after dying at recovery 10 act b:3306: stop receiving from its source
recovered after dying at recovery 11 act c:3306: stop receiving from its source
recovered after dying at recovery 12 acted (10): done
recovered after dying at recovery 13 acted (11): done
recovered after dying at recovery 14 answered gather (9): ok
recovered after dying at recovery 15 asked rescue in failover.rescuing
recovered after dying at recovery 16 answered rescue (15): no way to rescue anything is configured
recovered after dying at recovery 17 asked elect in failover.electing
recovered after dying at recovery 18 answered elect (17): b:3306 is as good as c:3306, and comes first by name
recovered after dying at recovery 19 asked catchUp in failover.catchingUp
recovered after dying at recovery 20 answered catchUp (19): b:3306 has applied all it received
recovered after dying at recovery 21 asked promote in promotion.promoting
recovered after dying at recovery 22 act b:3306: be the primary
recovered after dying at recovery 23 acted (22): done
recovered after dying at recovery 24 answered promote (21): ok
recovered after dying at recovery 25 asked repoint in postSuccess.repointing
recovered after dying at recovery 26 publish b:3306 in place of nobody
recovered after dying at recovery 27 published (26): done
recovered after dying at recovery 28 act c:3306: follow b:3306
recovered after dying at recovery 29 acted (28): done
recovered after dying at recovery 30 answered repoint (25): ok
recovered after dying at recovery 31 asked judge in postSuccess.judging
recovered after dying at recovery 32 answered judge (31): what is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know
recovered after dying at recovery 33 asked postPrimaryHooks in postSuccess.announcingPrimary
recovered after dying at recovery 34 answered postPrimaryHooks (33): ok
recovered after dying at recovery 35 asked postFailoverHooks in postSuccess.announcing
recovered after dying at recovery 36 answered postFailoverHooks (35): ok
recovered after dying at recovery 37 ended recovered
each time: b:3306 takes writes and has all 0 acknowledged writes; never two servers of a cluster took writes; the world is told of b:3306
