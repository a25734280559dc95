# Where the policy only offers it, a person lets the replaced primary follow its successor.
fleet mysql a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

write 3 a
----
3 were acknowledged

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

kill a
----
   0.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 3
----
   0.002  ! a:3306: DeadMaster; last answered 1 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  Every gate is open.
   1.002  Open the recovery in the journal, unless the cluster is held by another.
   1.002  A recovery was opened and goes on by itself.
   1.002  Ask every server of the cluster again and see that the finding still holds.
   1.003  DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.008  b:3306 was asked to stop receiving from its source
   1.008  c:3306 was asked to stop receiving from its source
   1.008  Fetch what the failed primary has and no replica received, while its host still answers.
   1.008  No way to rescue anything is configured.
   1.008  Choose the successor: the replica that has received most, then the one that suits best.
   1.009  b:3306 is as good as c:3306, and comes first by name.
   1.009  Wait until the candidate has applied everything it has received.
   1.010  b:3306 has applied all it received.
   1.010  Cut the candidate loose from its dead source and let it take writes.
   1.021  b:3306 was asked to be the primary
   1.022  Point the other replicas at the successor, all at once.
   1.027  c:3306 was asked to follow b:3306
   1.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.028  Run PostFailoverProcesses.
   1.028  A successor serves the cluster.
   1.028  b:3306 is the primary now, in place of a:3306

restart a
----
ok

tick 3
----
   3.102  ! a:3306, which b:3306 has replaced as the primary, is back
   3.102  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   3.106  a:3306 was asked to be read-only, whatever commits wait for
   3.110  a:3306 was asked to end the connections of applications, those that commit too
   3.111  a:3306 took writes, and takes none any more.
   3.111  Hold what it has against what its successor has.
   3.112  a:3306 has nothing that b:3306 lacks.
   3.112  See whether it may follow its successor, and who is to say so.
   3.112  a:3306 has nothing that b:3306 lacks and may follow it: baton rejoin a:3306.
   3.112  It takes no writes and is left as it is; what may be done with it is for a person to say.

rejoin-plan a
----
open set-apart: no person has set a:3306 apart
open data: a:3306 has nothing that b:3306 lacks
open turn: nothing else changes the cluster
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
where a:3306 takes writes, the connections of applications to it are ended
a:3306 takes part in semi-sync as a replica where its siblings do
a:3306 is asked to follow b:3306
    CHANGE MASTER TO …

rejoin a
----
   6.002  Make the replaced primary read-only and end the connections of applications, for another is the primary.

tick 2
----
   6.003  a:3306 takes no writes.
   6.003  Hold what it has against what its successor has.
   6.004  a:3306 has nothing that b:3306 lacks.
   6.004  See whether it may follow its successor, and who is to say so.
   6.004  It was asked for by ann: the disks are new.
   6.004  Open the rejoin in the journal as soon as nothing else changes the cluster.
   6.004  A rejoin was opened and goes on by itself.
   6.004  Look at both once more: the successor leads, and the replaced primary has nothing which it lacks.
   6.005  a:3306 has nothing that b:3306 lacks.
   6.005  Make it read-only and a replica for semi-sync where its siblings are.
   6.006  a:3306 takes no writes.
   6.006  Point it at the successor and see that it receives and applies.
   6.010  a:3306 was asked to follow b:3306
   6.267  a:3306 follows b:3306.
   6.267  The old primary follows its successor.

returns
----
a:3306: offered; a:3306 has nothing that b:3306 lacks
a:3306: rejoining; a:3306 has nothing that b:3306 lacks

rejoin a
----
cannot be done: a:3306 was not replaced as the primary of a cluster

topology
----
b:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ a:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
