# A controller of another build began it and died with the primary read-only: what it changed is put back.
fleet a b<a c<a
hook PostUnsuccessfulGracefulTakeoverProcesses call-off
start
write 5 a
tick 1
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
5 were acknowledged
nothing happens

takeover a b
die 20
tick 1
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  b:3306 is named.
   1.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   1.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
ok
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
   1.032  b:3306 was asked to be the primary
   1.033  Point the old primary, and whoever does not follow the new one yet, at it.

write 1 a
----
0 of 1 were acknowledged: a:3306 is read-only

older-build freeze halt
start
tick 5
----
ok
   2.003  watching cluster b:3306: primary b:3306, 3 instances, 3 answering
   2.003  ! This build cannot continue what another began: the machine does not ask for "halt" here.
   2.003  ! b:3306 was told to be the primary in place of a:3306: see whether it is, and point a:3306 at it.
nothing happens

write 1 a
----
0 of 1 were acknowledged: a:3306 is read-only

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ a:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
