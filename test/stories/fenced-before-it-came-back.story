# A fencing proves nothing of a host that was heard of since.
fleet a b<a c<a
config FencingLevelRequired "proven"
start
signal a fenced
tick 2
kill a
tick 15
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  ! pacemaker: node a is fenced
nothing happens
   2.001  the connection to a:3306 has ended; looking at it and at its replicas
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 4 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.004  ! No: nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven".
   3.004  Let the replicas receive again from their source, as they did before.
   3.004  Everything is as it was.
   3.004  Run PostUnsuccessfulFailoverProcesses.
   3.004  ! No successor serves the cluster; a person is needed. Nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven".
  13.004  Keep asking every server until the failure has held for the confirmation time, or is gone.
  13.005  DeadMaster has held for 9.9 s; last answered 12 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 4 observers say that it is dead, none that it lives.
  13.005  Ask every gate whether Baton may act; each that is shut says why.
  13.005  Every gate is open; 1 attempt came to nothing, the last one, recovery 8706c4eb, 10 s ago (nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven"); it may be tried again.
  13.005  Open the recovery in the journal, unless the cluster is held by another.
  13.005  A recovery was opened and goes on by itself.
  13.005  Ask every server of the cluster again and see that the finding still holds.
  13.006  DeadMaster of a:3306 holds: last answered 12 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  13.006  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  13.006  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  13.007  ! No: nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven".
  13.007  Let the replicas receive again from their source, as they did before.
  13.007  Everything is as it was.
  13.007  Run PostUnsuccessfulFailoverProcesses.
  13.007  ! No successor serves the cluster; a person is needed. Nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven".
