# A primary that has died comes back read-only, just before it is replaced: what no replica had received is received first, though they wait before they try again.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook PreFailoverProcesses true
slow-hook PreFailoverProcesses 0.5
start
----
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 4 a
hold b
hold c
write 3 a
tick 1
----
4 were acknowledged
ok
ok
3 were acknowledged
nothing happens

kill a
release b
release c
tick 1.2
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas
ok
ok
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  PreFailoverProcesses hook 1 of 1 started: true

restart a
read-only a
tick 5
----
ok
ok
   2.503  PreFailoverProcesses hook 1 of 1 exited 0 after 500 ms
   2.503  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   2.504  a:3306 answers and is read-only, which binds no account that has READ ONLY ADMIN.
   2.504  Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.
   2.509  b:3306 was asked to connect to its source anew
   2.509  c:3306 was asked to connect to its source anew
   2.509  a replica is waited for until it has received all that a:3306 has
   2.529  b:3306 was asked to stop receiving from its source
   2.529  c:3306 was asked to stop receiving from its source
   2.529  Fetch what the failed primary has and no replica received, while its host still answers.
   2.529  a:3306 answers, and what it has was there for its replicas to receive.
   2.529  Choose the successor: the replica that has received most, then the one that suits best.
   2.530  b:3306 is as good as c:3306, and comes first by name.
   2.530  Wait until the candidate has applied everything it has received.
   2.531  b:3306 has applied all it received.
   2.531  Cut the candidate loose from its dead source and let it take writes.
   2.542  b:3306 was asked to be the primary
   2.543  Point the other replicas at the successor, all at once.
   2.548  c:3306 was asked to follow b:3306
   2.549  Say what the failover has cost: nothing, these transactions at most, or that nobody can know.
   2.550  Nothing is lost: a:3306 was read when it was read-only, and had not moved when it was read again with b:3306 in its place, and b:3306 has every transaction that it can have acknowledged.
   2.550  Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.
   2.550  Run PostFailoverProcesses.
   2.550  A successor serves the cluster.
   2.550  b:3306 is the primary now, in place of a:3306
   5.005  ! a:3306, which b:3306 has replaced as the primary, is back
   5.005  Make the replaced primary read-only and end the connections of applications, for another is the primary.
   5.006  a:3306 takes no writes.
   5.006  Hold what it has against what its successor has.
   5.007  a:3306 has nothing that b:3306 lacks.
   5.007  See whether it may follow its successor, and who is to say so.
   5.007  a:3306 has nothing that b:3306 lacks and may follow it: baton rejoin a:3306.
   5.007  It takes no writes and is left as it is; what may be done with it is for a person to say.

topology
verdict
----
a:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,replaced]
b:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ c:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
b:3306 takes writes and has all 7 acknowledged writes
never two servers of a cluster took writes
