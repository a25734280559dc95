# An intermediate source dies together with the primary, and its replica has what nobody else has: the successor fetches that first (P4).
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

write 4 a
hold c
write 3 a
tick 1
----
4 were acknowledged
ok
3 were acknowledged
nothing happens

kill b
kill a
tick 5
----
   1.001  the connection to b:3306 has ended; looking at it and at its replicas
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! b:3306: DeadIntermediateMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  ! a:3306: DeadMasterAndSomeReplicas; last answered 1 s ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it
   2.002  DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  a:3306 matches no entry of RecoverIntermediateMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover".
   2.002  ! Baton had no right to act, and said why. a:3306 matches no entry of RecoverIntermediateMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover".
   3.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.003  DeadMasterAndSomeReplicas has held for 2 s; last answered 3 s ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 3 observers say that it is dead, none that it lives.
   3.003  Ask every gate whether Baton may act; each that is shut says why.
   3.003  Every gate is open.
   3.003  Open the recovery in the journal, unless the cluster is held by another.
   3.003  A recovery was opened and goes on by itself.
   3.003  Ask every server of the cluster again and see that the finding still holds.
   3.004  DeadMasterAndSomeReplicas of a:3306 holds: last answered 3 s ago; 1 of 2 replicas reachable, 0 replicating, 1 failing to connect to it.
   3.004  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.005  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   3.005  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.006  ! b:3306 refuses connections, so it was not asked to stop receiving from its source
   3.009  c:3306 was asked to stop receiving from its source
   3.009  Fetch what the failed primary has and no replica received, while its host still answers.
   3.009  No way to rescue anything is configured.
   3.009  Choose the successor: the replica that has received most, then the one that suits best.
   3.010  ! b:3306 refuses connections, so it was not asked to stop receiving from its source
   3.012  c:3306 is the only replica that may be promoted, and fetches first what d:3306 has received.
   3.012  Wait until the candidate has applied everything it has received.
   3.013  c:3306 has applied all it received.
   3.013  The candidate receives and applies what another replica has received and it has not.
   3.017  c:3306 was asked to follow d:3306
   3.018  c:3306 has everything that d:3306 has.
   3.018  Cut the candidate loose from its dead source and let it take writes.
   3.029  c:3306 was asked to be the primary
   3.030  Point the other replicas at the successor, all at once.
   3.035  d:3306 was asked to follow c:3306
   3.035  ! b:3306 is left behind: b:3306 refuses connections
   3.036  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.036  What is lost is not known: no commit waited for a replica when a:3306 was last read, 3.01 s ago, and what it has committed since nobody can know.
   3.036  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.036  Run PostFailoverProcesses.
   3.036  A successor serves the cluster.
   3.036  c:3306 is the primary now, in place of a:3306; left behind: b:3306

topology
verdict
----
a:3306     [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
c:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ d:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
c:3306 takes writes and has all 7 acknowledged writes
never two servers of a cluster took writes
