# The new primary dies a moment after a planned takeover: it is recovered like any other.
fleet a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

takeover a b
tick 2
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  b:3306 is named.
   1.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   1.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   1.007  c:3306 was asked to stop receiving from its source
   1.012  c:3306 was asked to follow b:3306
   1.013  Behind b:3306 already: c:3306.
   1.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   1.014  b:3306 is less than 1 ms behind.
   1.014  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   1.018  a:3306 was asked to be read-only
   1.022  a:3306 was asked to end the connections of applications
   1.023  b:3306 has applied all that a:3306 has.
   1.023  Cut the designated replica loose from the old primary and let it take writes.
   1.031  b:3306 was asked to be the primary
   1.032  Point the old primary, and whoever does not follow the new one yet, at it.
   1.038  a:3306 was asked to follow b:3306
   1.039  Compare what the old primary has with what the new one has: nothing may be lost.
   1.040  b:3306 has everything that a:3306 has executed.
   1.040  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   1.040  Run PostFailoverProcesses.
   1.040  Run PostGracefulTakeoverProcesses, the last thing that is done.
   1.040  The designated replica is the primary, and the old one follows it.
   1.040  b:3306 is the primary now, in place of a:3306

write 2 b
kill b
tick 10
----
2 were acknowledged
   3.002  the connection to b:3306 has ended; looking at it and at its replicas
   3.003  ! b:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   3.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
   4.003  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   4.003  Ask every gate whether Baton may act; each that is shut says why.
   4.003  Recovery 8706c4eb of b:3306 ended 2.96 s ago; it is left alone for another 59 min 57 s unless that recovery is acknowledged.
   4.003  ! Baton had no right to act, and said why. Recovery 8706c4eb of b:3306 ended 2.96 s ago; it is left alone for another 59 min 57 s unless that recovery is acknowledged.

topology
----
b:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- a:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
- c:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
no server of the cluster of a:3306 takes writes
never two servers of a cluster took writes
