# A replaced primary with transactions of its own is made a copy of its successor by MySQL itself, once they are saved; its supervisor starts it again (P4).
fleet mysql a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook SaveErrantCommand fetch-log
----
ok

config RebuildBy "clone"
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
   1.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know; 3 transactions that b:3306 lacks are known of: 00000000-0000-0000-0000-000000000001:11-13.
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
   3.112  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13.
   3.112  See whether it may follow its successor, and who is to say so.
   3.112  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13; baton rejoin a:3306 --rebuild saves what only it has and has it copy its successor.
   3.112  It takes no writes and is left as it is; what may be done with it is for a person to say.

rejoin-plan a rebuild
----
open set-apart: no person has set a:3306 apart
open data: a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13
open clone: both are MySQL, 8.4.6 and 8.4.6
open donor: b:3306 replicates from nobody
open plugin: the plugin clone is active on both
open privileges: Baton's account may have a:3306 copy another
open account: repl may copy b:3306
SHUT restart: a:3306 stops when it has been made a copy, unless systemd or mysqld_safe manages it: say in CloneRestartedBy who starts it
open save: SaveErrantCommand saves what only it has
open turn: nothing else changes the cluster
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
where a:3306 takes writes, the connections of applications to it are ended
what only a:3306 has is written down beside the state file, and by SaveErrantCommand
a:3306 is asked to throw away all that it has and be a copy of b:3306 (cannot be undone; drops all that it has)
    CLONE INSTANCE FROM …
a:3306 restarts, or stops and is waited for
a:3306 takes part in semi-sync as a replica where its siblings do
a:3306 is asked to follow b:3306
    CHANGE MASTER TO …

rejoin a rebuild
----
   6.002  Make the replaced primary read-only and end the connections of applications, for another is the primary.

tick 1
----
   6.003  a:3306 takes no writes.
   6.003  Hold what it has against what its successor has.
   6.004  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13.
   6.004  See whether it may follow its successor, and who is to say so.
   6.004  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13, and a:3306 stops when it has been made a copy, unless systemd or mysqld_safe manages it: say in CloneRestartedBy who starts it.
   6.004  It takes no writes and is left as it is; what may be done with it is for a person to say.

config CloneRestartedBy "supervisor"
----
ok

die
start
tick 1
----
ok
   7.003  watching cluster b:3306: primary b:3306, 3 instances, 3 answering
   7.003  ! a:3306, which b:3306 has replaced as the primary, is back
   7.003  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   7.004  a:3306 takes no writes.
   7.004  Hold what it has against what its successor has.
   7.005  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13.
   7.005  See whether it may follow its successor, and who is to say so.
   7.005  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13; baton rejoin a:3306 --rebuild saves what only it has and has it copy its successor.
   7.005  It takes no writes and is left as it is; what may be done with it is for a person to say.

rejoin a rebuild
----
   8.003  Make the replaced primary read-only and end the connections of applications, for another is the primary.

tick 1
----
   8.004  a:3306 takes no writes.
   8.004  Hold what it has against what its successor has.
   8.005  a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13.
   8.005  See whether it may follow its successor, and who is to say so.
   8.005  It was asked for by ann.
   8.005  Write down the transactions that only it has, before anything throws them away.
   8.005  SaveErrantCommand hook 1 of 1 started: fetch-log
   8.015  SaveErrantCommand hook 1 of 1 exited 0 after 10 ms
   8.015  3 transactions of a:3306 written down in errant/a_3306-c539d725.txt.
   8.015  Have MySQL throw away what it has and copy its successor in the place of that.
   8.020  a:3306 was asked to throw away all that it has and be a copy of b:3306
   8.020  b:3306 is being copied to a:3306.
   8.020  Wait until the copy is whole and it is up again: MySQL stops it then, where nothing manages it, and somebody must start it.

die
start
----
ok
   9.004  watching cluster b:3306: primary b:3306, 3 instances, 3 answering
   9.004  A controller continues this returning in copying.
   9.004  Have MySQL throw away what it has and copy its successor in the place of that.
   9.004  a:3306 was told before to be a copy of b:3306.
   9.004  Wait until the copy is whole and it is up again: MySQL stops it then, where nothing manages it, and somebody must start it.

tick 3
----
  10.260  the connection to a:3306 has ended; looking at it and at its replicas
  10.261  ! a:3306 refuses connections, so it was not asked to be read-only, whatever commits wait for
  10.512  ! a:3306 does not answer: it is waited for, and its supervisor must start it

restart a
----
ok

tick 3
----
  12.022  a:3306 was asked to be read-only, whatever commits wait for
  12.026  a:3306 was asked to end the connections of applications, those that commit too
  12.027  a:3306 is a copy and answers.
  12.027  See that what it has now is nothing that its successor lacks.
  12.028  a:3306 has nothing that b:3306 lacks.
  12.028  Open the rejoin in the journal as soon as nothing else changes the cluster.
  12.028  A rejoin was opened and goes on by itself.
  12.028  Look at both once more: the successor leads, and the replaced primary has nothing which it lacks.
  12.029  a:3306 has nothing that b:3306 lacks.
  12.029  Make it read-only and a replica for semi-sync where its siblings are.
  12.030  a:3306 takes no writes.
  12.030  Point it at the successor and see that it receives and applies.
  12.034  a:3306 was asked to follow b:3306
  12.291  a:3306 follows b:3306.
  12.291  The old primary follows its successor.

returns
----
a:3306: offered; a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13
a:3306: offered; a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13
a:3306: offered; a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13
a:3306: rejoining; a:3306 has 3 transactions that b:3306 lacks: 00000000-0000-0000-0000-000000000001:11-13; saved in errant/a_3306-c539d725.txt

topology
----
b:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ a:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
