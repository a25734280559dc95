# The designated replica stops applying while the primary is read-only: after TakeoverReadOnlySeconds all is put back.
fleet a b<a c<a
hook PostUnsuccessfulGracefulTakeoverProcesses call-off {successorHost}
start
lag b 900
write 20 a
tick 2
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
20 were acknowledged
nothing happens

takeover a b
tick 0.013
write 5 a
tick 0.1
stall b
tick 12
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
ok
  12.018  ! No: b:3306 still lacked 5 transactions of a:3306 after 10 s (TakeoverReadOnlySeconds).
  12.018  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
  12.023  a:3306 was asked to take writes
  12.029  c:3306 was asked to follow a:3306
  12.030  Everything is as it was, but for the connections that were ended.
  12.030  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
  12.030  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 started: call-off {successorHost}
  12.040  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
  12.040  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. b:3306 still lacked 5 transactions of a:3306 after 10 s (TakeoverReadOnlySeconds).

write 1 a
----
1 were acknowledged

lag b 0
tick 1
----
ok
nothing happens

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 26 acknowledged writes
never two servers of a cluster took writes
