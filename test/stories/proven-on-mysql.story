# MySQL has super_read_only, so a takeover and a forced failover are made where it must be proven (P3), and what was lost is known (P8).
fleet mysql a b<a c<a
config FencingLevelRequired "proven"
start
write 5 a
tick 1
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
5 were acknowledged
nothing happens

takeover a b
tick 2
force-failover b
tick 4
topology
verdict
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  b:3306 is named.
   1.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   1.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   1.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   1.007  c:3306 was asked to stop receiving from its source
   1.012  c:3306 was asked to follow b:3306
   1.013  Behind b:3306 already: c:3306.
   1.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   1.015  b:3306 is less than 1 ms behind.
   1.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   1.022  a:3306 was asked to be read-only
   1.022  a:3306 was asked to end the connections of applications
   1.022  b:3306 has applied all that a:3306 has.
   1.022  Cut the designated replica loose from the old primary and let it take writes.
   1.032  b:3306 was asked to be the primary
   1.033  Point the old primary, and whoever does not follow the new one yet, at it.
   1.039  a:3306 was asked to follow b:3306
   1.040  Compare what the old primary has with what the new one has: nothing may be lost.
   1.042  b:3306 has everything that a:3306 has executed.
   1.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   1.042  Run PostFailoverProcesses.
   1.042  Run PostGracefulTakeoverProcesses, the last thing that is done.
   1.042  The designated replica is the primary, and the old one follows it.
   1.042  b:3306 is the primary now, in place of a:3306
   3.002  Ask every server of the cluster again and see that the finding still holds.
   3.002  baton has acknowledged takeover 8706c4eb: ann has asked for another recovery of b:3306 (force-master-failover)
   3.003  b:3306 is to be replaced, as ann has ordered: the story wants it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   3.008  b:3306 was asked to be read-only
   3.012  b:3306 was asked to end the connections of applications
   3.013  b:3306 was made read-only, and the connections of applications were ended.
   3.013  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   3.018  a:3306 was asked to stop receiving from its source
   3.018  c:3306 was asked to stop receiving from its source
   3.018  Fetch what the failed primary has and no replica received, while its host still answers.
   3.018  b:3306 answers, and what it has was there for its replicas to receive.
   3.018  Choose the successor: the replica that has received most, then the one that suits best.
   3.019  a:3306 is as good as c:3306, and comes first by name.
   3.019  Wait until the candidate has applied everything it has received.
   3.020  a:3306 has applied all it received.
   3.020  Cut the candidate loose from its dead source and let it take writes.
   3.031  a:3306 was asked to be the primary
   3.032  Point the other replicas at the successor, all at once.
   3.037  c:3306 was asked to follow a:3306
   3.038  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   3.038  Nothing is lost: b:3306 was read after it had stopped taking writes, and a:3306 has every transaction that it can have acknowledged.
   3.038  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   3.038  Run PostFailoverProcesses.
   3.038  A successor serves the cluster.
   3.038  a:3306 is the primary now, in place of b:3306
   5.006  ! b:3306, which a:3306 has replaced as the primary, is back
   5.006  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   5.007  b:3306 takes no writes.
   5.007  Hold what it has against what its successor has.
   5.008  b:3306 has nothing that a:3306 lacks.
   5.008  See whether it may follow its successor, and who is to say so.
   5.008  b:3306 has nothing that a:3306 lacks and may follow it: baton rejoin b:3306.
   5.008  It takes no writes and is left as it is; what may be done with it is for a person to say.
a:3306   [0s,ok,8.4.6,rw,ROW,>>,GTID]
+ c:3306 [0s,ok,8.4.6,ro,ROW,>>,GTID]
b:3306   [0s,ok,8.4.6,ro,ROW,>>,GTID,replaced]
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
