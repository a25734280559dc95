# Nobody may feed the replicas of a dead intermediate source: all is as it was, and they go on when it comes back.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
config InstanceBulkOperationsWaitTimeoutSeconds 1
hook PostUnsuccessfulFailoverProcesses page {failedHost}
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

break d CHANGE MASTER TO …
break e CHANGE MASTER TO …
----
ok
ok

kill b
----
   1.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 8
----
   1.002  ! b:3306: DeadIntermediateMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask the source and its replicas again and see that the finding still holds.
   2.003  DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  See which replicas still need a source, and choose one for each.
   2.004  c:3306 replicates from a:3306, as b:3306 did.
   2.004  Wait until each new source has all that its replica holds, then have the replica follow it.
   2.007  ! d:3306 would not follow c:3306: d:3306 answered "CHANGE MASTER TO …" with: the story forbids it
   2.007  ! e:3306 would not follow c:3306: e:3306 answered "CHANGE MASTER TO …" with: the story forbids it
   2.007  d:3306 stays: d:3306 answered "CHANGE MASTER TO …" with: the story forbids it; e:3306 stays: e:3306 answered "CHANGE MASTER TO …" with: the story forbids it.
   2.007  See which replicas still need a source, and choose one for each.
   2.008  a:3306 is the source of b:3306.
   2.008  Wait until each new source has all that its replica holds, then have the replica follow it.
   2.011  ! d:3306 would not follow a:3306: d:3306 answered "CHANGE MASTER TO …" with: the story forbids it
   2.011  ! e:3306 would not follow a:3306: e:3306 answered "CHANGE MASTER TO …" with: the story forbids it
   2.011  d:3306 stays: d:3306 answered "CHANGE MASTER TO …" with: the story forbids it; e:3306 stays: e:3306 answered "CHANGE MASTER TO …" with: the story forbids it.
   2.011  See which replicas still need a source, and choose one for each.
   2.012  d:3306: c:3306 was tried, and d:3306 answered "CHANGE MASTER TO …" with: the story forbids it; a:3306 was tried, and d:3306 answered "CHANGE MASTER TO …" with: the story forbids it; e:3306: c:3306 was tried, and e:3306 answered "CHANGE MASTER TO …" with: the story forbids it; a:3306 was tried, and e:3306 answered "CHANGE MASTER TO …" with: the story forbids it.
   2.012  Point the replicas at the source that they had before.
   2.018  Everything is as it was.
   2.018  Run PostUnsuccessfulFailoverProcesses.
   2.018  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
   2.028  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.028  ! The replicas of the dead source still have no other; a person is needed. No replica could be given another source: d:3306: c:3306 was tried, and d:3306 answered "CHANGE MASTER TO …" with: the story forbids it; a:3306 was tried, and d:3306 answered "CHANGE MASTER TO …" with: the story forbids it; e:3306: c:3306 was tried, and e:3306 answered "CHANGE MASTER TO …" with: the story forbids it; a:3306 was tried, and e:3306 answered "CHANGE MASTER TO …" with: the story forbids it.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - d:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

hooks
----
   2.018  PostUnsuccessfulFailoverProcesses: page b

mend d
mend e
restart b
----
ok
ok
ok

tick 3
----
   9.002  b:3306: UnreachableIntermediateMaster; last answered 9 s ago; 2 of 2 replicas reachable, 2 replicating
   9.102  b:3306: UnreachableIntermediateMaster is over after 100 ms

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + e:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
