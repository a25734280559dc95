# Nobody is sent to a failed primary any more before another is promoted, and then the world is told of that one.
fleet a b<a c<a
publisher
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

publish a
tick 1
----
ok
   0.002  the world was told of nobody as the primary of a:3306, and is told of a:3306 now

kill a
tick 3
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  nobody is sent to a primary of a:3306 any more
   2.004  Nobody is sent to a:3306 any more.
   2.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  b:3306 was asked to stop receiving from its source
   2.008  c:3306 was asked to stop receiving from its source
   2.008  Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  No way to rescue anything is configured.
   2.008  Choose the successor: the replica that has received most, then the one that suits best.
   2.009  b:3306 is as good as c:3306, and comes first by name.
   2.009  Wait until the candidate has applied everything it has received.
   2.010  b:3306 has applied all it received.
   2.010  Cut the candidate loose from its dead source and let it take writes.
   2.021  b:3306 was asked to be the primary
   2.022  Point the other replicas at the successor, all at once.
   2.022  the world is told that b:3306 is the primary of a:3306
   2.027  c:3306 was asked to follow b:3306
   2.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 2.01 s ago, and what it has committed since nobody can know.
   2.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.028  Run PostFailoverProcesses.
   2.028  A successor serves the cluster.
   2.028  b:3306 is the primary now, in place of a:3306

published b
----
b:3306

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     fence in fencing
  6  publish   nobody in place of a:3306
  7  published (6): done
  8  answered  fence (5): nobody is sent to a:3306 any more
  9  asked     gather in failover.gathering
 10  act       b:3306: stop receiving from its source
 11  act       c:3306: stop receiving from its source
 12  acted     (10): done
 13  acted     (11): done
 14  answered  gather (9): ok
 15  asked     rescue in failover.rescuing
 16  answered  rescue (15): no way to rescue anything is configured
 17  asked     elect in failover.electing
 18  answered  elect (17): b:3306 is as good as c:3306, and comes first by name
 19  asked     catchUp in failover.catchingUp
 20  answered  catchUp (19): b:3306 has applied all it received
 21  asked     promote in promotion.promoting
 22  act       b:3306: be the primary
 23  acted     (22): done
 24  answered  promote (21): ok
 25  asked     repoint in postSuccess.repointing
 26  publish   b:3306 in place of nobody
 27  published (26): done
 28  act       c:3306: follow b:3306
 29  acted     (28): done
 30  answered  repoint (25): ok
 31  asked     judge in postSuccess.judging
 32  answered  judge (31): what is lost is not known: no commit waited for a replica when a:3306 was last read, 2.01 s ago, and what it has committed since nobody can know
 33  asked     postPrimaryHooks in postSuccess.announcingPrimary
 34  answered  postPrimaryHooks (33): ok
 35  asked     postFailoverHooks in postSuccess.announcing
 36  answered  postFailoverHooks (35): ok
 37  ended     recovered
