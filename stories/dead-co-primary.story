# One of two co-primaries dies, the one that takes the writes: the other takes over and is the only one from then on, under the same alias.
fleet a b<a c<a d<b
co-primary a b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
a:3306 and b:3306 replicate from each other

config ClusterNameToAlias {"^a:": "shop"}
hook PreFailoverProcesses echo {instanceType} {isCoMaster} {failureClusterAlias}
hook PostMasterFailoverProcesses echo {successorHost} {failureClusterAlias}
----
ok
ok
ok

start
----
   0.001  watching cluster shop: primary a:3306, 4 instances, 4 answering

topology
----
+ a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>,GTID]
  + c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

write 5 a
tick 1
----
5 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 10
----
   1.002  ! a:3306: DeadCoMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadCoMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadCoMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  PreFailoverProcesses hook 1 of 1 started: echo {instanceType} {isCoMaster} {failureClusterAlias}
   2.003  PreFailoverProcesses hook 1 of 1 says: co-master true shop
   2.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.013  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.014  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.018  b:3306 was asked to stop receiving from its source
   2.018  c:3306 was asked to stop receiving from its source
   2.018  Fetch what the failed primary has and no replica received, while its host still answers.
   2.018  No way to rescue anything is configured.
   2.018  Choose the successor: the replica that has received most, then the one that suits best.
   2.019  b:3306 is the other co-primary, unlike c:3306.
   2.019  Wait until the candidate has applied everything it has received.
   2.020  b:3306 has applied all it received.
   2.020  Cut the candidate loose from its dead source and let it take writes.
   2.031  b:3306 was asked to be the primary
   2.032  Point the other replicas at the successor, all at once.
   2.037  c:3306 was asked to follow b:3306
   2.038  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.038  What is lost is not known: no commit waited for a replica when a:3306 was last read, 2.02 s ago, and what it has committed since nobody can know.
   2.038  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.038  PostMasterFailoverProcesses hook 1 of 1 started: echo {successorHost} {failureClusterAlias}
   2.038  PostMasterFailoverProcesses hook 1 of 1 says: b shop
   2.048  PostMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.048  Run PostFailoverProcesses.
   2.048  A successor serves the cluster.
   2.048  b:3306 is the primary now, in place of a:3306

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- a:3306 [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,GTID,replaced,downtimed]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

write 2 b
tick 1
----
2 were acknowledged
nothing happens

verdict
----
b:3306 takes writes and has all 7 acknowledged writes
never two servers of a cluster took writes

hooks
----
   2.003  PreFailoverProcesses: echo co-master true shop
   2.038  PostMasterFailoverProcesses: echo b shop
