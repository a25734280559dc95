# The same, with a replica that is named; a replica of a replica is not.
fleet a b<a c<a d<b
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

force-takeover a d
force-takeover a c
tick 5
----
cannot be done: d:3306 does not replicate from a:3306, and only a direct replica can take its place
   1.002  Ask every server of the cluster again and see that the finding still holds.
   1.003  a:3306 is to be replaced, as ann has ordered: the story wants it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.008  a:3306 was asked to be read-only
   1.012  a:3306 was asked to end the connections of applications
   1.013  a:3306 was made read-only, and the connections of applications were ended, which binds no account that has READ ONLY ADMIN.
   1.013  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   1.018  b:3306 was asked to stop receiving from its source
   1.018  c:3306 was asked to stop receiving from its source
   1.018  Fetch what the failed primary has and no replica received, while its host still answers.
   1.018  a:3306 answers, and what it has was there for its replicas to receive.
   1.018  Choose the successor: the replica that has received most, then the one that suits best.
   1.019  c:3306 was asked for, and not b:3306.
   1.019  Wait until the candidate has applied everything it has received.
   1.020  c:3306 has applied all it received.
   1.020  Cut the candidate loose from its dead source and let it take writes.
   1.031  c:3306 was asked to be the primary
   1.032  Point the other replicas at the successor, all at once.
   1.037  b:3306 was asked to follow c:3306
   1.038  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   1.039  Nothing is lost: a:3306 was read when it was read-only, and had not moved when it was read again with c:3306 in its place, and c:3306 has every transaction that it can have acknowledged.
   1.039  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   1.039  Run PostFailoverProcesses.
   1.039  A successor serves the cluster.
   1.039  c:3306 is the primary now, in place of a:3306
   5.006  ! a:3306, which c:3306 has replaced as the primary, is back
   5.006  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   5.007  a:3306 takes no writes.
   5.007  Hold what it has against what its successor has.
   5.008  a:3306 has nothing that c:3306 lacks.
   5.008  See whether it may follow its successor, and who is to say so.
   5.008  a:3306 has nothing that c:3306 lacks and may follow it: baton rejoin a:3306.
   5.008  It takes no writes and is left as it is; what may be done with it is for a person to say.

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,replaced]
c:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
c:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
