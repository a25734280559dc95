# A replaced primary that has nothing of its own follows its successor where the policy lets it, and may succeed it in turn.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

config RejoinReplacedPrimary "automatic"
----
ok

config RecoveryPeriodBlockSeconds 0
----
ok

write 10 a
----
10 were acknowledged

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

kill a
----
   0.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 3
----
   0.002  ! a:3306: DeadMaster; last answered 1 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadMaster has held for 1 s; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  Every gate is open.
   1.002  Open the recovery in the journal, unless the cluster is held by another.
   1.002  A recovery was opened and goes on by itself.
   1.002  Ask every server of the cluster again and see that the finding still holds.
   1.003  DeadMaster of a:3306 holds: last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.008  b:3306 was asked to stop receiving from its source
   1.008  Fetch what the failed primary has and no replica received, while its host still answers.
   1.008  No way to rescue anything is configured.
   1.008  Choose the successor: the replica that has received most, then the one that suits best.
   1.009  b:3306 is the only replica that may be promoted.
   1.009  Wait until the candidate has applied everything it has received.
   1.010  b:3306 has applied all it received.
   1.010  Cut the candidate loose from its dead source and let it take writes.
   1.021  b:3306 was asked to be the primary
   1.022  Point the other replicas at the successor, all at once.
   1.023  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.023  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.023  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.023  Run PostFailoverProcesses.
   1.023  A successor serves the cluster.
   1.023  b:3306 is the primary now, in place of a:3306

write 5 b
----
5 were acknowledged

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
   3.112  a:3306 has nothing that b:3306 lacks, and RejoinReplacedPrimary is "automatic".
   3.112  Open the rejoin in the journal as soon as nothing else changes the cluster.
   3.112  A rejoin was opened and goes on by itself.
   3.112  Look at both once more: the successor leads, and the replaced primary has nothing which it lacks.
   3.113  a:3306 has nothing that b:3306 lacks.
   3.113  Make it read-only and a replica for semi-sync where its siblings are.
   3.114  a:3306 takes no writes.
   3.114  Point it at the successor and see that it receives and applies.
   3.118  a:3306 was asked to follow b:3306
   3.375  a:3306 follows b:3306.
   3.375  The old primary follows its successor.

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ a:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

readiness
----
b:3306: 80
  -20 one-replica: a:3306 is the only replica, so after a failover there would be none

kill b
----
   6.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 3
----
   6.002  ! b:3306: DeadMaster; last answered 996 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   6.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   6.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   7.002  DeadMaster has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   7.002  Ask every gate whether Baton may act; each that is shut says why.
   7.002  Every gate is open.
   7.002  Open the recovery in the journal, unless the cluster is held by another.
   7.002  A recovery was opened and goes on by itself.
   7.002  Ask every server of the cluster again and see that the finding still holds.
   7.003  DeadMaster of b:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   7.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   7.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.004  b:3306 refuses connections, so nothing more can be done to keep writes from it.
   7.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.008  a:3306 was asked to stop receiving from its source
   7.008  Fetch what the failed primary has and no replica received, while its host still answers.
   7.008  No way to rescue anything is configured.
   7.008  Choose the successor: the replica that has received most, then the one that suits best.
   7.009  a:3306 is the only replica that may be promoted.
   7.009  Wait until the candidate has applied everything it has received.
   7.010  a:3306 has applied all it received.
   7.010  Cut the candidate loose from its dead source and let it take writes.
   7.021  a:3306 was asked to be the primary
   7.022  Point the other replicas at the successor, all at once.
   7.023  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.023  What is lost is not known: no commit waited for a replica when b:3306 was last read, 2 s ago, and what it has committed since nobody can know.
   7.023  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.023  Run PostFailoverProcesses.
   7.023  A successor serves the cluster.
   7.023  a:3306 is the primary now, in place of b:3306

topology
----
a:3306 [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
b:3306 [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]

verdict
----
a:3306 takes writes and has all 15 acknowledged writes
a:3306 and b:3306 took writes at once from    3.001 on, after the restart of a:3306
