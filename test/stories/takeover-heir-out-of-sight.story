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
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  b:3306 is named.
   1.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   1.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
ok
   1.007  c:3306 was asked to stop receiving from its source
   1.012  c:3306 was asked to follow b:3306
   1.013  Behind b:3306 already: c:3306.
   1.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   1.015  b:3306 is less than 1 ms behind.
   1.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   1.022  a:3306 was asked to be read-only
   1.022  a:3306 was asked to end the connections of applications
   1.022  b:3306 has applied all that a:3306 has.
   1.022  Cut the designated replica loose from the old primary and let it take writes.
   1.032  b:3306 was asked to be the primary
   1.033  Point the old primary, and whoever does not follow the new one yet, at it.
   1.039  a:3306 was asked to follow b:3306
   1.040  Compare what the old primary has with what the new one has: nothing may be lost.
   1.042  b:3306 has everything that a:3306 has executed.
   1.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.

cut baton b
start
tick 20
----
ok
   3.002  watching cluster b:3306: primary b:3306, 3 instances, 2 answering
   3.002  A controller continues this takeover in postSuccess.announcingPrimary.
   3.002  See on the servers themselves whether the designated replica is the primary.
   4.002  b:3306 did not answer within 1000 ms, so it may take writes by now: no other is promoted.
   4.002  Point the old primary, and whoever does not follow the new one yet, at it.
   6.002  ! a:3306 is left behind: the successor cannot be asked what it has: b:3306 did not answer within 1000 ms
   6.002  ! c:3306 is left behind: the successor cannot be asked what it has: b:3306 did not answer within 1000 ms
   6.002  Compare what the old primary has with what the new one has: nothing may be lost.
   7.003  b:3306 cannot be asked what it has: b:3306 did not answer within 1000 ms.
   7.003  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   7.003  Run PostFailoverProcesses.
   7.003  Run PostGracefulTakeoverProcesses, the last thing that is done.
   7.003  The designated replica is the primary, and the old one follows it.
   7.003  b:3306 is the primary now, in place of a:3306; left behind: a:3306, c:3306
   8.007  b:3306: UnreachableMaster; last answered 6.97 s ago; 2 of 2 replicas reachable, 2 replicating
   8.007  Have one replica, the one that would be missed least, connect to its silent source anew.
   8.036  a:3306 was asked to connect to its source anew
   8.061  a:3306 connected to b:3306 anew, so it is Baton that cannot reach it.
   8.061  A replica reaches it, so it lives, and only we cannot.
   9.602  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   9.602  The hooks were told; this kind of failure is never acted upon.

topology
----
b:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
+ a:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
