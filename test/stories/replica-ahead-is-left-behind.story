# A replica that can neither lead nor give, and has more than the successor, is not made to follow it: that would lose what it alone has.
fleet a b<a c<a d<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 4 a
tick 1
break-apply c
----
4 were acknowledged
nothing happens
ok

hold b
hold d
write 3 a
tick 1
----
ok
ok
3 were acknowledged
nothing happens

kill a
----
   2.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 5
----
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 3 of 3 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadMaster has held for 1 s; last answered 2 s ago; 3 of 3 replicas reachable, 0 replicating, 2 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.003  DeadMaster of a:3306 holds: last answered 2 s ago; 3 of 3 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.004  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   3.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.005  ! c:3306 would not stop receiving from its source: c:3306 cannot apply what it has received (Duplicate entry '7' for key 'PRIMARY'); were its receiving thread stopped too, MariaDB would throw its relay log away
   3.008  b:3306 was asked to stop receiving from its source
   3.008  d:3306 was asked to stop receiving from its source
   3.008  Fetch what the failed primary has and no replica received, while its host still answers.
   3.008  No way to rescue anything is configured.
   3.008  Choose the successor: the replica that has received most, then the one that suits best.
   3.009  ! c:3306 would not stop receiving from its source: c:3306 cannot apply what it has received (Duplicate entry '7' for key 'PRIMARY'); were its receiving thread stopped too, MariaDB would throw its relay log away
   3.010  b:3306 is as good as d:3306, and comes first by name; c:3306 alone keeps 0-1-5..7.
   3.010  Wait until the candidate has applied everything it has received.
   3.011  b:3306 has applied all it received.
   3.011  Cut the candidate loose from its dead source and let it take writes.
   3.022  b:3306 was asked to be the primary
   3.023  Point the other replicas at the successor, all at once.
   3.028  d:3306 was asked to follow b:3306
   3.028  ! c:3306 is left behind: it has 0-1-5..7, which b:3306 never received
   3.031  ! c:3306 has yet to apply 3 transactions (0-1-5..7) that it has received; were it asked to look for its source where there is none now, that could be lost, for nobody else is known to have it
   3.031  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.031  What is lost is not known: no commit waited for a replica when a:3306 was last read, 3.01 s ago, and what it has committed since nobody can know; 3 transactions that b:3306 lacks are known of: 0-1-5..7.
   3.031  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.031  Run PostFailoverProcesses.
   3.031  A successor serves the cluster.
   3.031  b:3306 is the primary now, in place of a:3306; left behind: c:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
- c:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and lacks 3 of 7 acknowledged writes
never two servers of a cluster took writes
