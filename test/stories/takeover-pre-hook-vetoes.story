# A hook that says no before the switch: the primary has taken writes all the while, and whoever was warned hears that it is off.
fleet a b<a c<a
hook PreGracefulTakeoverProcesses warn {successorHost}
hook PreFailoverProcesses ask
hook PostUnsuccessfulGracefulTakeoverProcesses call-off {successorHost}
break-hook PreFailoverProcesses
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
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

takeover a b
tick 5
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  b:3306 is named.
   1.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.002  PreGracefulTakeoverProcesses hook 1 of 1 started: warn {successorHost}
   1.012  PreGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   1.012  Run OnFailureDetectionProcesses, as for a primary that had failed.
   1.012  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   1.012  PreFailoverProcesses hook 1 of 1 started: ask
   1.022  ! PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
   1.022  ! No: PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.
   1.022  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   1.022  Everything is as it was.
   1.022  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
   1.022  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 started: call-off {successorHost}
   1.032  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   1.032  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.

write 1 a
----
1 were acknowledged

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

journal
----
  1  asked     check in planning.checking
  2  answered  check (1): b:3306 is named
  3  asked     prepareHooks in planning.preparing
  4  stage     PreGracefulTakeoverProcesses: 1 to run
  5  hook      PreGracefulTakeoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  answered  prepareHooks (3): ok
  8  asked     detectionHooks in planning.announcing
  9  answered  detectionHooks (8): ok
 10  asked     preFailoverHooks in planning.preparingFailover
 11  stage     PreFailoverProcesses: 1 to run
 12  hook      PreFailoverProcesses 1 of 1, attempt 1
 13  hooked    (12): exited 1 after 10 ms; failure
 14  answered  preFailoverHooks (10): refused hook-veto, PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
 15  asked     undo in undoing
 16  answered  undo (15): everything is as it was
 17  asked     postUnsuccessfulHooks in postUnsuccessful.putBack
 18  stage     PostUnsuccessfulGracefulTakeoverProcesses: 1 to run
 19  hook      PostUnsuccessfulGracefulTakeoverProcesses 1 of 1, attempt 1
 20  hooked    (19): exited 0 after 10 ms
 21  answered  postUnsuccessfulHooks (17): ok
 22  ended     putBack

hooks
----
   1.002  PreGracefulTakeoverProcesses: warn b
   1.012  PreFailoverProcesses: ask
   1.022  PostUnsuccessfulGracefulTakeoverProcesses: call-off b
