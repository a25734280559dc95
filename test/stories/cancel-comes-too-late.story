# After the promotion a cancel is refused with what is still to be done; before any run, or with two of them, it says what there is.
fleet a b<a c<a k l<k
hook PostFailoverProcesses tell-everybody
slow-hook PostFailoverProcesses 20
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
k:3306 is a primary
l:3306 replicates from k:3306
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  watching cluster k:3306: primary k:3306, 2 instances, 2 answering

cancel ann - nothing to do
----
refused: nothing goes on that could be cancelled

cancel ann a nothing to do here
----
refused: nothing changes a:3306 that could be cancelled

kill a
kill k
tick 3
----
   0.003  the connection to a:3306 has ended; looking at it and at its replicas
   0.003  the connection to k:3306 has ended; looking at it and at its replicas
   0.004  ! a:3306: DeadMaster; last answered 3 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   0.004  detection f7e79d2b: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.004  detection f7e79d2b: Keep asking every server until the failure has held for the confirmation time, or is gone.
   0.004  ! k:3306: DeadMaster; last answered 3 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   0.004  detection 239126bd: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.004  detection 239126bd: Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.004  detection f7e79d2b: DeadMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   1.004  detection f7e79d2b: Ask every gate whether Baton may act; each that is shut says why.
   1.004  detection f7e79d2b: Every gate is open.
   1.004  detection f7e79d2b: Open the recovery in the journal, unless the cluster is held by another.
   1.004  detection f7e79d2b: A recovery was opened and goes on by itself.
   1.004  recovery f7e79d2b: Ask every server of the cluster again and see that the finding still holds.
   1.004  detection 239126bd: DeadMaster has held for 1 s; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   1.004  detection 239126bd: Ask every gate whether Baton may act; each that is shut says why.
   1.004  detection 239126bd: Every gate is open.
   1.004  detection 239126bd: Open the recovery in the journal, unless the cluster is held by another.
   1.004  detection 239126bd: A recovery was opened and goes on by itself.
   1.004  recovery 239126bd: Ask every server of the cluster again and see that the finding still holds.
   1.005  recovery f7e79d2b: DeadMaster of a:3306 holds: last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   1.005  recovery f7e79d2b: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.005  recovery f7e79d2b: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.005  recovery 239126bd: DeadMaster of k:3306 holds: last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   1.005  recovery 239126bd: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.005  recovery 239126bd: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.006  recovery f7e79d2b: a:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.006  recovery f7e79d2b: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.006  recovery 239126bd: k:3306 refuses connections, so nothing more can be done to keep writes from it.
   1.006  recovery 239126bd: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.010  recovery f7e79d2b: b:3306 was asked to stop receiving from its source
   1.010  recovery f7e79d2b: c:3306 was asked to stop receiving from its source
   1.010  recovery f7e79d2b: Fetch what the failed primary has and no replica received, while its host still answers.
   1.010  recovery f7e79d2b: No way to rescue anything is configured.
   1.010  recovery f7e79d2b: Choose the successor: the replica that has received most, then the one that suits best.
   1.010  recovery 239126bd: l:3306 was asked to stop receiving from its source
   1.010  recovery 239126bd: Fetch what the failed primary has and no replica received, while its host still answers.
   1.010  recovery 239126bd: No way to rescue anything is configured.
   1.010  recovery 239126bd: Choose the successor: the replica that has received most, then the one that suits best.
   1.011  recovery f7e79d2b: b:3306 is as good as c:3306, and comes first by name.
   1.011  recovery f7e79d2b: Wait until the candidate has applied everything it has received.
   1.011  recovery 239126bd: l:3306 is the only replica that may be promoted.
   1.011  recovery 239126bd: Wait until the candidate has applied everything it has received.
   1.012  recovery f7e79d2b: b:3306 has applied all it received.
   1.012  recovery f7e79d2b: Cut the candidate loose from its dead source and let it take writes.
   1.012  recovery 239126bd: l:3306 has applied all it received.
   1.012  recovery 239126bd: Cut the candidate loose from its dead source and let it take writes.
   1.023  recovery f7e79d2b: b:3306 was asked to be the primary
   1.023  recovery 239126bd: l:3306 was asked to be the primary
   1.024  recovery f7e79d2b: Point the other replicas at the successor, all at once.
   1.024  recovery 239126bd: Point the other replicas at the successor, all at once.
   1.025  recovery 239126bd: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.025  recovery 239126bd: What is lost is not known: no commit waited for a replica when k:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.025  recovery 239126bd: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.025  recovery 239126bd: Run PostFailoverProcesses.
   1.025  recovery 239126bd: PostFailoverProcesses hook 1 of 1 started: tell-everybody
   1.029  recovery f7e79d2b: c:3306 was asked to follow b:3306
   1.030  recovery f7e79d2b: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.030  recovery f7e79d2b: What is lost is not known: no commit waited for a replica when a:3306 was last read, 1.01 s ago, and what it has committed since nobody can know.
   1.030  recovery f7e79d2b: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.030  recovery f7e79d2b: Run PostFailoverProcesses.
   1.030  recovery f7e79d2b: PostFailoverProcesses hook 1 of 1 started: tell-everybody

cancel ann - which one
----
refused: one of these must be named: recovery f7e79d2b of a:3306, recovery 239126bd of k:3306

cancel ann a too late
----
   3.004  ! recovery f7e79d2b: ann wanted to cancel it (too late); recovery f7e79d2b of a:3306 cannot be cancelled any more: the successor takes writes, which cannot be put back; the other replicas are still to be pointed at it and the hooks after a failover to be run, and whoever wants another primary makes a takeover afterwards
refused: recovery f7e79d2b of a:3306 cannot be cancelled any more: the successor takes writes, which cannot be put back; the other replicas are still to be pointed at it and the hooks after a failover to be run, and whoever wants another primary makes a takeover afterwards

tick 30
----
  21.025  recovery 239126bd: PostFailoverProcesses hook 1 of 1 exited 0 after 20 s
  21.025  recovery 239126bd: A successor serves the cluster.
  21.025  recovery 239126bd: l:3306 is the primary now, in place of k:3306
  21.030  recovery f7e79d2b: PostFailoverProcesses hook 1 of 1 exited 0 after 20 s
  21.030  recovery f7e79d2b: A successor serves the cluster.
  21.030  recovery f7e79d2b: b:3306 is the primary now, in place of a:3306

cancel ann a it is over
----
refused: nothing changes b:3306 that could be cancelled
