# No filter names the cluster, so Baton leaves its dead primary alone until a person asks; recover-lite runs no hooks.
fleet a b<a c<a
config RecoverMasterClusterFilters []
hook PreFailoverProcesses prepare
hook PostFailoverProcesses page
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

# Nothing is wrong yet.
recover a
----
cannot be done: nothing is found to be wrong with a:3306

kill a
tick 5
----
   1.002  the connection to a:3306 has ended; looking at it and at its replicas
   1.003  ! a:3306: DeadMaster; last answered 1 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.003  DeadMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.003  Ask every gate whether Baton may act; each that is shut says why.
   2.003  a:3306 matches no entry of RecoverMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover".
   2.003  ! Baton had no right to act, and said why. a:3306 matches no entry of RecoverMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover".

recover a lite
tick 5
----
   6.002  Ask every server of the cluster again and see that the finding still holds.
   6.003  DeadMaster of a:3306 holds: last answered 5 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   6.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   6.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   6.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   6.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   6.008  b:3306 was asked to stop receiving from its source
   6.008  c:3306 was asked to stop receiving from its source
   6.008  Fetch what the failed primary has and no replica received, while its host still answers.
   6.008  No way to rescue anything is configured.
   6.008  Choose the successor: the replica that has received most, then the one that suits best.
   6.009  b:3306 is as good as c:3306, and comes first by name.
   6.009  Wait until the candidate has applied everything it has received.
   6.010  b:3306 has applied all it received.
   6.010  Cut the candidate loose from its dead source and let it take writes.
   6.021  b:3306 was asked to be the primary
   6.022  Point the other replicas at the successor, all at once.
   6.027  c:3306 was asked to follow b:3306
   6.028  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   6.028  What is lost is not known: no commit waited for a replica when a:3306 was last read, 6.01 s ago, and what it has committed since nobody can know.
   6.028  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   6.028  Run PostFailoverProcesses.
   6.028  A successor serves the cluster.
   6.028  b:3306 is the primary now, in place of a:3306

hooks
----
ok

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
