# Read-only binds everybody on MySQL only. Where it must be proven, a living MariaDB is not touched (P3).
fleet a b<a c<a
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
tick 1
force-failover a
tick 2
topology
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  ! No: FencingLevelRequired is "proven", and read-only on MariaDB binds no account that has READ ONLY ADMIN, so nobody can prove that a:3306 would take no writes; a takeover there needs "attempted".
   1.002  ! The takeover cannot be made; nothing was touched. FencingLevelRequired is "proven", and read-only on MariaDB binds no account that has READ ONLY ADMIN, so nobody can prove that a:3306 would take no writes; a takeover there needs "attempted".
nothing happens
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.002  baton has acknowledged takeover 8706c4eb: ann has asked for another recovery of a:3306 (force-master-failover)
   2.003  a:3306 is to be replaced, as ann has ordered: the story wants it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.004  ! No: a:3306 answers, and read-only there would bind no account that has READ ONLY ADMIN: nobody could prove that it takes no writes, and FencingLevelRequired is "proven"; it was not touched.
   2.004  Let the replicas receive again from their source, as they did before.
   2.004  Everything is as it was.
   2.004  Run PostUnsuccessfulFailoverProcesses.
   2.004  ! No successor serves the cluster; a person is needed. a:3306 answers, and read-only there would bind no account that has READ ONLY ADMIN: nobody could prove that it takes no writes, and FencingLevelRequired is "proven"; it was not touched.
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
