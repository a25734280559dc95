# A fencing that was due and does not come is waited for no longer than a minute; then everything is put back.
fleet a b<a c<a
config FencingLevelRequired "proven"
start
signal a up
tick 2
kill a
signal a lost fencing
tick 70
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  pacemaker: node a is up
nothing happens
   2.001  the connection to a:3306 has ended; looking at it and at its replicas
   2.001  ! pacemaker: node a is lost
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.004  Pacemaker has lost node a, 1 s ago: node a is lost; its fencing is waited for.
   4.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   4.005  Pacemaker has lost node a, 2 s ago: node a is lost; its fencing is waited for.
   5.005  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   5.006  Pacemaker has lost node a, 3 s ago: node a is lost; its fencing is waited for.
   6.006  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   6.007  Pacemaker has lost node a, 4.01 s ago: node a is lost; its fencing is waited for.
   7.009  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.010  Pacemaker has lost node a, 5.01 s ago: node a is lost; its fencing is waited for.
   8.262  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   8.263  Pacemaker has lost node a, 6.26 s ago: node a is lost; its fencing is waited for.
   9.829  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   9.830  Pacemaker has lost node a, 7.83 s ago: node a is lost; its fencing is waited for.
  11.787  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  11.788  Pacemaker has lost node a, 9.79 s ago: node a is lost; its fencing is waited for.
  14.235  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  14.236  Pacemaker has lost node a, 12.23 s ago: node a is lost; its fencing is waited for.
  17.295  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  17.296  Pacemaker has lost node a, 15.29 s ago: node a is lost; its fencing is waited for.
  21.120  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  21.121  Pacemaker has lost node a, 19.12 s ago: node a is lost; its fencing is waited for.
  25.901  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  25.902  Pacemaker has lost node a, 23.9 s ago: node a is lost; its fencing is waited for.
  31.877  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  31.878  Pacemaker has lost node a, 29.88 s ago: node a is lost; its fencing is waited for.
  39.347  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  39.348  Pacemaker has lost node a, 37.35 s ago: node a is lost; its fencing is waited for.
  48.685  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  48.686  Pacemaker has lost node a, 46.69 s ago: node a is lost; its fencing is waited for.
  60.357  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  60.358  Pacemaker has lost node a, 58.36 s ago: node a is lost; its fencing is waited for.
