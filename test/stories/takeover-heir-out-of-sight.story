# The designated replica was told to be the primary and nobody can see whether it is: the old primary stays read-only, for two would be worse.
fleet a b<a c<a
hook PostUnsuccessfulGracefulTakeoverProcesses page
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

takeover a b
die 24
tick 1
----
ok
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

cut baton b
start
tick 20
----
ok
   3.001  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
   3.001  A controller continues this takeover in promotion.promoting.
   3.001  See on the servers themselves whether the designated replica is the primary.
   4.001  b:3306 did not answer within 1000 ms, so it may take writes by now: no other is promoted.
   4.001  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   5.001  ! b:3306 did not answer within 1000 ms, so it was not asked to be read-only
   6.001  ! b:3306 did not answer within 1000 ms, so it was not asked to be read-only
   7.002  ! b:3306 did not answer within 1000 ms, so it was not asked to follow a:3306
   8.006  c:3306 was asked to follow a:3306
   8.007  Not put back: b:3306 was not asked to be read-only: b:3306 did not answer within 1000 ms; a:3306 stays read-only, for b:3306 was told to be the primary and may take writes: b:3306 did not answer within 1000 ms; b:3306 was not asked to follow a:3306: b:3306 did not answer within 1000 ms.
   8.007  Run PostUnsuccessfulGracefulTakeoverProcesses; something could not be put back.
   8.007  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 started: page
   8.017  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   8.017  ! The takeover came to nothing and not everything could be put back; a person is needed. b:3306 did not answer within 1000 ms, so it may take writes by now: no other is promoted; not put back: b:3306 was not asked to be read-only: b:3306 did not answer within 1000 ms; a:3306 stays read-only, for b:3306 was told to be the primary and may take writes: b:3306 did not answer within 1000 ms; b:3306 was not asked to follow a:3306: b:3306 did not answer within 1000 ms.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>]
- b:3306 [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
no server of the cluster of a:3306 takes writes
never two servers of a cluster took writes
