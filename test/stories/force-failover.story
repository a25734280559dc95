# A person wants a primary replaced that answers: it is kept from writes first.
fleet a b<a c<a
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

force-failover a
tick 5
----
   1.001  Ask every server of the cluster again and see that the finding still holds.
   1.002  a:3306 is to be replaced, as ann has ordered: the story wants it.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.002  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.007  a:3306 was asked to be read-only
   1.011  a:3306 was asked to end the connections of applications
   1.012  a:3306 was made read-only, and the connections of applications were ended, which binds no account that has READ ONLY ADMIN.
   1.012  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.017  b:3306 was asked to stop receiving from its source
   1.017  c:3306 was asked to stop receiving from its source
   1.017  Fetch what the failed primary has and no replica received, while its host still answers.
   1.017  a:3306 answers, and what it has was there for its replicas to receive.
   1.017  Choose the successor: the replica that has received most, then the one that suits best.
   1.018  b:3306 is as good as c:3306, and comes first by name.
   1.018  Wait until the candidate has applied everything it has received.
   1.019  b:3306 has applied all it received.
   1.019  Cut the candidate loose from its dead source and let it take writes.
   1.030  b:3306 was asked to be the primary
   1.031  Point the other replicas at the successor, all at once.
   1.036  c:3306 was asked to follow b:3306
   1.037  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.038  Nothing is lost: a:3306 was read when it was read-only, and had not moved when it was read again with b:3306 in its place, and b:3306 has every transaction that it can have acknowledged.
   1.038  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.038  Run PostFailoverProcesses.
   1.038  A successor serves the cluster.
   1.038  b:3306 is the primary now, in place of a:3306
   5.006  ! a:3306, which b:3306 has replaced as the primary, is back
   5.006  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   5.007  a:3306 takes no writes.
   5.007  Hold what it has against what its successor has.
   5.008  a:3306 has nothing that b:3306 lacks.
   5.008  See whether it may follow its successor, and who is to say so.
   5.008  a:3306 has nothing that b:3306 lacks and may follow it: baton rejoin a:3306.
   5.008  It takes no writes and is left as it is; what may be done with it is for a person to say.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,replaced]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
b:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
