# The designated replica is 0.3 s behind, which is close, and catches up between writes: the primary is made read-only when it has everything, not before.
fleet a b<a c<a
start
lag b 300
takeover a b
write 5 a
tick 0.25
write 5 a
tick 0.2
write 5 a
tick 5
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
ok
   0.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   0.002  b:3306 is named.
   0.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   0.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   0.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   0.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
5 were acknowledged
   0.007  c:3306 was asked to stop receiving from its source
5 were acknowledged
   0.316  c:3306 was asked to follow b:3306
   0.317  Behind b:3306 already: c:3306.
   0.317  Wait until the designated replica is so close behind that the primary need not stand still for long.
   0.318  waiting for b:3306 to come close behind a:3306
5 were acknowledged
   0.783  b:3306 is less than 1 ms behind.
   0.783  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   0.790  a:3306 was asked to be read-only
   0.790  a:3306 was asked to end the connections of applications
   0.790  b:3306 has applied all that a:3306 has.
   0.790  Cut the designated replica loose from the old primary and let it take writes.
   0.800  b:3306 was asked to be the primary
   0.801  Point the old primary, and whoever does not follow the new one yet, at it.
   0.807  a:3306 was asked to follow b:3306
   0.808  Compare what the old primary has with what the new one has: nothing may be lost.
   0.810  b:3306 has everything that a:3306 has executed.
   0.810  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   0.810  Run PostFailoverProcesses.
   0.810  Run PostGracefulTakeoverProcesses, the last thing that is done.
   0.810  The designated replica is the primary, and the old one follows it.
   0.810  b:3306 is the primary now, in place of a:3306
b:3306 takes writes and has all 15 acknowledged writes
never two servers of a cluster took writes
