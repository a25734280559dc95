# A takeover is cancelled while its hooks run: everything is as it was. It may be asked for again at once.
fleet a b<a c<a
hook PreFailoverProcesses prepare
hook PostUnsuccessfulGracefulTakeoverProcesses called-off {successorHost}
slow-hook PreFailoverProcesses 20
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
takeover a b
tick 2
----
5 were acknowledged
   0.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   0.002  b:3306 is named.
   0.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   0.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   0.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   0.002  PreFailoverProcesses hook 1 of 1 started: prepare
nothing happens

cancel ann a the deploy is late
----
   2.002  ann said cancel: the deploy is late
   2.002  ! PreFailoverProcesses hook 1 of 1 was ended by SIGTERM after 2 s
   2.002  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   2.002  Everything is as it was.
   2.002  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
   2.002  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 started: called-off {successorHost}
cancelled: The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.

tick 1
----
   2.012  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.012  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. Cancelled by ann: the deploy is late.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

slow-hook PreFailoverProcesses 0
takeover a b
tick 3
----
ok
   3.003  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   3.004  b:3306 is named.
   3.004  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   3.004  Run OnFailureDetectionProcesses, as for a primary that had failed.
   3.004  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   3.004  PreFailoverProcesses hook 1 of 1 started: prepare
   3.004  PreFailoverProcesses hook 1 of 1 exited 0 after 0 ms
   3.004  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   3.009  c:3306 was asked to stop receiving from its source
   3.014  c:3306 was asked to follow b:3306
   3.015  Behind b:3306 already: c:3306.
   3.015  Wait until the designated replica is so close behind that the primary need not stand still for long.
   3.017  b:3306 is less than 1 ms behind.
   3.017  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   3.024  a:3306 was asked to be read-only
   3.024  a:3306 was asked to end the connections of applications
   3.024  b:3306 has applied all that a:3306 has.
   3.024  Cut the designated replica loose from the old primary and let it take writes.
   3.034  b:3306 was asked to be the primary
   3.035  Point the old primary, and whoever does not follow the new one yet, at it.
   3.041  a:3306 was asked to follow b:3306
   3.042  Compare what the old primary has with what the new one has: nothing may be lost.
   3.044  b:3306 has everything that a:3306 has executed.
   3.044  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   3.044  Run PostFailoverProcesses.
   3.044  Run PostGracefulTakeoverProcesses, the last thing that is done.
   3.044  The designated replica is the primary, and the old one follows it.
   3.044  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
