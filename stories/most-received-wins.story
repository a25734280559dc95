# What a replica has received counts before what it has executed: b has executed more, c has received more, c is promoted.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

lag c 3000
write 3 a
hold b
write 2 a
tick 0.5
----
ok
3 were acknowledged
ok
2 were acknowledged
nothing happens

kill a
----
   1.501  the connection to a:3306 has ended; looking at it and at its replicas

tick 10
----
   1.502  ! a:3306: DeadMaster; last answered 500 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.502  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.502  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.502  DeadMaster has held for 1 s; last answered 1.5 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.502  Ask every gate whether Baton may act; each that is shut says why.
   2.502  Every gate is open.
   2.502  Open the recovery in the journal, unless the cluster is held by another.
   2.502  A recovery was opened and goes on by itself.
   2.502  Ask every server of the cluster again and see that the finding still holds.
   2.503  DeadMaster of a:3306 holds: last answered 1.5 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.503  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.503  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.504  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.504  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.508  b:3306 was asked to stop receiving from its source
   2.508  c:3306 was asked to stop receiving from its source
   2.508  Fetch what the failed primary has and no replica received, while its host still answers.
   2.508  No way to rescue anything is configured.
   2.508  Choose the successor: the replica that has received most, then the one that suits best.
   2.509  c:3306 has received more than b:3306.
   2.509  Wait until the candidate has applied everything it has received.
   2.510  c:3306 has 5 transactions left to apply
   4.014  c:3306 has applied all it received.
   4.014  Cut the candidate loose from its dead source and let it take writes.
   4.025  c:3306 was asked to be the primary
   4.026  Point the other replicas at the successor, all at once.
   4.031  b:3306 was asked to follow c:3306
   4.032  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   4.032  What is lost is not known: no commit waited for a replica when a:3306 was last read, 2.51 s ago, and what it has committed since nobody can know.
   4.032  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   4.032  Run PostFailoverProcesses.
   4.032  A successor serves the cluster.
   4.032  c:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
c:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
c:3306 takes writes and has all 10 acknowledged writes
never two servers of a cluster took writes
