# One that may not be promoted has received most: who may fetches that from it first, and takes writes then.
fleet a b<a c<a d<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306

config PromotionIgnoreHostnameFilters ["^b:"]
start
----
ok
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 4 a
hold c
hold d
write 3 a
----
4 were acknowledged
ok
ok
3 were acknowledged

kill a
tick 5
----
   0.001  the connection to a:3306 has ended; looking at it and at its replicas
   0.002  ! a:3306: DeadMaster; last answered 1 ms ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadMaster has held for 1 s; last answered 1 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  Every gate is open.
   1.002  Open the recovery in the journal, unless the cluster is held by another.
   1.002  A recovery was opened and goes on by itself.
   1.002  Ask every server of the cluster again and see that the finding still holds.
   1.003  DeadMaster of a:3306 holds: last answered 1 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.008  b:3306 was asked to stop receiving from its source
   1.008  c:3306 was asked to stop receiving from its source
   1.008  d:3306 was asked to stop receiving from its source
   1.008  Fetch what the failed primary has and no replica received, while its host still answers.
   1.008  No way to rescue anything is configured.
   1.008  Choose the successor: the replica that has received most, then the one that suits best.
   1.009  c:3306 is as good as d:3306, and comes first by name, and fetches first what b:3306 has received.
   1.009  Wait until the candidate has applied everything it has received.
   1.010  c:3306 has applied all it received.
   1.010  The candidate receives and applies what another replica has received and it has not.
   1.014  c:3306 was asked to follow b:3306
   1.015  c:3306 has everything that b:3306 has.
   1.015  Cut the candidate loose from its dead source and let it take writes.
   1.026  c:3306 was asked to be the primary
   1.027  Point the other replicas at the successor, all at once.
   1.032  b:3306 was asked to follow c:3306
   1.032  d:3306 was asked to follow c:3306
   1.033  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.033  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.033  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.033  Run PostFailoverProcesses.
   1.033  A successor serves the cluster.
   1.033  c:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
c:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 1 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     fence in fencing
  6  answered  fence (5): a:3306 refuses connections, so nothing more can be done to keep writes from it
  7  asked     gather in failover.gathering
  8  act       b:3306: stop receiving from its source
  9  act       c:3306: stop receiving from its source
 10  act       d:3306: stop receiving from its source
 11  acted     (8): done
 12  acted     (9): done
 13  acted     (10): done
 14  answered  gather (7): ok
 15  asked     rescue in failover.rescuing
 16  answered  rescue (15): no way to rescue anything is configured
 17  asked     elect in failover.electing
 18  answered  elect (17): c:3306 is as good as d:3306, and comes first by name, and fetches first what b:3306 has received
 19  asked     catchUp in failover.catchingUp
 20  answered  catchUp (19): c:3306 has applied all it received
 21  asked     fetch in failover.fetching
 22  act       c:3306: follow b:3306
 23  acted     (22): done
 24  answered  fetch (21): c:3306 has everything that b:3306 has
 25  asked     promote in promotion.promoting
 26  act       c:3306: be the primary
 27  acted     (26): done
 28  answered  promote (25): ok
 29  asked     repoint in postSuccess.repointing
 30  act       b:3306: follow c:3306
 31  act       d:3306: follow c:3306
 32  acted     (30): done
 33  acted     (31): done
 34  answered  repoint (29): ok
 35  asked     judge in postSuccess.judging
 36  answered  judge (35): what is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know
 37  asked     postPrimaryHooks in postSuccess.announcingPrimary
 38  answered  postPrimaryHooks (37): ok
 39  asked     postFailoverHooks in postSuccess.announcing
 40  answered  postFailoverHooks (39): ok
 41  ended     recovered

verdict
----
c:3306 takes writes and has all 7 acknowledged writes
never two servers of a cluster took writes
