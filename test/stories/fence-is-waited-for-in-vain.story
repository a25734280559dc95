# It comes back while its time is waited out: nothing is promoted. A person may stop the waiting too.
fleet a b<a
config FencingLevelRequired "timed"
config SelfFencingSeconds 60
start
kill a
tick 5
restart a
tick 20
----
a:3306 is a primary
b:3306 replicates from a:3306
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
   0.001  the connection to a:3306 has ended; looking at it and at its replicas
   0.002  ! a:3306: DeadMaster; last answered 1 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadMaster has held for 1 s; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  Every gate is open.
   1.002  Open the recovery in the journal, unless the cluster is held by another.
   1.002  A recovery was opened and goes on by itself.
   1.002  Ask every server of the cluster again and see that the finding still holds.
   1.003  DeadMaster of a:3306 holds: last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   1.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   1.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
   1.004  Nobody has reached a:3306 for 1 s; only after 1 min (SelfFencingSeconds) it has given up by itself, which is waited for.
ok
  11.004  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  11.005  ! No: a:3306 answers again and takes writes.
  11.005  The failure is gone: let the replicas receive again where they were stopped.
  11.005  Everything is as it was.
  11.005  Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and no failover followed.
  11.005  The failure was gone when we looked again; the old primary goes on. a:3306 answers again and takes writes.
  11.007  a:3306: DeadMaster is over after 11.01 s

kill a
tick 5
cancel ann a the host is only rebooting
tick 5
topology
----
  25.001  the connection to a:3306 has ended; looking at it and at its replicas
  25.002  ! a:3306: DeadMaster; last answered 982 ms ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
  25.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
  26.002  DeadMaster has held for 1 s; last answered 1.98 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
  26.002  Ask every gate whether Baton may act; each that is shut says why.
  26.002  Every gate is open.
  26.002  Open the recovery in the journal, unless the cluster is held by another.
  26.002  A recovery was opened and goes on by itself.
  26.002  Ask every server of the cluster again and see that the finding still holds.
  26.003  DeadMaster of a:3306 holds: last answered 1.98 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
  26.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
  26.003  Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.
  26.004  Nobody has reached a:3306 for 1 s; only after 1 min (SelfFencingSeconds) it has given up by itself, which is waited for.
  30.001  ann said cancel: the host is only rebooting
  30.001  Let the replicas receive again from their source, as they did before.
  30.001  Everything is as it was.
  30.001  Run PostUnsuccessfulFailoverProcesses.
  30.001  ! A person has cancelled it; this failure is left alone until a person says otherwise. Cancelled by ann: the host is only rebooting.
cancelled: Let the replicas receive again from their source, as they did before.
nothing happens
a:3306   [unknown,invalid,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
