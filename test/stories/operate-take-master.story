# An intermediate source and its replica change places; the hook is told who took the place and who lost it.
fleet a b<a c<b d<b
hook PostTakeMasterProcesses note-it $1 $2
start
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from b:3306
d:3306 replicates from b:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 5 a
----
5 were acknowledged

operate take-master c
tick 2
----
ok
   0.001  Look at every server of the cluster and see whether and how it can be done.
   0.002  b:3306 is asked to stop receiving from its source; then c:3306 is waited for until it has all that b:3306 has; then c:3306 is asked to stop receiving from its source; then a:3306 is waited for until it has all that c:3306 has; then c:3306 is asked to follow a:3306 (may drop what it has received and not applied); then b:3306 is asked to follow c:3306 (may drop what it has received and not applied).
   0.002  Do it, one server after the other; no server moves before its new source has what it has.
   0.007  b:3306 was asked to stop receiving from its source
   0.008  a:3306: MasterSingleReplicaNotReplicating; answers; 1 of 1 replicas reachable, 0 replicating
   0.012  c:3306 was asked to stop receiving from its source
   0.017  c:3306 was asked to follow a:3306
   0.018  a:3306: MasterSingleReplicaNotReplicating is over after 10 ms
   0.022  b:3306 was asked to follow c:3306
   0.023  Everything was done as planned.
   0.023  Run PostTakeMasterProcesses where a replica took the place of its source.
   0.023  PostTakeMasterProcesses hook 1 of 1 started: note-it $1 $2
   0.033  PostTakeMasterProcesses hook 1 of 1 exited 0 after 10 ms
   0.033  It is done.

topology
----
a:3306       [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306     [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + b:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
    + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

hooks
----
   0.023  PostTakeMasterProcesses: note-it $1 $2

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
