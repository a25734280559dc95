# A planned change of primary: the designated replica takes over, everybody follows it, and nothing is lost.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PreGracefulTakeoverProcesses warn {successorHost}
hook PreFailoverProcesses prepare
hook PostMasterFailoverProcesses move-the-name {successorHost}
hook PostGracefulTakeoverProcesses done {successorHost}
----
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

preview-takeover a b
----
  open enabled: recoveries are enabled
  open primary: the primary a:3306 answers
  open writers: nobody but a:3306 takes writes
  open account: a:3306 can be given an account to replicate with
  open connections: the connections of applications to a:3306 can be ended
  open fencing: a:3306 can be kept from writes as FencingLevelRequired "attempted" wants it
  open candidate: b:3306 may be promoted
  open lag: b:3306 lags by 0 seconds
  open place: b:3306 is where a primary may be
  open back: a:3306 can follow b:3306
  open siblings: c:3306 can follow b:3306
  open active: no other change of a:3306 is under way
PreGracefulTakeoverProcesses are run
PreFailoverProcesses are run
c:3306 is asked to stop receiving from its source
    STOP SLAVE IO_THREAD
b:3306 is waited for until it has all that c:3306 has
c:3306 is asked to follow b:3306 (may drop what it has received and not applied)
    CHANGE MASTER TO …
b:3306 is waited for until it is close behind a:3306
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
a:3306 is asked to end the connections of applications (cannot be undone)
    KILL …
b:3306 is waited for until it has all that a:3306 has
b:3306 is asked to be the primary (may drop what it has received and not applied; no other server may take writes then)
    STOP SLAVE
    SET GLOBAL read_only = 0
    RESET SLAVE ALL
a:3306 is asked to follow b:3306
    CHANGE MASTER TO …
PostMasterFailoverProcesses are run
PostGracefulTakeoverProcesses are run

takeover a b
tick 5
----
   2.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.002  b:3306 is named.
   2.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   2.002  PreGracefulTakeoverProcesses hook 1 of 1 started: warn {successorHost}
   2.012  PreGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.012  Run OnFailureDetectionProcesses, as for a primary that had failed.
   2.012  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   2.012  PreFailoverProcesses hook 1 of 1 started: prepare
   2.022  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.022  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   2.027  c:3306 was asked to stop receiving from its source
   2.032  c:3306 was asked to follow b:3306
   2.033  Behind b:3306 already: c:3306.
   2.033  Wait until the designated replica is so close behind that the primary need not stand still for long.
   2.035  b:3306 is less than 1 ms behind.
   2.035  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   2.042  a:3306 was asked to be read-only
   2.042  a:3306 was asked to end the connections of applications
   2.042  b:3306 has applied all that a:3306 has.
   2.042  Cut the designated replica loose from the old primary and let it take writes.
   2.052  b:3306 was asked to be the primary
   2.053  Point the old primary, and whoever does not follow the new one yet, at it.
   2.059  a:3306 was asked to follow b:3306
   2.060  Compare what the old primary has with what the new one has: nothing may be lost.
   2.062  b:3306 has everything that a:3306 has executed.
   2.062  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   2.062  PostMasterFailoverProcesses hook 1 of 1 started: move-the-name {successorHost}
   2.072  PostMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.072  Run PostFailoverProcesses.
   2.072  Run PostGracefulTakeoverProcesses, the last thing that is done.
   2.072  PostGracefulTakeoverProcesses hook 1 of 1 started: done {successorHost}
   2.082  PostGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.082  The designated replica is the primary, and the old one follows it.
   2.082  b:3306 is the primary now, in place of a:3306

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
 13  hooked    (12): exited 0 after 10 ms
 14  answered  preFailoverHooks (10): ok
 15  asked     gatherBelow in planning.gathering
 16  act       c:3306: stop receiving from its source
 17  acted     (16): done
 18  act       c:3306: follow b:3306
 19  acted     (18): done
 20  answered  gatherBelow (15): behind b:3306 already: c:3306
 21  asked     approach in planning.approaching
 22  answered  approach (21): b:3306 is less than 1 ms behind
 23  asked     freeze in switching.freezing
 24  act       a:3306: be read-only
 25  act       a:3306: end the connections of applications
 26  acted     (24): done
 27  acted     (25): done
 28  answered  freeze (23): b:3306 has applied all that a:3306 has
 29  asked     promote in promotion.promoting
 30  act       b:3306: be the primary
 31  acted     (30): done
 32  answered  promote (29): ok
 33  asked     repoint in postSuccess.repointing
 34  act       a:3306: follow b:3306
 35  acted     (34): done
 36  answered  repoint (33): ok
 37  asked     judge in postSuccess.judging
 38  answered  judge (37): b:3306 has everything that a:3306 has executed
 39  asked     postPrimaryHooks in postSuccess.announcingPrimary
 40  stage     PostMasterFailoverProcesses: 1 to run
 41  hook      PostMasterFailoverProcesses 1 of 1, attempt 1
 42  hooked    (41): exited 0 after 10 ms
 43  answered  postPrimaryHooks (39): ok
 44  asked     postFailoverHooks in postSuccess.announcing
 45  answered  postFailoverHooks (44): ok
 46  asked     postTakeoverHooks in postSuccess.announcingTakeover
 47  stage     PostGracefulTakeoverProcesses: 1 to run
 48  hook      PostGracefulTakeoverProcesses 1 of 1, attempt 1
 49  hooked    (48): exited 0 after 10 ms
 50  answered  postTakeoverHooks (46): ok
 51  ended     takenOver

hooks
----
   2.002  PreGracefulTakeoverProcesses: warn b
   2.012  PreFailoverProcesses: prepare
   2.062  PostMasterFailoverProcesses: move-the-name b
   2.072  PostGracefulTakeoverProcesses: done b

write 3 b
tick 1
----
3 were acknowledged
nothing happens

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ a:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 8 acknowledged writes
never two servers of a cluster took writes
