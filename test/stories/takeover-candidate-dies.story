# The designated replica dies while it catches up: the old primary takes writes again, and the other replica is back below it.
fleet a b<a c<a
start
lag b 900
write 20 a
tick 2
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
20 were acknowledged
nothing happens

takeover a b
tick 0.013
write 5 a
tick 0.1
kill b
tick 15
----
   2.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.002  b:3306 is named.
   2.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   2.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   2.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   2.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   2.007  c:3306 was asked to stop receiving from its source
   2.012  c:3306 was asked to follow b:3306
   2.013  Behind b:3306 already: c:3306.
   2.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   2.014  b:3306 is less than 1 ms behind.
   2.014  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
0 of 5 were acknowledged: a:3306 is read-only
   2.018  a:3306 was asked to be read-only
   2.022  a:3306 was asked to end the connections of applications
   2.023  b:3306 has applied all that a:3306 has.
   2.023  Cut the designated replica loose from the old primary and let it take writes.
   2.030  b:3306 was asked to be the primary
   2.031  Point the old primary, and whoever does not follow the new one yet, at it.
   2.037  a:3306 was asked to follow b:3306
   2.038  Compare what the old primary has with what the new one has: nothing may be lost.
   2.039  b:3306 has everything that a:3306 has executed.
   2.039  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   2.039  Run PostFailoverProcesses.
   2.039  Run PostGracefulTakeoverProcesses, the last thing that is done.
   2.039  The designated replica is the primary, and the old one follows it.
   2.039  b:3306 is the primary now, in place of a:3306
   2.116  the connection to b:3306 has ended; looking at it and at its replicas
   2.117  ! b:3306: DeadMaster; last answered 77 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.117  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.117  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.117  DeadMaster has held for 1 s; last answered 1.08 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.117  Ask every gate whether Baton may act; each that is shut says why.
   3.117  Every gate is open.
   3.117  Open the recovery in the journal, unless the cluster is held by another.
   3.117  A recovery was opened and goes on by itself.
   3.117  Ask every server of the cluster again and see that the finding still holds.
   3.118  DeadMaster of b:3306 holds: last answered 1.08 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.118  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.118  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.119  b:3306 refuses connections, so nothing more can be done to keep writes from it.
   3.119  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.123  a:3306 was asked to stop receiving from its source
   3.123  c:3306 was asked to stop receiving from its source
   3.123  Fetch what the failed primary has and no replica received, while its host still answers.
   3.123  No way to rescue anything is configured.
   3.123  Choose the successor: the replica that has received most, then the one that suits best.
   3.124  a:3306 is as good as c:3306, and comes first by name.
   3.124  Wait until the candidate has applied everything it has received.
   3.125  a:3306 has applied all it received.
   3.125  Cut the candidate loose from its dead source and let it take writes.
   3.133  a:3306 was asked to be the primary
   3.134  Point the other replicas at the successor, all at once.
   3.139  c:3306 was asked to follow a:3306
   3.140  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.140  What is lost is not known: no commit waited for a replica when b:3306 was last read, 1.08 s ago, and what it has committed since nobody can know.
   3.140  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.140  Run PostFailoverProcesses.
   3.140  A successor serves the cluster.
   3.140  a:3306 is the primary now, in place of b:3306

write 1 a
tick 1
----
1 were acknowledged
nothing happens

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
b:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]

verdict
----
a:3306 takes writes and has all 21 acknowledged writes
never two servers of a cluster took writes
