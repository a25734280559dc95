# Nobody but a cluster manager can prove that a dead primary takes no more writes: its fencing is waited for, read again and relied on.
fleet a b<a c<a
config FencingLevelRequired "proven"
start
write 3 a
signal a up
tick 2
kill a
tick 0.5
signal a lost fencing
tick 4
signal a fenced
tick 3
signals
journal
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
3 were acknowledged
   0.001  pacemaker: node a is up
nothing happens
   2.001  the connection to a:3306 has ended; looking at it and at its replicas
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.501  ! pacemaker: node a is lost
   3.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.004  Pacemaker has lost node a, 503 ms ago: node a is lost; its fencing is waited for.
   4.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   4.005  Pacemaker has lost node a, 1.5 s ago: node a is lost; its fencing is waited for.
   5.005  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   5.006  Pacemaker has lost node a, 2.5 s ago: node a is lost; its fencing is waited for.
   6.006  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   6.007  Pacemaker has lost node a, 3.51 s ago: node a is lost; its fencing is waited for.
   6.501  ! pacemaker: node a is fenced
   7.007  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.008  Pacemaker has made sure that node a is off, 507 ms ago: node a is fenced.
   7.008  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.012  b:3306 was asked to stop receiving from its source
   7.012  c:3306 was asked to stop receiving from its source
   7.012  Fetch what the failed primary has and no replica received, while its host still answers.
   7.012  No way to rescue anything is configured.
   7.012  Choose the successor: the replica that has received most, then the one that suits best.
   7.013  b:3306 is as good as c:3306, and comes first by name.
   7.013  Wait until the candidate has applied everything it has received.
   7.014  b:3306 has applied all it received.
   7.014  Cut the candidate loose from its dead source and let it take writes.
   7.025  b:3306 was asked to be the primary
   7.026  Point the other replicas at the successor, all at once.
   7.031  c:3306 was asked to follow b:3306
   7.032  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.032  What is lost is not known: no commit waited for a replica when a:3306 was last read, 7.01 s ago, and what it has committed since nobody can know.
   7.032  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.032  Run PostFailoverProcesses.
   7.032  A successor serves the cluster.
   7.032  b:3306 is the primary now, in place of a:3306
   6.501  a:3306: fenced; node a is fenced
   2.501  a:3306: lost; node a is lost
   0.001  a:3306: up; node a is up
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     fence in fencing
  6  answered  fence (5): pacemaker has lost node a, 503 ms ago: node a is lost; its fencing is waited for
  7  timer     xstate.after.selfFencing.recovery.waitingOut
  8  fired     xstate.after.selfFencing.recovery.waitingOut
  9  asked     fence in fencing
 10  answered  fence (9): pacemaker has lost node a, 1.5 s ago: node a is lost; its fencing is waited for
 11  timer     xstate.after.selfFencing.recovery.waitingOut
 12  fired     xstate.after.selfFencing.recovery.waitingOut
 13  asked     fence in fencing
 14  answered  fence (13): pacemaker has lost node a, 2.5 s ago: node a is lost; its fencing is waited for
 15  timer     xstate.after.selfFencing.recovery.waitingOut
 16  fired     xstate.after.selfFencing.recovery.waitingOut
 17  asked     fence in fencing
 18  answered  fence (17): pacemaker has lost node a, 3.51 s ago: node a is lost; its fencing is waited for
 19  timer     xstate.after.selfFencing.recovery.waitingOut
 20  fired     xstate.after.selfFencing.recovery.waitingOut
 21  asked     fence in fencing
 22  answered  fence (21): pacemaker has made sure that node a is off, 507 ms ago: node a is fenced
 23  asked     gather in failover.gathering
 24  act       b:3306: stop receiving from its source
 25  act       c:3306: stop receiving from its source
 26  acted     (24): done
 27  acted     (25): done
 28  answered  gather (23): ok
 29  asked     rescue in failover.rescuing
 30  answered  rescue (29): no way to rescue anything is configured
 31  asked     elect in failover.electing
 32  answered  elect (31): b:3306 is as good as c:3306, and comes first by name
 33  asked     catchUp in failover.catchingUp
 34  answered  catchUp (33): b:3306 has applied all it received
 35  asked     promote in promotion.promoting
 36  act       b:3306: be the primary
 37  acted     (36): done
 38  answered  promote (35): ok
 39  asked     repoint in postSuccess.repointing
 40  act       c:3306: follow b:3306
 41  acted     (40): done
 42  answered  repoint (39): ok
 43  asked     judge in postSuccess.judging
 44  answered  judge (43): what is lost is not known: no commit waited for a replica when a:3306 was last read, 7.01 s ago, and what it has committed since nobody can know
 45  asked     postPrimaryHooks in postSuccess.announcingPrimary
 46  answered  postPrimaryHooks (45): ok
 47  asked     postFailoverHooks in postSuccess.announcing
 48  answered  postFailoverHooks (47): ok
 49  ended     recovered
b:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes
