# The same with the primary read-only, as the strict order has it while hooks run: it takes writes again first of all.
fleet a b<a c<a
config HookCompatibility "strict"
hook PreFailoverProcesses prepare
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
   0.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   0.007  c:3306 was asked to stop receiving from its source
   0.012  c:3306 was asked to follow b:3306
   0.013  Behind b:3306 already: c:3306.
   0.013  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   0.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   0.015  b:3306 is less than 1 ms behind.
   0.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   0.022  a:3306 was asked to be read-only
   0.022  a:3306 was asked to end the connections of applications
   0.022  b:3306 has applied all that a:3306 has.
   0.022  Run OnFailureDetectionProcesses, with the primary read-only as orchestrator has it.
   0.022  Run PreFailoverProcesses, with the primary read-only as orchestrator has it.
   0.022  PreFailoverProcesses hook 1 of 1 started: prepare

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

cancel ann a the deploy is late
----
   2.002  ann said cancel: the deploy is late
   2.002  ! PreFailoverProcesses hook 1 of 1 was ended by SIGTERM after 1.98 s
   2.002  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
cancelled: The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.

tick 1
----
   2.007  a:3306 was asked to take writes
   2.013  c:3306 was asked to follow a:3306
   2.014  Everything is as it was, but for the connections that were ended.
   2.014  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
   2.014  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. Cancelled by ann: the deploy is late.

write 1 a
topology
----
1 were acknowledged
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 6 acknowledged writes
never two servers of a cluster took writes
