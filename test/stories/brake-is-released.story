# The brake holds the recovery of a second cluster until a person says that they have looked.
fleet a b<a c d<c
config BrakeMaxRecoveries 1
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 is a primary
d:3306 replicates from c:3306
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
   0.001  watching cluster c:3306: primary c:3306, 2 instances, 2 answering

kill a
tick 4
----
   0.001  the connection to a:3306 has ended; looking at it and at its replicas
   0.002  ! a:3306: DeadMaster; last answered 1 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   0.002  detection f7e79d2b: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  detection f7e79d2b: Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  detection f7e79d2b: DeadMaster has held for 1 s; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   1.002  detection f7e79d2b: Ask every gate whether Baton may act; each that is shut says why.
   1.002  detection f7e79d2b: Every gate is open.
   1.002  detection f7e79d2b: Open the recovery in the journal, unless the cluster is held by another.
   1.002  detection f7e79d2b: A recovery was opened and goes on by itself.
   1.002  recovery f7e79d2b: Ask every server of the cluster again and see that the finding still holds.
   1.003  recovery f7e79d2b: DeadMaster of a:3306 holds: last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   1.003  recovery f7e79d2b: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  recovery f7e79d2b: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.004  recovery f7e79d2b: a:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.004  recovery f7e79d2b: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.008  recovery f7e79d2b: b:3306 was asked to stop receiving from its source
   1.008  recovery f7e79d2b: Fetch what the failed primary has and no replica received, while its host still answers.
   1.008  recovery f7e79d2b: No way to rescue anything is configured.
   1.008  recovery f7e79d2b: Choose the successor: the replica that has received most, then the one that suits best.
   1.009  recovery f7e79d2b: b:3306 is the only replica that may be promoted.
   1.009  recovery f7e79d2b: Wait until the candidate has applied everything it has received.
   1.010  recovery f7e79d2b: b:3306 has applied all it received.
   1.010  recovery f7e79d2b: Cut the candidate loose from its dead source and let it take writes.
   1.021  recovery f7e79d2b: b:3306 was asked to be the primary
   1.022  recovery f7e79d2b: Point the other replicas at the successor, all at once.
   1.023  recovery f7e79d2b: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.023  recovery f7e79d2b: What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.023  recovery f7e79d2b: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.023  recovery f7e79d2b: Run PostFailoverProcesses.
   1.023  recovery f7e79d2b: A successor serves the cluster.
   1.023  recovery f7e79d2b: b:3306 is the primary now, in place of a:3306

kill c
tick 4
----
   4.001  the connection to c:3306 has ended; looking at it and at its replicas
   4.002  ! c:3306: DeadMaster; last answered 998 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   4.002  detection 239126bd: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   4.002  detection 239126bd: Keep asking every server until the failure has held for the confirmation time, or is gone.
   5.002  detection 239126bd: DeadMaster has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   5.002  detection 239126bd: Ask every gate whether Baton may act; each that is shut says why.
   5.002  detection 239126bd: 1 recovery was begun within 10 min, and BrakeMaxRecoveries is 1; a person should look first; "baton acknowledge brake" says that one has.
   5.002  ! detection 239126bd: Baton had no right to act, and said why. 1 recovery was begun within 10 min, and BrakeMaxRecoveries is 1; a person should look first; "baton acknowledge brake" says that one has.

release-brake ann two hosts of one rack lost their power
tick 4
----
   8.001  ann has let the brake go: two hosts of one rack lost their power
   8.002  detection 492e3b0b: Keep asking every server until the failure has held for the confirmation time, or is gone.
   8.003  detection 492e3b0b: DeadMaster has held for 4 s; last answered 5 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   8.003  detection 492e3b0b: Ask every gate whether Baton may act; each that is shut says why.
   8.003  detection 492e3b0b: Every gate is open.
   8.003  detection 492e3b0b: Open the recovery in the journal, unless the cluster is held by another.
   8.003  detection 492e3b0b: A recovery was opened and goes on by itself.
   8.003  recovery 492e3b0b: Ask every server of the cluster again and see that the finding still holds.
   8.004  recovery 492e3b0b: DeadMaster of c:3306 holds: last answered 5 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   8.004  recovery 492e3b0b: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   8.004  recovery 492e3b0b: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   8.005  recovery 492e3b0b: c:3306 refuses connections, so nothing more can be done to keep writes from it.
   8.005  recovery 492e3b0b: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   8.009  recovery 492e3b0b: d:3306 was asked to stop receiving from its source
   8.009  recovery 492e3b0b: Fetch what the failed primary has and no replica received, while its host still answers.
   8.009  recovery 492e3b0b: No way to rescue anything is configured.
   8.009  recovery 492e3b0b: Choose the successor: the replica that has received most, then the one that suits best.
   8.010  recovery 492e3b0b: d:3306 is the only replica that may be promoted.
   8.010  recovery 492e3b0b: Wait until the candidate has applied everything it has received.
   8.011  recovery 492e3b0b: d:3306 has applied all it received.
   8.011  recovery 492e3b0b: Cut the candidate loose from its dead source and let it take writes.
   8.022  recovery 492e3b0b: d:3306 was asked to be the primary
   8.023  recovery 492e3b0b: Point the other replicas at the successor, all at once.
   8.024  recovery 492e3b0b: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   8.024  recovery 492e3b0b: What is lost is not known: no commit waited for a replica when c:3306 was last read, 8.01 s ago, and what it has committed since nobody can know.
   8.024  recovery 492e3b0b: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   8.024  recovery 492e3b0b: Run PostFailoverProcesses.
   8.024  recovery 492e3b0b: A successor serves the cluster.
   8.024  recovery 492e3b0b: d:3306 is the primary now, in place of c:3306
