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
   3.026  1 of its replicas are still connected to a:3306, so it is not dead; no replica tries to reach a:3306, so nobody but Baton says that it is dead.
   3.026  ! Baton had no right to act, and said why.
a:3306: DeadMaster
  open treatment: DeadMaster is recovered by promoting a replica
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open downtime: a:3306 is not in downtime
  open replicas: 1 of its replicas can be reached
  open answers: nothing comes back from a:3306
  SHUT connected: 1 of its replicas are still connected to a:3306, so it is not dead
  SHUT witness: no replica tries to reach a:3306, so nobody but Baton says that it is dead
  open active: no recovery of a:3306 is under way
  open recent: no recovery of a:3306 ended within 1 h
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min
