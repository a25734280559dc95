# A controller that was stopped (SIGSTOP) has seen nothing meanwhile: what it knew of a failure says nothing of the time
# between, and a primary that was gone before and is back is left alone.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

kill a
tick 0.3
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.

pause
restart a
tick 10
----
ok
ok
nothing happens

continue
tick 3
----
ok
  11.303  a:3306: DeadMaster was gone after 2 ms.
  11.303  The failure was gone before it had lasted long enough to act.
  12.302  a:3306: DeadMaster is over after 11.3 s

# One that is really gone is confirmed from the moment when the controller could see again.
kill a
tick 0.3
----
  14.301  the connection to a:3306 has ended; looking at it and at its replicas
  14.302  ! a:3306: DeadMaster; last answered 999 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  14.302  Keep asking every server until the failure has held for the confirmation time, or is gone.

pause
tick 10
----
ok
nothing happens

continue
tick 3
----
ok
  25.601  DeadMaster has held for 1 s; last answered 12.3 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
  25.601  Ask every gate whether Baton may act; each that is shut says why.
  25.601  Every gate is open.
  25.601  Open the recovery in the journal, unless the cluster is held by another.
  25.601  A recovery was opened and goes on by itself.
  25.601  Ask every server of the cluster again and see that the finding still holds.
  25.602  DeadMaster of a:3306 holds: last answered 12.3 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  25.602  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  25.602  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  25.603  a:3306 refuses connections, so nothing more can be done to keep writes from it.
  25.603  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  25.607  b:3306 was asked to stop receiving from its source
  25.607  c:3306 was asked to stop receiving from its source
  25.607  Fetch what the failed primary has and no replica received, while its host still answers.
  25.607  No way to rescue anything is configured.
  25.607  Choose the successor: the replica that has received most, then the one that suits best.
  25.608  b:3306 is as good as c:3306, and comes first by name.
  25.608  Wait until the candidate has applied everything it has received.
  25.609  b:3306 has applied all it received.
  25.609  Cut the candidate loose from its dead source and let it take writes.
  25.620  b:3306 was asked to be the primary
  25.621  Point the other replicas at the successor, all at once.
  25.626  c:3306 was asked to follow b:3306
  25.627  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  25.627  What is lost is not known: no commit waited for a replica when a:3306 was last read, 13.31 s ago, and what it has committed since nobody can know.
  25.627  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  25.627  Run PostFailoverProcesses.
  25.627  A successor serves the cluster.
  25.627  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes
