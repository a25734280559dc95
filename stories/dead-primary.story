# A primary dies. Of its two replicas one takes over, the other follows it, and no acknowledged write is lost.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PreFailoverProcesses echo recovering {failureCluster}
hook PostMasterFailoverProcesses echo {successorHost} is the primary now
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 10 a
----
10 were acknowledged

tick 3
----
nothing happens

kill a
----
   3.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 10
----
   3.002  ! a:3306: DeadMaster; last answered 999 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   3.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   4.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   4.002  Ask every gate whether Baton may act; each that is shut says why.
   4.002  Every gate is open.
   4.002  Open the recovery in the journal, unless the cluster is held by another.
   4.002  A recovery was opened and goes on by itself.
   4.002  Ask every server of the cluster again and see that the finding still holds.
   4.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   4.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   4.003  PreFailoverProcesses hook 1 of 1 started: echo recovering {failureCluster}
   4.003  PreFailoverProcesses hook 1 of 1 says: recovering a:3306
   4.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   4.013  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   4.014  a:3306 refuses connections, so nothing more can be done to keep writes from it.
   4.014  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   4.018  b:3306 was asked to stop receiving from its source
   4.018  c:3306 was asked to stop receiving from its source
   4.018  Fetch what the failed primary has and no replica received, while its host still answers.
   4.018  No way to rescue anything is configured.
   4.018  Choose the successor: the replica that has received most, then the one that suits best.
   4.019  b:3306 is as good as c:3306, and comes first by name.
   4.019  Wait until the candidate has applied everything it has received.
   4.020  b:3306 has applied all it received.
   4.020  Cut the candidate loose from its dead source and let it take writes.
   4.031  b:3306 was asked to be the primary
   4.032  Point the other replicas at the successor, all at once.
   4.037  c:3306 was asked to follow b:3306
   4.038  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   4.038  What is lost is not known: no commit waited for a replica when a:3306 was last read, 4.02 s ago, and what it has committed since nobody can know.
   4.038  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   4.038  PostMasterFailoverProcesses hook 1 of 1 started: echo {successorHost} is the primary now
   4.038  PostMasterFailoverProcesses hook 1 of 1 says: b is the primary now
   4.048  PostMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   4.048  Run PostFailoverProcesses.
   4.048  A successor serves the cluster.
   4.048  b:3306 is the primary now, in place of a:3306

topology
----
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>,replaced,downtimed]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 10 acknowledged writes
never two servers of a cluster took writes

hooks
----
   4.003  PreFailoverProcesses: echo recovering a:3306
   4.038  PostMasterFailoverProcesses: echo b is the primary now

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
 31  answered  judge (30): what is lost is not known: no commit waited for a replica when a:3306 was last read, 4.02 s ago, and what it has committed since nobody can know
 32  asked     postPrimaryHooks in postSuccess.announcingPrimary
 33  stage     PostMasterFailoverProcesses: 1 to run
 34  hook      PostMasterFailoverProcesses 1 of 1, attempt 1
 35  hooked    (34): exited 0 after 10 ms
 36  answered  postPrimaryHooks (32): ok
 37  asked     postFailoverHooks in postSuccess.announcing
 38  answered  postFailoverHooks (37): ok
 39  ended     recovered
