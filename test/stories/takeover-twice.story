# One change of a cluster at a time.
fleet a b<a c<a
hook PreGracefulTakeoverProcesses think
slow-hook PreGracefulTakeoverProcesses 3
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

takeover a b
tick 1
takeover a c
force-failover a
preview-takeover a c
----
   0.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   0.002  b:3306 is named.
   0.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   0.002  PreGracefulTakeoverProcesses hook 1 of 1 started: think
nothing happens
cannot be done: a:3306 is being changed already, by 8706c4eb
cannot be done: a:3306 is being changed already, by 8706c4eb
  open enabled: recoveries are enabled
  open primary: the primary a:3306 answers
  open writers: nobody but a:3306 takes writes
  open account: a:3306 can be given an account to replicate with
  open connections: the connections of applications to a:3306 can be ended
  open fencing: a:3306 can be kept from writes as FencingLevelRequired "attempted" wants it
  open candidate: c:3306 may be promoted
  open lag: c:3306 lags by 0 seconds
  open place: c:3306 is where a primary may be
  open back: a:3306 can follow c:3306
  open siblings: b:3306 can follow c:3306
  SHUT active: another change of a:3306 is under way

tick 5
----
   3.002  PreGracefulTakeoverProcesses hook 1 of 1 exited 0 after 3 s
   3.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   3.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   3.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   3.007  c:3306 was asked to stop receiving from its source
   3.012  c:3306 was asked to follow b:3306
   3.013  Behind b:3306 already: c:3306.
   3.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   3.015  b:3306 is less than 1 ms behind.
   3.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   3.022  a:3306 was asked to be read-only
   3.022  a:3306 was asked to end the connections of applications
   3.022  b:3306 has applied all that a:3306 has.
   3.022  Cut the designated replica loose from the old primary and let it take writes.
   3.032  b:3306 was asked to be the primary
   3.033  Point the old primary, and whoever does not follow the new one yet, at it.
   3.039  a:3306 was asked to follow b:3306
   3.040  Compare what the old primary has with what the new one has: nothing may be lost.
   3.042  b:3306 has everything that a:3306 has executed.
   3.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   3.042  Run PostFailoverProcesses.
   3.042  Run PostGracefulTakeoverProcesses, the last thing that is done.
   3.042  The designated replica is the primary, and the old one follows it.
   3.042  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
