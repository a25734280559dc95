# Without auto orchestrator leaves the old primary standing still.
fleet a b<a
config HookCompatibility "strict"
hook PreGracefulTakeoverProcesses warn {successorHost} {isSuccessful}
hook OnFailureDetectionProcesses detected {failureType}
hook PreFailoverProcesses prepare
hook PostMasterFailoverProcesses move {successorHost}
hook PostFailoverProcesses page {successorHost}
hook PostGracefulTakeoverProcesses done {successorHost}
start
----
a:3306 is a primary
b:3306 replicates from a:3306
ok
ok
ok
ok
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

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
  open siblings: there is no other replica
  open active: no other change of a:3306 is under way
PreGracefulTakeoverProcesses are run
b:3306 is waited for until it is close behind a:3306
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
a:3306 is asked to end the connections of applications (cannot be undone)
    KILL …
b:3306 is waited for until it has all that a:3306 has
OnFailureDetectionProcesses are run
PreFailoverProcesses are run
b:3306 is asked to be the primary (may drop what it has received and not applied; no other server may take writes then)
    STOP SLAVE
    SET GLOBAL read_only = 0
    RESET SLAVE ALL
a:3306 is asked to follow b:3306
    CHANGE MASTER TO …
a:3306 is asked to stop receiving from its source
    STOP SLAVE IO_THREAD
PostMasterFailoverProcesses are run
PostFailoverProcesses are run
PostGracefulTakeoverProcesses are run

takeover a
tick 5
----
   2.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.002  b:3306 is the only replica that may be promoted.
   2.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   2.002  There is no other replica.
   2.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   2.002  PreGracefulTakeoverProcesses hook 1 of 1 started: warn {successorHost} {isSuccessful}
   2.012  PreGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.012  Wait until the designated replica is so close behind that the primary need not stand still for long.
   2.013  b:3306 is less than 1 ms behind.
   2.013  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   2.020  a:3306 was asked to be read-only
   2.020  a:3306 was asked to end the connections of applications
   2.020  b:3306 has applied all that a:3306 has.
   2.020  Run OnFailureDetectionProcesses, with the primary read-only as orchestrator has it.
   2.020  OnFailureDetectionProcesses hook 1 of 1 started: detected {failureType}
   2.030  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   2.030  Run PreFailoverProcesses, with the primary read-only as orchestrator has it.
   2.030  PreFailoverProcesses hook 1 of 1 started: prepare
   2.040  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.040  Cut the designated replica loose from the old primary and let it take writes.
   2.050  b:3306 was asked to be the primary
   2.051  Point the old primary, and whoever does not follow the new one yet, at it.
   2.057  a:3306 was asked to follow b:3306
   2.062  a:3306 was asked to stop receiving from its source
   2.066  a:3306 was asked to stop applying what it has received
   2.066  Compare what the old primary has with what the new one has: nothing may be lost.
   2.068  b:3306 has everything that a:3306 has executed.
   2.068  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   2.068  PostMasterFailoverProcesses hook 1 of 1 started: move {successorHost}
   2.078  PostMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.078  Run PostFailoverProcesses.
   2.078  PostFailoverProcesses hook 1 of 1 started: page {successorHost}
   2.088  PostFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.088  Run PostGracefulTakeoverProcesses, the last thing that is done.
   2.088  PostGracefulTakeoverProcesses hook 1 of 1 started: done {successorHost}
   2.098  PostGracefulTakeoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.098  The designated replica is the primary, and the old one follows it.
   2.098  b:3306 is the primary now, in place of a:3306
   5.006  b:3306: MasterSingleReplicaNotReplicating; answers; 1 of 1 replicas reachable, 0 replicating

hooks
----
   2.002  PreGracefulTakeoverProcesses: warn b true
   2.020  OnFailureDetectionProcesses: detected DeadMaster
   2.030  PreFailoverProcesses: prepare
   2.068  PostMasterFailoverProcesses: move b
   2.078  PostFailoverProcesses: page b
   2.088  PostGracefulTakeoverProcesses: done b

topology
----
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- a:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
