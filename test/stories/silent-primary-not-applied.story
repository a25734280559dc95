# A silent primary whose only replica stays connected and does not apply: nobody is asked, and nobody promoted, for it is connected.
fleet a b<a
patience b 60
start
break-apply b
tick 1
freeze a
tick 6
explain
----
a:3306 is a primary
b:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
ok
nothing happens
ok
   2.026  ! a:3306: DeadMaster; last answered 2.02 s ago; 1 of 1 replicas reachable, 0 replicating
   2.026  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.026  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.026  DeadMaster has held for 1 s; last answered 3.02 s ago; 1 of 1 replicas reachable, 0 replicating; 1 of 2 observers say that it is dead, 1 that it lives.
   3.026  Ask every gate whether Baton may act; each that is shut says why.
   3.026  1 of its replicas are still connected to a:3306, so it is not dead; "baton takeover" replaces one that lives; no replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover".
   3.026  ! Baton had no right to act, and said why. 1 of its replicas are still connected to a:3306, so it is not dead; "baton takeover" replaces one that lives; no replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover".
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 1 of 2 instances of all clusters fell silent at once
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: a:3306 is not in downtime
  open maintenance: nobody works on a:3306
  open replicas: 1 of its replicas can be reached
  open answers: nothing comes back from a:3306
  SHUT connected: 1 of its replicas are still connected to a:3306, so it is not dead; "baton takeover" replaces one that lives
  SHUT witness: no replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover"
  open takes-writes: nothing is written at a:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: a:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min
  SHUT candidate: no replica may be promoted: b:3306 cannot apply what it has received: Duplicate entry '7' for key 'PRIMARY'
  open fencing: FencingLevelRequired is "attempted"
