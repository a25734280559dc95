# The designated replica dies while it catches up: the old primary takes writes again, and the other replica is back below it.
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
kill b
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
   2.115  the connection to b:3306 has ended; looking at it and at its replicas
   2.118  ! No: b:3306 no longer answers: b:3306 refuses connections.
   2.118  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   2.123  a:3306 was asked to take writes
   2.129  c:3306 was asked to follow a:3306
   2.130  Everything is as it was, but for the connections that were ended.
   2.130  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
   2.130  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. b:3306 no longer answers: b:3306 refuses connections.

write 1 a
tick 1
----
1 were acknowledged
nothing happens

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 26 acknowledged writes
never two servers of a cluster took writes
