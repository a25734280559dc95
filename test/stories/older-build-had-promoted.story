# Where the older build had already told a server to be the primary, nothing is begun anew: that could make two. A person is told where to look.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PreFailoverProcesses prepare
hook PostMasterFailoverProcesses page {successorHost}
----
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

die 33
----
ok

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 10
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless one is active or too recent.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  PreFailoverProcesses hook 1 of 1 started: prepare
   2.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   2.013  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.014  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   2.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.018  b:3306 was asked to stop receiving from its source
   2.018  c:3306 was asked to stop receiving from its source
   2.018  Choose the successor: the replica that has received most, then the one that suits best.
   2.019  b:3306 is as good as c:3306, and comes first by name.
   2.019  Wait until the candidate has applied everything it has received.
   2.020  b:3306 has applied all it received.
   2.020  Cut the candidate loose from its dead source and let it take writes.

older-build gather collect
----
ok

start
----
  11.002  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
  11.002  ! This build cannot continue what another began: the machine does not ask for "collect" here.
  11.002  PostMasterFailoverProcesses hook 1 of 1 started: page {successorHost}

tick 10
----
  11.012  PostMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  11.012  ! b:3306 was told to be the primary: see whether it is, and point the other replicas at it.
  12.003  ! a:3306: DeadMaster; last answered 12 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  answered  preFailoverHooks (3): ok
  8  asked     fence in fencing
  9  answered  fence (8): a:3306 refuses connections, so nothing more can be done to keep writes from it
 10  asked     collect in failover.gathering
 11  act       b:3306: stop receiving from its source
 12  act       c:3306: stop receiving from its source
 13  acted     (11): done
 14  acted     (12): done
 15  answered  collect (10): ok
 16  asked     elect in failover.electing
 17  answered  elect (16): b:3306 is as good as c:3306, and comes first by name
 18  asked     catchUp in failover.catchingUp
 19  answered  catchUp (18): b:3306 has applied all it received
 20  asked     promote in promotion.promoting
 21  act       b:3306: be the primary
 22  acted     (21): done
 23  stage     PostMasterFailoverProcesses: 1 to run
 24  hook      PostMasterFailoverProcesses 1 of 1, attempt 1
 25  hooked    (24): exited 0 after 10 ms
 26  ended     interruptedByUpgrade

hooks
----
   2.003  PreFailoverProcesses: prepare
  11.002  PostMasterFailoverProcesses: page b

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- c:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
