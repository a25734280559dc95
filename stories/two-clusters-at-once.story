# Two clusters that fail at the same moment are recovered side by side.
fleet a b<a c<a
fleet x y<x z<x
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
x:3306 is a primary
y:3306 replicates from x:3306
z:3306 replicates from x:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  watching cluster x:3306: primary x:3306, 3 instances, 3 answering

write 5 a
write 5 x
tick 1
----
5 were acknowledged
5 were acknowledged
nothing happens

kill a
kill x
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.001  the connection to x:3306 has ended; looking at it and at its replicas

tick 10
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  detection f7e79d2b: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  detection f7e79d2b: Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  ! x:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  detection 239126bd: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  detection 239126bd: Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  detection f7e79d2b: DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  detection f7e79d2b: Ask every gate whether Baton may act; each that is shut says why.
   2.002  detection f7e79d2b: Every gate is open.
   2.002  detection f7e79d2b: Open the recovery in the journal, unless the cluster is held by another.
   2.002  detection f7e79d2b: A recovery was opened and goes on by itself.
   2.002  recovery f7e79d2b: Ask every server of the cluster again and see that the finding still holds.
   2.002  detection 239126bd: DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  detection 239126bd: Ask every gate whether Baton may act; each that is shut says why.
   2.002  detection 239126bd: Every gate is open.
   2.002  detection 239126bd: Open the recovery in the journal, unless the cluster is held by another.
   2.002  detection 239126bd: A recovery was opened and goes on by itself.
   2.002  recovery 239126bd: Ask every server of the cluster again and see that the finding still holds.
   2.003  recovery f7e79d2b: DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  recovery f7e79d2b: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  recovery f7e79d2b: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.003  recovery 239126bd: DeadMaster of x:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  recovery 239126bd: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  recovery 239126bd: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  recovery f7e79d2b: a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.004  recovery f7e79d2b: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.004  recovery 239126bd: x:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.004  recovery 239126bd: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  recovery f7e79d2b: b:3306 was asked to stop receiving from its source
   2.008  recovery f7e79d2b: c:3306 was asked to stop receiving from its source
   2.008  recovery f7e79d2b: Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  recovery f7e79d2b: No way to rescue anything is configured.
   2.008  recovery f7e79d2b: Choose the successor: the replica that has received most, then the one that suits best.
   2.008  recovery 239126bd: y:3306 was asked to stop receiving from its source
   2.008  recovery 239126bd: z:3306 was asked to stop receiving from its source
   2.008  recovery 239126bd: Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  recovery 239126bd: No way to rescue anything is configured.
   2.008  recovery 239126bd: Choose the successor: the replica that has received most, then the one that suits best.
   2.009  recovery f7e79d2b: b:3306 is as good as c:3306, and comes first by name.
   2.009  recovery f7e79d2b: Wait until the candidate has applied everything it has received.
   2.009  recovery 239126bd: y:3306 is as good as z:3306, and comes first by name.
   2.009  recovery 239126bd: Wait until the candidate has applied everything it has received.
   2.010  recovery f7e79d2b: b:3306 has applied all it received.
   2.010  recovery f7e79d2b: Cut the candidate loose from its dead source and let it take writes.
   2.010  recovery 239126bd: y:3306 has applied all it received.
   2.010  recovery 239126bd: Cut the candidate loose from its dead source and let it take writes.
   2.021  recovery f7e79d2b: b:3306 was asked to be the primary
   2.021  recovery 239126bd: y:3306 was asked to be the primary
   2.022  recovery f7e79d2b: Point the other replicas at the successor, all at once.
   2.022  recovery 239126bd: Point the other replicas at the successor, all at once.
   2.027  recovery f7e79d2b: c:3306 was asked to follow b:3306
   2.027  recovery 239126bd: z:3306 was asked to follow y:3306
   2.028  recovery f7e79d2b: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.028  recovery f7e79d2b: What is lost is not known: no commit waited for a replica when a:3306 was last read, 2.01 s ago, and what it has committed since nobody can know.
   2.028  recovery f7e79d2b: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.028  recovery f7e79d2b: Run PostFailoverProcesses.
   2.028  recovery f7e79d2b: A successor serves the cluster.
   2.028  recovery f7e79d2b: b:3306 is the primary now, in place of a:3306
   2.028  recovery 239126bd: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.028  recovery 239126bd: What is lost is not known: no commit waited for a replica when x:3306 was last read, 2.01 s ago, and what it has committed since nobody can know.
   2.028  recovery 239126bd: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.028  recovery 239126bd: Run PostFailoverProcesses.
   2.028  recovery 239126bd: A successor serves the cluster.
   2.028  recovery 239126bd: y:3306 is the primary now, in place of x:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
x:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
y:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ z:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
y:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
