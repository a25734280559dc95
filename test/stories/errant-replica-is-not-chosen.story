# Somebody has written on a replica. It is told, the replica is left for last, and it follows the successor as it followed the dead primary.
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

kill a
tick 5
----
  12.001  the connection to a:3306 has ended; looking at it and at its replicas
  12.002  ! a:3306: DeadMaster; last answered 990 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; b:3306 has transactions that its source never had: 00000000-0000-0000-0000-000000000002:1
  12.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  12.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
  13.002  DeadMaster has held for 1 s; last answered 1.99 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; b:3306 has transactions that its source never had: 00000000-0000-0000-0000-000000000002:1; 3 of 3 observers say that it is dead, none that it lives.
  13.002  Ask every gate whether Baton may act; each that is shut says why.
  13.002  Every gate is open.
  13.002  Open the recovery in the journal, unless the cluster is held by another.
  13.002  A recovery was opened and goes on by itself.
  13.002  Ask every server of the cluster again and see that the finding still holds.
  13.003  DeadMaster of a:3306 holds: last answered 1.99 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; b:3306 has transactions that its source never had: 00000000-0000-0000-0000-000000000002:1.
  13.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  13.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  13.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  13.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  13.008  b:3306 was asked to stop receiving from its source
  13.008  c:3306 was asked to stop receiving from its source
  13.008  Fetch what the failed primary has and no replica received, while its host still answers.
  13.008  No way to rescue anything is configured.
  13.008  Choose the successor: the replica that has received most, then the one that suits best.
  13.009  c:3306 has no transactions of its own, unlike b:3306.
  13.009  Wait until the candidate has applied everything it has received.
  13.010  c:3306 has applied all it received.
  13.010  Cut the candidate loose from its dead source and let it take writes.
  13.021  c:3306 was asked to be the primary
  13.022  Point the other replicas at the successor, all at once.
  13.027  b:3306 was asked to follow c:3306
  13.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  13.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 3 s ago, and what it has committed since nobody can know.
  13.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  13.028  Run PostFailoverProcesses.
  13.028  A successor serves the cluster.
  13.028  c:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,8.4.6,rw,ROW,>>,GTID,replaced,downtimed]
c:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ b:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID:errant]

verdict
----
c:3306 takes writes and has all 4 acknowledged writes
never two servers of a cluster took writes
