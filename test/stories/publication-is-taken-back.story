# A recovery that comes to nothing tells the world again of whom it has withdrawn.
fleet a b<a c<a
publisher
config ApplyDeadlinePolicy "wait"
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

publish a
stall b
stall c
write 3 a
tick 1
----
ok
ok
ok
3 were acknowledged
   0.002  the world was told of nobody as the primary of a:3306, and is told of a:3306 now

kill a
tick 3
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
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
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  nobody is sent to a primary of a:3306 any more
   2.004  Nobody is sent to a:3306 any more.
   2.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.008  b:3306 was asked to stop receiving from its source
   2.008  c:3306 was asked to stop receiving from its source
   2.008  Fetch what the failed primary has and no replica received, while its host still answers.
   2.008  No way to rescue anything is configured.
   2.008  Choose the successor: the replica that has received most, then the one that suits best.
   2.009  b:3306 is as good as c:3306, and comes first by name.
   2.009  Wait until the candidate has applied everything it has received.
   2.010  b:3306 has 3 transactions left to apply

published a
----
nobody

cancel ann a the site comes back
----
   4.001  ann said cancel: the site comes back
   4.001  Let the replicas receive again from their source, as they did before.
cancelled: Let the replicas receive again from their source, as they did before.

tick 2
----
   4.006  c:3306 was asked to receive from its source again
   4.011  b:3306 was asked to receive from its source again
   4.011  the world is told that a:3306 is the primary of a:3306
   4.011  Everything is as it was.
   4.011  Run PostUnsuccessfulFailoverProcesses.
   4.011  ! A person has cancelled it; this failure is left alone until a person says otherwise. Cancelled by ann: the site comes back.

published a
----
a:3306
