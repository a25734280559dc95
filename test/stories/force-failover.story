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
   1.002  Ann has ordered a:3306 to be replaced: the story wants it.
   1.002  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.002  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.003  ! No: a:3306 answers again and takes writes.
   1.003  The failure is gone: let the replicas receive again where they were stopped.
   1.003  Everything is as it was.
   1.003  Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and no failover followed.
   1.003  The failure was gone when we looked again; the old primary goes on. a:3306 answers again and takes writes.

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
