# A successor that was told to take writes just before the controller died, and cannot be reached by the next one, may be taking them: no other is promoted.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PostUnsuccessfulFailoverProcesses page {failedHost}
----
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

die 30
----
ok

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 5
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  b:3306 was asked to stop receiving from its source
   2.008  c:3306 was asked to stop receiving from its source
   2.008  Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  No way to rescue anything is configured.
   2.008  Choose the successor: the replica that has received most, then the one that suits best.
   2.009  b:3306 is as good as c:3306, and comes first by name.
   2.009  Wait until the candidate has applied everything it has received.
   2.010  b:3306 has applied all it received.
   2.010  Cut the candidate loose from its dead source and let it take writes.

cut baton b
----
ok

start
----
   7.001  watching cluster a:3306: primary a:3306, 3 instances, 1 answering
   7.001  A controller continues this recovery in promotion.promoting.
   7.001  See on the servers themselves whether the candidate is the primary.

tick 20
----
   8.001  b:3306 did not answer within 1000 ms; it was not told to be the primary yet.
   8.001  Ask every server of the cluster again and see that the finding still holds.
   8.005  c:3306 was asked to receive from its source again
   9.001  ! b:3306 did not answer within 1000 ms, so it was not asked to receive from its source again
   9.101  DeadMasterAndSomeReplicas of a:3306 holds: last answered 9.1 s ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it.
   9.101  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   9.101  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   9.102  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   9.102  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   9.106  c:3306 was asked to stop receiving from its source
  10.102  ! b:3306 did not answer within 1000 ms, so it was not asked to stop receiving from its source
  10.102  Fetch what the failed primary has and no replica received, while its host still answers.
  10.102  No way to rescue anything is configured.
  10.102  Choose the successor: the replica that has received most, then the one that suits best.
  11.102  ! b:3306 did not answer within 1000 ms, so it was not asked to stop receiving from its source
  12.102  c:3306 is the only replica that may be promoted.
  12.102  Wait until the candidate has applied everything it has received.
  12.103  c:3306 has applied all it received.
  12.103  Cut the candidate loose from its dead source and let it take writes.
  12.213  c:3306 was asked to be the primary
  12.214  Point the other replicas at the successor, all at once.
  13.214  ! b:3306 is left behind: b:3306 did not answer within 1000 ms
  13.214  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  13.214  What is lost is not known: no commit waited for a replica when a:3306 was last read, 12.1 s ago, and what it has committed since nobody can know.
  13.214  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  13.214  Run PostFailoverProcesses.
  13.214  A successor serves the cluster.
  13.214  c:3306 is the primary now, in place of a:3306; left behind: b:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
- b:3306 [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
c:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]

verdict
----
c:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
