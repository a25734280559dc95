# Baton chooses: not who happens to have received most, for all will have everything by then.
fleet mysql a b<a c<a d<a
delay b 3600
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 5 a
tick 1
lag c 300
write 5 a
----
5 were acknowledged
nothing happens
ok
5 were acknowledged

preview-takeover a auto
----
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
  open siblings: b:3306, d:3306 can follow c:3306
  open active: no other change of a:3306 is under way
b:3306 is asked to stop receiving from its source
    STOP SLAVE IO_THREAD
c:3306 is waited for until it has all that b:3306 has
b:3306 is asked to follow c:3306
    CHANGE MASTER TO …
d:3306 is asked to stop receiving from its source
    STOP SLAVE IO_THREAD
c:3306 is waited for until it has all that d:3306 has
d:3306 is asked to follow c:3306
    CHANGE MASTER TO …
c:3306 is waited for until it is close behind a:3306
a:3306 is asked to be read-only
    SET GLOBAL read_only = 1
a:3306 is asked to end the connections of applications (cannot be undone)
    KILL …
c:3306 is waited for until it has all that a:3306 has
c:3306 is asked to be the primary (may drop what it has received and not applied; no other server may take writes then)
    STOP SLAVE
    SET GLOBAL read_only = 0
    RESET SLAVE ALL
a:3306 is asked to follow c:3306
    CHANGE MASTER TO …

takeover a auto
tick 5
----
   2.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.002  c:3306 is as good as d:3306, and comes first by name.
   2.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   2.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   2.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   2.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   2.007  b:3306 was asked to stop receiving from its source
   2.007  d:3306 was asked to stop receiving from its source
   2.012  b:3306 was asked to follow c:3306
   2.012  d:3306 was asked to follow c:3306
   2.013  Behind c:3306 already: b:3306, d:3306.
   2.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   2.015  c:3306 is less than 1 ms behind.
   2.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   2.022  a:3306 was asked to be read-only
   2.022  a:3306 was asked to end the connections of applications
   2.022  c:3306 has applied all that a:3306 has.
   2.022  Cut the designated replica loose from the old primary and let it take writes.
   2.032  c:3306 was asked to be the primary
   2.033  Point the old primary, and whoever does not follow the new one yet, at it.
   2.039  a:3306 was asked to follow c:3306
   2.040  Compare what the old primary has with what the new one has: nothing may be lost.
   2.042  c:3306 has everything that a:3306 has executed.
   2.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   2.042  Run PostFailoverProcesses.
   2.042  Run PostGracefulTakeoverProcesses, the last thing that is done.
   2.042  The designated replica is the primary, and the old one follows it.
   2.042  c:3306 is the primary now, in place of a:3306

topology
----
c:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ a:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
+ b:3306 [5s,ok,8.4.6,ro,ROW,>>,GTID]
+ d:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]

verdict
----
c:3306 takes writes and has all 10 acknowledged writes
never two servers of a cluster took writes
