# The new primary dies a moment after a planned takeover: it is recovered like any other.
fleet a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

takeover a b
tick 2
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  b:3306 is named.
   1.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   1.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   1.007  c:3306 was asked to stop receiving from its source
   1.012  c:3306 was asked to follow b:3306
   1.013  Behind b:3306 already: c:3306.
   1.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   1.015  b:3306 is less than 1 ms behind.
   1.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   1.022  a:3306 was asked to be read-only
   1.022  a:3306 was asked to end the connections of applications
   1.022  b:3306 has applied all that a:3306 has.
   1.022  Cut the designated replica loose from the old primary and let it take writes.
   1.032  b:3306 was asked to be the primary
   1.033  Point the old primary, and whoever does not follow the new one yet, at it.
   1.039  a:3306 was asked to follow b:3306
   1.040  Compare what the old primary has with what the new one has: nothing may be lost.
   1.042  b:3306 has everything that a:3306 has executed.
   1.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   1.042  Run PostFailoverProcesses.
   1.042  Run PostGracefulTakeoverProcesses, the last thing that is done.
   1.042  The designated replica is the primary, and the old one follows it.
   1.042  b:3306 is the primary now, in place of a:3306

write 2 b
kill b
tick 10
----
2 were acknowledged
   3.002  the connection to b:3306 has ended; looking at it and at its replicas
   3.003  ! b:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   3.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
   4.003  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   4.003  Ask every gate whether Baton may act; each that is shut says why.
   4.003  Every gate is open.
   4.003  Open the recovery in the journal, unless the cluster is held by another.
   4.003  A recovery was opened and goes on by itself.
   4.003  Ask every server of the cluster again and see that the finding still holds.
   4.004  DeadMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   4.004  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   4.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   4.005  b:3306 refuses connections, so nothing more can be done to keep writes from it.
   4.005  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   4.009  a:3306 was asked to stop receiving from its source
   4.009  c:3306 was asked to stop receiving from its source
   4.009  Fetch what the failed primary has and no replica received, while its host still answers.
   4.009  No way to rescue anything is configured.
   4.009  Choose the successor: the replica that has received most, then the one that suits best.
   4.010  a:3306 is as good as c:3306, and comes first by name.
   4.010  Wait until the candidate has applied everything it has received.
   4.011  a:3306 has applied all it received.
   4.011  Cut the candidate loose from its dead source and let it take writes.
   4.022  a:3306 was asked to be the primary
   4.023  Point the other replicas at the successor, all at once.
   4.028  c:3306 was asked to follow a:3306
   4.029  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   4.029  What is lost is not known: no commit waited for a replica when b:3306 was last read, 2.97 s ago, and what it has committed since nobody can know.
   4.029  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   4.029  Run PostFailoverProcesses.
   4.029  A successor serves the cluster.
   4.029  a:3306 is the primary now, in place of b:3306

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
b:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]

verdict
----
a:3306 takes writes and has all 7 acknowledged writes
never two servers of a cluster took writes
