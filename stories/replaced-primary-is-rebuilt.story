# A replaced primary with transactions of its own never follows by itself; a person has them saved and it built anew (P4, P8).
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config RejoinReplacedPrimary "automatic"
----
ok

hook SaveErrantCommand fetch-log
----
ok

hook RebuildCommand copy-from {successorHost}
----
ok

write 10 a
----
10 were acknowledged

hold b
----
ok

hold c
----
ok

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
   1.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know; 3 transactions that b:3306 lacks are known of: 0-1-11..13.
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
   3.112  a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13.
   3.112  See whether it may follow its successor, and who is to say so.
   3.112  a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13; baton rejoin a:3306 --rebuild saves what only it has and runs RebuildCommand.
   3.112  It takes no writes and is left as it is; what may be done with it is for a person to say.

rejoin-plan a
----
open set-apart: no person has set a:3306 apart
SHUT data: a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13
open turn: nothing else changes the cluster
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
where a:3306 takes writes, the connections of applications to it are ended

rejoin-plan a rebuild
----
open set-apart: no person has set a:3306 apart
open data: a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13
open rebuild: RebuildCommand is configured
open save: SaveErrantCommand saves what only it has
open turn: nothing else changes the cluster
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
where a:3306 takes writes, the connections of applications to it are ended
what only a:3306 has is written down beside the state file, and by SaveErrantCommand
RebuildCommand is run
a:3306 takes part in semi-sync as a replica where its siblings do
a:3306 is asked to follow b:3306
    CHANGE MASTER TO …

returns
----
a:3306: offered; a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13

break-hook SaveErrantCommand
----
ok

rejoin a rebuild
----
   6.003  Make the replaced primary read-only and end the connections of applications, for another is the primary.

tick 3
----
   6.004  a:3306 takes no writes.
   6.004  Hold what it has against what its successor has.
   6.005  a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13.
   6.005  See whether it may follow its successor, and who is to say so.
   6.005  It was asked for by ann.
   6.005  Write down the transactions that only it has, before anything throws them away.
   6.005  SaveErrantCommand hook 1 of 1 started: fetch-log
   6.015  ! SaveErrantCommand hook 1 of 1 exited 1 after 10 ms
   6.015  ! No: SaveErrantCommand hook 1 of 1 exited 1 after 10 ms.
   6.015  ! What only it has could not be written down, so nothing was thrown away and it was not rebuilt. SaveErrantCommand hook 1 of 1 exited 1 after 10 ms.

mend-hook SaveErrantCommand
----
ok

slow-hook RebuildCommand 3
----
ok

rejoin a rebuild
----
   9.003  Make the replaced primary read-only and end the connections of applications, for another is the primary.

tick 1
----
   9.004  a:3306 takes no writes.
   9.004  Hold what it has against what its successor has.
   9.005  a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13.
   9.005  See whether it may follow its successor, and who is to say so.
   9.005  It was asked for by ann.
   9.005  Write down the transactions that only it has, before anything throws them away.
   9.005  SaveErrantCommand hook 1 of 1 started: fetch-log
   9.015  SaveErrantCommand hook 1 of 1 exited 0 after 10 ms
   9.015  3 transactions of a:3306 written down in errant/a_3306-4b7c9784.txt.
   9.015  Run RebuildCommand, which puts a copy of another server in the place of what it has.
   9.015  RebuildCommand hook 1 of 1 started: copy-from {successorHost}

copy a b
----
ok

tick 5
----
  12.015  RebuildCommand hook 1 of 1 exited 0 after 3 s
  12.017  RebuildCommand has ended, and a:3306 answers.
  12.017  See that what it has now is nothing that its successor lacks.
  12.018  a:3306 has nothing that b:3306 lacks.
  12.018  Open the rejoin in the journal as soon as nothing else changes the cluster.
  12.018  A rejoin was opened and goes on by itself.
  12.018  Look at both once more: the successor leads, and the replaced primary has nothing which it lacks.
  12.019  a:3306 has nothing that b:3306 lacks.
  12.019  Make it read-only and a replica for semi-sync where its siblings are.
  12.020  a:3306 takes no writes.
  12.020  Point it at the successor and see that it receives and applies.
  12.024  a:3306 was asked to follow b:3306
  12.281  a:3306 follows b:3306.
  12.281  The old primary follows its successor.

files
----
a_3306-6505c581.txt
a:3306, replaced as the primary by b:3306 in recovery 1767225600002000000:8706c4ebfb2627fdf7e79d2b47f666309ce301f0b8829f5c6d010770feacb771
a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13
Written down at 2026-01-01T00:00:06.005Z; its binary log has 3 of 3.
0-1-11
0-1-12
0-1-13
bin.000001:24	Gtid	BEGIN GTID 0-1-11
bin.000001:25	Query	INSERT INTO orders VALUES (11)
bin.000001:26	Gtid	BEGIN GTID 0-1-12
bin.000001:27	Query	INSERT INTO orders VALUES (12)
bin.000001:28	Gtid	BEGIN GTID 0-1-13
bin.000001:29	Query	INSERT INTO orders VALUES (13)
a_3306-4b7c9784.txt
a:3306, replaced as the primary by b:3306 in recovery 1767225600002000000:8706c4ebfb2627fdf7e79d2b47f666309ce301f0b8829f5c6d010770feacb771
a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13
Written down at 2026-01-01T00:00:09.005Z; its binary log has 3 of 3.
0-1-11
0-1-12
0-1-13
bin.000001:24	Gtid	BEGIN GTID 0-1-11
bin.000001:25	Query	INSERT INTO orders VALUES (11)
bin.000001:26	Gtid	BEGIN GTID 0-1-12
bin.000001:27	Query	INSERT INTO orders VALUES (12)
bin.000001:28	Gtid	BEGIN GTID 0-1-13
bin.000001:29	Query	INSERT INTO orders VALUES (13)

returns
----
a:3306: offered; a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13
a:3306: notSaved; a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13
a:3306: rejoining; a:3306 has 3 transactions that b:3306 lacks: 0-1-11..13; saved in errant/a_3306-4b7c9784.txt

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ a:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
