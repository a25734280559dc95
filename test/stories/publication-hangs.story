# Whoever tells the world does not answer: the failover goes on without it after its time, and its end says that somebody may not know.
fleet a b<a c<a
publisher
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

publish a
publisher hangs
tick 1
----
ok
ok
nothing happens

kill a
tick 20
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  ! the world could not be told that a:3306 is the primary of a:3306: no answer came within 2 s
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.004  ! the primary of a:3306 could not be withdrawn: no answer came within 5 s
   7.004  a:3306 could not be withdrawn: no answer came within 5 s.
   7.004  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.008  b:3306 was asked to stop receiving from its source
   7.008  c:3306 was asked to stop receiving from its source
   7.008  Fetch what the failed primary has and no replica received, while its host still answers.
   7.008  No way to rescue anything is configured.
   7.008  Choose the successor: the replica that has received most, then the one that suits best.
   7.009  b:3306 is as good as c:3306, and comes first by name.
   7.009  Wait until the candidate has applied everything it has received.
   7.010  b:3306 has applied all it received.
   7.010  Cut the candidate loose from its dead source and let it take writes.
   7.021  b:3306 was asked to be the primary
   7.022  Point the other replicas at the successor, all at once.
   7.027  c:3306 was asked to follow b:3306
  12.022  ! the world could not be told that b:3306 is the primary of a:3306: no answer came within 5 s
  12.022  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  12.022  What is lost is not known: no commit waited for a replica when a:3306 was last read, 7.01 s ago, and what it has committed since nobody can know.
  12.022  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  12.022  Run PostFailoverProcesses.
  12.022  ! A successor serves the cluster; a hook or a publication that had to work did not, so somebody may not know of it. The world could not be told that b:3306 is the primary: no answer came within 5 s.
  12.022  b:3306 is the primary now, in place of a:3306

published b
----
a:3306
