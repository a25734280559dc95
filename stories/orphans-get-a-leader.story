# There is no other replica in the data centre of a dead intermediate source: the best of its own replicas leads the others, so the primary feeds as many as before.
fleet p1 q2<p1 r1<p1 s2<q2 t2<q2 u2<q2
----
p1:3306 is a primary
q2:3306 replicates from p1:3306
r1:3306 replicates from p1:3306
s2:3306 replicates from q2:3306
t2:3306 replicates from q2:3306
u2:3306 replicates from q2:3306

config RecoverIntermediateMasterClusterFilters ["*"]
config DataCenterPattern "([0-9])$"
hook PostIntermediateMasterFailoverProcesses echo {failedHost} {successorHost}
----
ok
ok
ok

start
----
   0.001  watching cluster p1:3306: primary p1:3306, 6 instances, 6 answering

write 3 p1
tick 1
----
3 were acknowledged
nothing happens

lag t2 60000
write 3 p1
tick 1
----
ok
3 were acknowledged
nothing happens

kill q2
----
   2.001  the connection to q2:3306 has ended; looking at it and at its replicas

tick 15
----
   2.002  ! q2:3306: DeadIntermediateMaster; last answered 1 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it; 4 of 4 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask the source and its replicas again and see that the finding still holds.
   3.003  DeadIntermediateMaster of q2:3306 holds: last answered 2 s ago; 3 of 3 replicas reachable, 0 replicating, 3 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  See which replicas still need a source, and choose one for each.
   3.004  No sibling of q2:3306 is in its data centre, and s2:3306 is as good as u2:3306, and comes first by name.
   3.004  Wait until each new source has all that its replica holds, then have the replica follow it.
   3.009  s2:3306 was asked to follow r1:3306
   3.009  u2:3306 was asked to follow s2:3306
   3.010  t2:3306 was asked to follow s2:3306
   3.010  All were told to follow their new source.
   3.010  See on the replicas themselves that they replicate; one that does not is given another source.
   3.011  3 of 3 that were moved replicate.
   3.011  Run PostIntermediateMasterFailoverProcesses.
   3.011  PostIntermediateMasterFailoverProcesses hook 1 of 1 started: echo {failedHost} {successorHost}
   3.011  PostIntermediateMasterFailoverProcesses hook 1 of 1 says: q2 s2
   3.021  PostIntermediateMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.021  Run PostFailoverProcesses.
   3.021  All replicas of the dead source replicate from another.
   3.021  s2:3306 is the source now, in place of q2:3306

topology
----
p1:3306       [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- q2:3306     [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ r1:3306     [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + s2:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
    + t2:3306 [12s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
    + u2:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

hooks
----
   3.011  PostIntermediateMasterFailoverProcesses: echo q2 s2

tick 60
----
nothing happens

topology
----
p1:3306       [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- q2:3306     [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ r1:3306     [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + s2:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
    + t2:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
    + u2:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
p1:3306 takes writes and has all 6 acknowledged writes
never two servers of a cluster took writes
