# The same with a command that proves nothing: nobody is promoted, and the replicas receive again.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config FencingLevelRequired "proven"
config FenceCommand "power-off {failedHost}"
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

tick 2
----
nothing happens

kill a
----
   2.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 5
----
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.004  ! No: nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven"; FenceCommand, whose end would be no proof, was not run.
   3.004  Let the replicas receive again from their source, as they did before.
   3.004  Everything is as it was.
   3.004  Run PostUnsuccessfulFailoverProcesses.
   3.004  ! No successor serves the cluster; a person is needed. Nobody can prove that a:3306 takes no writes (a:3306 refuses connections), and FencingLevelRequired is "proven"; FenceCommand, whose end would be no proof, was not run.

hooks
----
ok
