# What was received comes first: a replica that somebody has written on is chosen where nobody else has as much, and the reason says so.
fleet mysql a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 4 a
stray b
tick 12
----
4 were acknowledged
ok
nothing happens

hold c
write 2 a
tick 1
----
ok
2 were acknowledged
nothing happens

kill a
tick 5
----
  13.001  the connection to a:3306 has ended; looking at it and at its replicas
  13.002  ! a:3306: DeadMaster; last answered 989 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; b:3306 has transactions that its source never had: 00000000-0000-0000-0000-000000000002:1
  13.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  13.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
  14.002  DeadMaster has held for 1 s; last answered 1.99 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; b:3306 has transactions that its source never had: 00000000-0000-0000-0000-000000000002:1; 3 of 3 observers say that it is dead, none that it lives.
  14.002  Ask every gate whether Baton may act; each that is shut says why.
  14.002  Every gate is open.
  14.002  Open the recovery in the journal, unless the cluster is held by another.
  14.002  A recovery was opened and goes on by itself.
  14.002  Ask every server of the cluster again and see that the finding still holds.
  14.003  DeadMaster of a:3306 holds: last answered 1.99 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; b:3306 has transactions that its source never had: 00000000-0000-0000-0000-000000000002:1.
  14.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  14.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  14.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  14.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  14.008  b:3306 was asked to stop receiving from its source
  14.008  c:3306 was asked to stop receiving from its source
  14.008  Fetch what the failed primary has and no replica received, while its host still answers.
  14.008  No way to rescue anything is configured.
  14.008  Choose the successor: the replica that has received most, then the one that suits best.
  14.009  b:3306 has received more than c:3306, though it has transactions of its own: 00000000-0000-0000-0000-000000000002:1.
  14.009  Wait until the candidate has applied everything it has received.
  14.010  b:3306 has applied all it received.
  14.010  Cut the candidate loose from its dead source and let it take writes.
  14.021  b:3306 was asked to be the primary
  14.022  Point the other replicas at the successor, all at once.
  14.027  c:3306 was asked to follow b:3306
  14.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  14.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 4 s ago, and what it has committed since nobody can know.
  14.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  14.028  Run PostFailoverProcesses.
  14.028  A successor serves the cluster.
  14.028  b:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,8.4.6,rw,ROW,>>,GTID,replaced,downtimed]
b:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ c:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 6 acknowledged writes
never two servers of a cluster took writes
