# The designated replica forgot its source and would not take writes: it follows the old primary again, which takes writes.
fleet a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
break b SET GLOBAL read_only = 0
----
5 were acknowledged
nothing happens
ok

takeover a b
tick 10
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
   1.015  b:3306 is less than 1 ms behind.
   1.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   1.022  a:3306 was asked to be read-only
   1.022  a:3306 was asked to end the connections of applications
   1.022  b:3306 has applied all that a:3306 has.
   1.022  Cut the designated replica loose from the old primary and let it take writes.
   1.027  ! b:3306 would not be the primary: b:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it
   1.027  ! promote failed: b:3306 could not be promoted: b:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it.
   1.027  See on the servers themselves whether the designated replica is the primary.
   1.028  b:3306 still has the source a:3306.
   1.028  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   1.036  a:3306 was asked to take writes
   1.041  b:3306 was asked to follow a:3306
   1.048  c:3306 was asked to follow a:3306
   1.049  Everything is as it was, but for the connections that were ended.
   1.049  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
   1.049  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. b:3306 could not be promoted: b:3306 answered "SET GLOBAL read_only = 0" with: the story forbids it.

write 1 a
tick 1
----
1 were acknowledged
nothing happens

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 6 acknowledged writes
never two servers of a cluster took writes
