# Orphans wait for a new source that applies nothing: a person cancels, and they are below their dead source as before.
fleet a b<a c<a d<b e<b
config RecoverIntermediateMasterClusterFilters ["*"]
hook PreFailoverProcesses prepare
hook PostUnsuccessfulFailoverProcesses page {failedHost}
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

stall c
write 3 a
tick 1
----
ok
3 were acknowledged
nothing happens

kill b
tick 3
----
   1.001  the connection to b:3306 has ended; looking at it and at its replicas
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
   2.003  PreFailoverProcesses hook 1 of 1 started: prepare
   2.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.013  See which replicas still need a source, and choose one for each.
   2.014  c:3306 replicates from a:3306, as b:3306 did.
   2.014  Wait until each new source has all that its replica holds, then have the replica follow it.

cancel ann b the rack is being moved
----
   4.001  ann said cancel: the rack is being moved
   4.001  Point the replicas at the source that they had before.
   4.001  Everything is as it was.
   4.001  Run PostUnsuccessfulFailoverProcesses.
   4.001  PostUnsuccessfulFailoverProcesses hook 1 of 1 started: page {failedHost}
cancelled: Point the replicas at the source that they had before.

tick 60
----
   4.011  PostUnsuccessfulFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   4.011  ! A person has cancelled it; this failure is left alone until a person says otherwise. Cancelled by ann: the rack is being moved.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - d:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [60s,lag,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

restart b
tick 5
----
ok
  64.056  the failure of b:3306 whose recovery 8706c4eb was cancelled is over; the next one is recovered again
  64.056  b:3306: DeadIntermediateMaster is over after 59.95 s
