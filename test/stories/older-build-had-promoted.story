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
   2.002  Open the recovery in the journal, unless the cluster is held by another.
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
   2.018  Fetch what the failed primary has and no replica received, while its host still answers.
   2.018  No way to rescue anything is configured.
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

tick 10
----
  11.006  c:3306 was asked to receive from its source again
  11.006  b:3306 was asked to receive from its source again
  11.006  ! No server was told to be the primary, so the failure is looked at afresh.
  12.003  ! a:3306: DeadMaster; last answered 12 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  12.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
  13.003  DeadMaster has held for 1 s; last answered 13 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  13.003  Ask every gate whether Baton may act; each that is shut says why.
  13.003  Every gate is open.
  13.003  Open the recovery in the journal, unless the cluster is held by another.
  13.003  A recovery was opened and goes on by itself.
  13.003  Ask every server of the cluster again and see that the finding still holds.
  13.004  DeadMaster of a:3306 holds: last answered 13 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  13.004  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  13.004  PreFailoverProcesses hook 1 of 1 started: prepare
  13.014  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  13.014  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  13.015  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  13.015  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  13.019  b:3306 was asked to stop receiving from its source
  13.019  c:3306 was asked to stop receiving from its source
  13.019  Fetch what the failed primary has and no replica received, while its host still answers.
  13.019  No way to rescue anything is configured.
  13.019  Choose the successor: the replica that has received most, then the one that suits best.
  13.020  b:3306 is as good as c:3306, and comes first by name.
  13.020  Wait until the candidate has applied everything it has received.
  13.021  b:3306 has applied all it received.
  13.021  Cut the candidate loose from its dead source and let it take writes.
  13.032  b:3306 was asked to be the primary
  13.033  Point the other replicas at the successor, all at once.
  13.038  c:3306 was asked to follow b:3306
  13.039  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  13.039  What is lost is not known: no commit waited for a replica when a:3306 was last read, 13.02 s ago, and what it has committed since nobody can know.
  13.039  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  13.039  PostMasterFailoverProcesses hook 1 of 1 started: page {successorHost}
  13.049  PostMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
  13.049  Run PostFailoverProcesses.
  13.049  A successor serves the cluster.
  13.049  b:3306 is the primary now, in place of a:3306

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 13 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  answered  preFailoverHooks (3): ok
  8  asked     fence in fencing
  9  answered  fence (8): a:3306 refuses connections, so nothing more can be done to keep writes from it
 10  asked     gather in failover.gathering
 11  act       b:3306: stop receiving from its source
 12  act       c:3306: stop receiving from its source
 13  acted     (11): done
 14  acted     (12): done
 15  answered  gather (10): ok
 16  asked     rescue in failover.rescuing
 17  answered  rescue (16): no way to rescue anything is configured
 18  asked     elect in failover.electing
 19  answered  elect (18): b:3306 is as good as c:3306, and comes first by name
 20  asked     catchUp in failover.catchingUp
 21  answered  catchUp (20): b:3306 has applied all it received
 22  asked     promote in promotion.promoting
 23  act       b:3306: be the primary
 24  acted     (23): done
 25  answered  promote (22): ok
 26  asked     repoint in postSuccess.repointing
 27  act       c:3306: follow b:3306
 28  acted     (27): done
 29  answered  repoint (26): ok
 30  asked     judge in postSuccess.judging
 31  answered  judge (30): what is lost is not known: no commit waited for a replica when a:3306 was last read, 13.02 s ago, and what it has committed since nobody can know
 32  asked     postPrimaryHooks in postSuccess.announcingPrimary
 33  stage     PostMasterFailoverProcesses: 1 to run
 34  hook      PostMasterFailoverProcesses 1 of 1, attempt 1
 35  hooked    (34): exited 0 after 10 ms
 36  answered  postPrimaryHooks (32): ok
 37  asked     postFailoverHooks in postSuccess.announcing
 38  answered  postFailoverHooks (37): ok
 39  ended     recovered

hooks
----
   2.003  PreFailoverProcesses: prepare
  13.004  PreFailoverProcesses: prepare
  13.039  PostMasterFailoverProcesses: page b

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
