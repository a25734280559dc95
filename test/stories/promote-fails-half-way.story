# The candidate forgot its source and then refused to take writes: it is made to follow again, and the recovery fails in words.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PostUnsuccessfulFailoverProcesses page {failedHost}
break b SET GLOBAL read_only = 0
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

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
   2.016  ! b:3306 would not be the primary: b:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it
   2.016  ! promote failed: b:3306 could not be promoted: b:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it.
   2.016  See on the servers themselves whether the candidate is the primary.
   2.017  b:3306 still has the source a:3306.
   2.017  Let the replicas receive again from their source, as they did before.
   2.022  c:3306 was asked to receive from its source again
   2.028  b:3306 was asked to follow a:3306
   2.029  Everything is as it was.
   2.029  Run PostUnsuccessfulFailoverProcesses.
   2.029  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
   2.039  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.039  ! No successor serves the cluster; a person is needed. b:3306 could not be promoted: b:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it.

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
- c:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
no server of the cluster of a:3306 takes writes
never two servers of a cluster took writes
