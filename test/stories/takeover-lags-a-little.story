# The designated replica is 0.9 s behind: so long the primary is read-only, and no write is lost.
fleet a b<a c<a
start
lag b 900
write 20 a
tick 2
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
20 were acknowledged
nothing happens

takeover a b
tick 0.013
write 5 a
tick 5
----
   2.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.002  b:3306 is named.
   2.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   2.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   2.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   2.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   2.007  c:3306 was asked to stop receiving from its source
   2.012  c:3306 was asked to follow b:3306
   2.013  Behind b:3306 already: c:3306.
   2.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   2.015  b:3306 is less than 1 ms behind.
   2.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
5 were acknowledged
   2.022  a:3306 was asked to be read-only
   2.022  a:3306 was asked to end the connections of applications
   2.916  b:3306 has applied all that a:3306 has.
   2.916  Cut the designated replica loose from the old primary and let it take writes.
   2.926  b:3306 was asked to be the primary
   2.927  Point the old primary, and whoever does not follow the new one yet, at it.
   2.933  a:3306 was asked to follow b:3306
   2.934  Compare what the old primary has with what the new one has: nothing may be lost.
   2.936  b:3306 has everything that a:3306 has executed.
   2.936  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   2.936  Run PostFailoverProcesses.
   2.936  Run PostGracefulTakeoverProcesses, the last thing that is done.
   2.936  The designated replica is the primary, and the old one follows it.
   2.936  b:3306 is the primary now, in place of a:3306

verdict
----
b:3306 takes writes and has all 25 acknowledged writes
never two servers of a cluster took writes
