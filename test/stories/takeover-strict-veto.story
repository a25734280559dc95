# As orchestrator has it the hooks run while the primary is read-only; one that says no gives its writes back and lets everybody return.
fleet a b<a c<a
config HookCompatibility "strict"
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
   1.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   1.007  c:3306 was asked to stop receiving from its source
   1.012  c:3306 was asked to follow b:3306
   1.013  Behind b:3306 already: c:3306.
   1.013  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.013  PreGracefulTakeoverProcesses hook 1 of 1 started: warn {successorHost}
   1.023  PreGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   1.023  Wait until the designated replica is so close behind that the primary need not stand still for long.
   1.025  b:3306 is less than 1 ms behind.
   1.025  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   1.032  a:3306 was asked to be read-only
   1.032  a:3306 was asked to end the connections of applications
   1.032  b:3306 has applied all that a:3306 has.
   1.032  Run OnFailureDetectionProcesses, with the primary read-only as orchestrator has it.
   1.032  Run PreFailoverProcesses, with the primary read-only as orchestrator has it.
   1.032  PreFailoverProcesses hook 1 of 1 started: ask
   1.042  ! PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
   1.042  ! No: PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.
   1.042  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   1.047  a:3306 was asked to take writes
   1.053  c:3306 was asked to follow a:3306
   1.054  Everything is as it was, but for the connections that were ended.
   1.054  Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.
   1.054  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 started: call-off {successorHost}
   1.064  PostUnsuccessfulGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   1.064  ! The takeover came to nothing; the old primary takes writes, and everything is as it was. PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms.

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

journal
----
  1  asked     check in planning.checking
  2  answered  check (1): b:3306 is named
  3  asked     gatherBelow in planning.gathering
  4  act       c:3306: stop receiving from its source
  5  acted     (4): done
  6  act       c:3306: follow b:3306
  7  acted     (6): done
  8  answered  gatherBelow (3): behind b:3306 already: c:3306
  9  asked     prepareHooks in planning.preparing
 10  stage     PreGracefulTakeoverProcesses: 1 to run
 11  hook      PreGracefulTakeoverProcesses 1 of 1, attempt 1
 12  hooked    (11): exited 0 after 10 ms
 13  answered  prepareHooks (9): ok
 14  asked     approach in planning.approaching
 15  answered  approach (14): b:3306 is less than 1 ms behind
 16  asked     freeze in switching.freezing
 17  act       a:3306: be read-only
 18  act       a:3306: end the connections of applications
 19  acted     (17): done
 20  acted     (18): done
 21  answered  freeze (16): b:3306 has applied all that a:3306 has
 22  asked     detectionHooks in switching.announcing
 23  answered  detectionHooks (22): ok
 24  asked     preFailoverHooks in switching.preparingFailover
 25  stage     PreFailoverProcesses: 1 to run
 26  hook      PreFailoverProcesses 1 of 1, attempt 1
 27  hooked    (26): exited 1 after 10 ms; failure
 28  answered  preFailoverHooks (24): refused hook-veto, PreFailoverProcesses hook 1 of 1 exited 1 after 10 ms
 29  asked     undo in undoing
 30  act       a:3306: take writes
 31  acted     (30): done
 32  act       c:3306: follow a:3306
 33  acted     (32): done
 34  answered  undo (29): everything is as it was, but for the connections that were ended
 35  asked     postUnsuccessfulHooks in postUnsuccessful.putBack
 36  stage     PostUnsuccessfulGracefulTakeoverProcesses: 1 to run
 37  hook      PostUnsuccessfulGracefulTakeoverProcesses 1 of 1, attempt 1
 38  hooked    (37): exited 0 after 10 ms
 39  answered  postUnsuccessfulHooks (35): ok
 40  ended     putBack
