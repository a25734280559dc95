# A primary that falls silent without a word is found dead long before its replicas would say so by themselves: they are asked.
fleet a b<a c<a
patience b 60
patience c 60
hook PreFailoverProcesses drain
start
write 2 a
tick 1
lag b 5000
freeze a
tick 6
journal
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
2 were acknowledged
nothing happens
ok
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   2.330  b:3306 could not connect to a:3306 anew within 275 ms.
   2.330  It could not, so have all the others do the same at once.
   2.360  c:3306 was asked to connect to its source anew
   2.385  ! a:3306: DeadMaster; last answered 2.38 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.885  b:3306, c:3306 could not connect to a:3306 anew within 525 ms.
   2.885  No replica that was asked can reach it either.
   2.885  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.885  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.030  b:3306 was asked to connect to its source anew
   3.030  c:3306 was asked to connect to its source anew
   3.280  DeadMaster has held for 1.25 s; last answered 3.28 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.280  Ask every gate whether Baton may act; each that is shut says why.
   3.280  Every gate is open.
   3.280  Open the recovery in the journal, unless the cluster is held by another.
   3.280  A recovery was opened and goes on by itself.
   3.280  Ask every server of the cluster again and see that the finding still holds.
   3.380  DeadMaster of a:3306 holds: last answered 3.38 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.380  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.380  PreFailoverProcesses hook 1 of 1 started: drain
   3.390  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.390  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.490  a:3306 did not answer within 100 ms, so nothing more can be done to keep writes from it.
   3.490  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.494  b:3306 was asked to stop receiving from its source
   3.494  c:3306 was asked to stop receiving from its source
   3.494  Fetch what the failed primary has and no replica received, while its host still answers.
   3.494  No way to rescue anything is configured.
   3.494  Choose the successor: the replica that has received most, then the one that suits best.
   3.495  b:3306 is as good as c:3306, and comes first by name.
   3.495  Wait until the candidate has applied everything it has received.
   3.496  b:3306 has applied all it received.
   3.496  Cut the candidate loose from its dead source and let it take writes.
   3.606  b:3306 was asked to be the primary
   3.607  Point the other replicas at the successor, all at once.
   3.612  c:3306 was asked to follow b:3306
   3.613  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.613  What is lost is not known: no commit waited for a replica when a:3306 was last read, 3.49 s ago, and what it has committed since nobody can know.
   3.613  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.613  Run PostFailoverProcesses.
   3.613  A successor serves the cluster.
   3.613  b:3306 is the primary now, in place of a:3306
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 3.38 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  answered  preFailoverHooks (3): ok
  8  asked     fence in fencing
  9  answered  fence (8): a:3306 did not answer within 100 ms, so nothing more can be done to keep writes from it
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
 31  answered  judge (30): what is lost is not known: no commit waited for a replica when a:3306 was last read, 3.49 s ago, and what it has committed since nobody can know
 32  asked     postPrimaryHooks in postSuccess.announcingPrimary
 33  answered  postPrimaryHooks (32): ok
 34  asked     postFailoverHooks in postSuccess.announcing
 35  answered  postFailoverHooks (34): ok
 36  ended     recovered
a:3306 takes writes and has all 2 acknowledged writes
b:3306 takes writes and has all 2 acknowledged writes
a:3306 and b:3306 took writes at once from    3.601 on, after "SET GLOBAL read_only = 0" on b:3306
