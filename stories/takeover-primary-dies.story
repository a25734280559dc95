# The primary dies while it is read-only: the takeover comes to nothing, and the recovery that follows loses nothing.
fleet a b<a c<a
start
lag b 900
write 20 a
tick 2
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
20 were acknowledged
nothing happens

takeover a b
tick 0.013
write 5 a
tick 0.1
kill a
tick 15
----
   2.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.002  b:3306 is named.
   2.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   2.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   2.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   2.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   2.007  c:3306 was asked to stop receiving from its source
   2.012  c:3306 was asked to follow b:3306
   2.013  Behind b:3306 already: c:3306.
   2.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   2.015  b:3306 is less than 1 ms behind.
   2.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
5 were acknowledged
   2.022  a:3306 was asked to be read-only
   2.022  a:3306 was asked to end the connections of applications
   2.115  the connection to a:3306 has ended; looking at it and at its replicas
   2.118  ! No: a:3306 no longer answers: a:3306 refuses connections.
   2.118  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   2.120  ! a:3306 refuses connections, so it was not asked to take writes
   2.126  c:3306 was asked to follow a:3306
   2.127  Not put back: a:3306 was not asked to take writes: a:3306 refuses connections.
   2.127  Run PostUnsuccessfulGracefulTakeoverProcesses; something could not be put back.
   2.127  ! The takeover came to nothing and not everything could be put back; a person is needed. a:3306 no longer answers: a:3306 refuses connections; not put back: a:3306 was not asked to take writes: a:3306 refuses connections.
   2.216  ! a:3306: DeadMaster; last answered 202 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.216  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.216  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.216  DeadMaster has held for 1 s; last answered 1.2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.216  Ask every gate whether Baton may act; each that is shut says why.
   3.216  Every gate is open.
   3.216  Open the recovery in the journal, unless the cluster is held by another.
   3.216  A recovery was opened and goes on by itself.
   3.216  Ask every server of the cluster again and see that the finding still holds.
   3.217  DeadMaster of a:3306 holds: last answered 1.2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.217  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.217  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.218  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   3.218  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.222  b:3306 was asked to stop receiving from its source
   3.222  c:3306 was asked to stop receiving from its source
   3.222  Fetch what the failed primary has and no replica received, while its host still answers.
   3.222  No way to rescue anything is configured.
   3.222  Choose the successor: the replica that has received most, then the one that suits best.
   3.223  b:3306 has received more than c:3306.
   3.223  Wait until the candidate has applied everything it has received.
   3.224  b:3306 has applied all it received.
   3.224  Cut the candidate loose from its dead source and let it take writes.
   3.235  b:3306 was asked to be the primary
   3.236  Point the other replicas at the successor, all at once.
   3.241  c:3306 was asked to follow b:3306
   3.242  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.242  What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.21 s ago, and what it has committed since nobody can know.
   3.242  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.242  Run PostFailoverProcesses.
   3.242  A successor serves the cluster.
   3.242  b:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 25 acknowledged writes
never two servers of a cluster took writes
