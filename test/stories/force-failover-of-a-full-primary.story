# A primary that has no connection left lives and cannot be told to stop: whoever forces a failover is told so before it is done.
fleet a b<a c<a
start
write 5 a
tick 1
crowd a
tick 6
force-failover a
tick 5
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
5 were acknowledged
nothing happens
ok
   1.003  ! a:3306: DeadMaster; answers, but was last read 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; it has no connection left for Baton: raise max_connections, or find out who takes them all
   1.003  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.003  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.003  DeadMaster has held for 1 s; answers, but was last read 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 2 of 3 observers say that it is dead, 1 that it lives.
   2.003  Ask every gate whether Baton may act; each that is shut says why.
   2.003  a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives.
   2.003  ! Baton had no right to act, and said why. a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives.
   7.001  Ask every server of the cluster again and see that the finding still holds.
   7.002  a:3306 is to be replaced, as ann has ordered: the story wants it; but a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead: it cannot be made read-only, and may go on taking writes beside its successor.
   7.002  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   7.002  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   7.003  a:3306 cannot be asked: Too many connections, so nothing more can be done to keep writes from it.
   7.003  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   7.007  b:3306 was asked to stop receiving from its source
   7.007  c:3306 was asked to stop receiving from its source
   7.007  Fetch what the failed primary has and no replica received, while its host still answers.
   7.007  No way to rescue anything is configured.
   7.007  Choose the successor: the replica that has received most, then the one that suits best.
   7.008  b:3306 is as good as c:3306, and comes first by name.
   7.008  Wait until the candidate has applied everything it has received.
   7.009  b:3306 has applied all it received.
   7.009  Cut the candidate loose from its dead source and let it take writes.
   7.020  b:3306 was asked to be the primary
   7.021  Point the other replicas at the successor, all at once.
   7.026  c:3306 was asked to follow b:3306
   7.027  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   7.027  What is lost is not known: no commit waited for a replica when a:3306 was last read, 7.01 s ago, and what it has committed since nobody can know.
   7.027  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   7.027  Run PostFailoverProcesses.
   7.027  A successor serves the cluster.
   7.027  b:3306 is the primary now, in place of a:3306
a:3306 takes writes and has all 5 acknowledged writes
b:3306 takes writes and has all 5 acknowledged writes
a:3306 and b:3306 took writes at once from    7.015 on, after "SET GLOBAL read_only = 0" on b:3306
