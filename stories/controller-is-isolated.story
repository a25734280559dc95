# Most of what is watched falls silent at once: it may be Baton that is cut off, so nothing is decided until the others answer again.
fleet a b<a c<a d e<d f<d g<d
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 is a primary
e:3306 replicates from d:3306
f:3306 replicates from d:3306
g:3306 replicates from d:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
   0.001  watching cluster d:3306: primary d:3306, 4 instances, 4 answering

write 2 a
cut baton d
cut baton e
cut baton f
cut baton g
tick 2
----
2 were acknowledged
ok
ok
ok
ok
nothing happens

kill a
tick 4
----
   2.001  the connection to a:3306 has ended; looking at it and at its replicas
   2.002  d:3306: DeadMasterAndReplicas; last answered 2 s ago; 0 of 3 replicas reachable, 0 replicating
   2.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  detection f7e79d2b: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  detection f7e79d2b: Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  detection f7e79d2b: DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.002  detection f7e79d2b: Ask every gate whether Baton may act; each that is shut says why.
   3.002  detection f7e79d2b: 4 of 7 instances of all clusters fell silent to Baton at once, so it may be Baton that is cut off; see to its network, or to them; "baton recover" acts all the same.
   3.002  ! detection f7e79d2b: Baton had no right to act, and said why. 4 of 7 instances of all clusters fell silent to Baton at once, so it may be Baton that is cut off; see to its network, or to them; "baton recover" acts all the same.
   4.026  detection 239126bd: Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   4.026  detection 239126bd: The hooks were told; this kind of failure is never acted upon.

explain a
----
a:3306: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  SHUT reach: 4 of 7 instances of all clusters fell silent to Baton at once, so it may be Baton that is cut off; see to its network, or to them; "baton recover" acts all the same (since 6.001)
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed (since 6.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: a:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on a:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  open answers: a:3306 refuses connections (since 6.001)
  open connected: no replica is connected to a:3306 (since 6.001)
  open witness: 2 of its replicas try to reach a:3306 and cannot (since 6.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 0 recoveries were begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 6.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

heal baton d
heal baton e
tick 4
----
ok
ok
   6.102  d:3306: DeadMasterAndReplicas is over after 4.1 s
   7.002  detection 492e3b0b: Keep asking every server until the failure has held for the confirmation time, or is gone.
   7.003  detection 492e3b0b: DeadMaster has held for 5 s; last answered 6 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   7.003  detection 492e3b0b: Ask every gate whether Baton may act; each that is shut says why.
   7.003  detection 492e3b0b: Every gate is open.
   7.003  detection 492e3b0b: Open the recovery in the journal, unless the cluster is held by another.
   7.003  detection 492e3b0b: A recovery was opened and goes on by itself.
   7.003  recovery 492e3b0b: Ask every server of the cluster again and see that the finding still holds.
   7.004  recovery 492e3b0b: DeadMaster of a:3306 holds: last answered 6 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   7.004  recovery 492e3b0b: Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   7.004  recovery 492e3b0b: Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.005  recovery 492e3b0b: a:3306 refuses connections, so nothing more can be done to keep writes from it.
   7.005  recovery 492e3b0b: Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.009  recovery 492e3b0b: b:3306 was asked to stop receiving from its source
   7.009  recovery 492e3b0b: c:3306 was asked to stop receiving from its source
   7.009  recovery 492e3b0b: Fetch what the failed primary has and no replica received, while its host still answers.
   7.009  recovery 492e3b0b: No way to rescue anything is configured.
   7.009  recovery 492e3b0b: Choose the successor: the replica that has received most, then the one that suits best.
   7.010  recovery 492e3b0b: b:3306 is as good as c:3306, and comes first by name.
   7.010  recovery 492e3b0b: Wait until the candidate has applied everything it has received.
   7.011  recovery 492e3b0b: b:3306 has applied all it received.
   7.011  recovery 492e3b0b: Cut the candidate loose from its dead source and let it take writes.
   7.022  recovery 492e3b0b: b:3306 was asked to be the primary
   7.023  recovery 492e3b0b: Point the other replicas at the successor, all at once.
   7.028  recovery 492e3b0b: c:3306 was asked to follow b:3306
   7.029  recovery 492e3b0b: Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.029  recovery 492e3b0b: What is lost is not known: no commit waited for a replica when a:3306 was last read, 7.01 s ago, and what it has committed since nobody can know.
   7.029  recovery 492e3b0b: Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.029  recovery 492e3b0b: Run PostFailoverProcesses.
   7.029  recovery 492e3b0b: A successor serves the cluster.
   7.029  recovery 492e3b0b: b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 2 acknowledged writes
d:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
