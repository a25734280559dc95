# The world is told of the new primary as soon as it takes writes, and of nobody else before.
fleet a b<a c<a
publisher
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

publish a
takeover a b
tick 2
----
ok
   0.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   0.002  b:3306 is named.
   0.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   0.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   0.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   0.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   0.007  c:3306 was asked to stop receiving from its source
   0.012  c:3306 was asked to follow b:3306
   0.013  Behind b:3306 already: c:3306.
   0.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   0.015  b:3306 is less than 1 ms behind.
   0.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
   0.022  a:3306 was asked to be read-only
   0.022  a:3306 was asked to end the connections of applications
   0.022  b:3306 has applied all that a:3306 has.
   0.022  Cut the designated replica loose from the old primary and let it take writes.
   0.032  b:3306 was asked to be the primary
   0.033  Point the old primary, and whoever does not follow the new one yet, at it.
   0.033  the world is told that b:3306 is the primary of a:3306
   0.039  a:3306 was asked to follow b:3306
   0.040  Compare what the old primary has with what the new one has: nothing may be lost.
   0.042  b:3306 has everything that a:3306 has executed.
   0.042  Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.
   0.042  Run PostFailoverProcesses.
   0.042  Run PostGracefulTakeoverProcesses, the last thing that is done.
   0.042  The designated replica is the primary, and the old one follows it.
   0.042  b:3306 is the primary now, in place of a:3306

published b
----
b:3306
