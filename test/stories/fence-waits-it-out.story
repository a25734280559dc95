# The old primary's host gives up by itself: what is left of that time since the last contact is waited out, also by whoever continues (P2, P3).
fleet a b<a c<a
publisher
config FencingLevelRequired "timed"
config SelfFencingSeconds 10
start
publish a
publisher refuses
write 3 a
tick 2
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
ok
3 were acknowledged
   0.002  ! the world could not be told that a:3306 is the primary of a:3306: the proxy refuses

kill a
tick 5
die
tick 3
start
tick 8
verdict
----
   2.001  the connection to a:3306 has ended; looking at it and at its replicas
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
   3.004  ! the primary of a:3306 could not be withdrawn: the proxy refuses
   3.004  a:3306 could not be withdrawn: the proxy refuses; nobody has reached a:3306 for 1 s; only after 10 s (SelfFencingSeconds) it has given up by itself, which is waited for.
ok
nothing happens
  10.002  watching cluster a:3306: primary a:3306, 3 instances, 2 answering
  10.002  A controller continues this recovery in waitingOut.
  10.002  Ask every server of the cluster again and see that the finding still holds.
  10.003  DeadMaster of a:3306 holds: last answered 10 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
  10.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  10.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  10.004  ! the primary of a:3306 could not be withdrawn: the proxy refuses
  10.004  a:3306 could not be withdrawn: the proxy refuses; nobody has reached a:3306 for 8 s; only after 10 s (SelfFencingSeconds) it has given up by itself, which is waited for.
  12.002  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  12.003  ! the primary of a:3306 could not be withdrawn: the proxy refuses
  12.003  a:3306 could not be withdrawn: the proxy refuses; nobody has reached a:3306 for 10 s, and it gives up by itself after 10 s (SelfFencingSeconds).
  12.003  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
  12.007  b:3306 was asked to stop receiving from its source
  12.007  c:3306 was asked to stop receiving from its source
  12.007  Fetch what the failed primary has and no replica received, while its host still answers.
  12.007  No way to rescue anything is configured.
  12.007  Choose the successor: the replica that has received most, then the one that suits best.
  12.008  b:3306 is as good as c:3306, and comes first by name.
  12.008  Wait until the candidate has applied everything it has received.
  12.009  b:3306 has applied all it received.
  12.009  Cut the candidate loose from its dead source and let it take writes.
  12.020  b:3306 was asked to be the primary
  12.021  Point the other replicas at the successor, all at once.
  12.021  ! the world could not be told that b:3306 is the primary of a:3306: the proxy refuses
  12.026  c:3306 was asked to follow b:3306
  12.027  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
  12.027  What is lost is not known: no commit waited for a replica when a:3306 was last read, 12.01 s ago, and what it has committed since nobody can know.
  12.027  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
  12.027  Run PostFailoverProcesses.
  12.027  ! A successor serves the cluster; a hook or a publication that had to work did not, so somebody may not know of it. The world could not be told that b:3306 is the primary: the proxy refuses.
  12.027  b:3306 is the primary now, in place of a:3306
  15.003  ! the world could not be told that b:3306 is the primary of b:3306: the proxy refuses
b:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes
the world is told of a:3306
