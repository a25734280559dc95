# The sibling that is nearest has applied less than the orphans hold, and does not catch up in time: they go to the primary, and lose nothing.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
config InstanceBulkOperationsWaitTimeoutSeconds 2
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

stall c
write 5 a
tick 2
----
ok
5 were acknowledged
nothing happens

kill b
----
   2.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 10
----
   2.002  ! b:3306: DeadIntermediateMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.002  DeadIntermediateMaster has held for 1 s; last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   3.002  Ask every gate whether Baton may act; each that is shut says why.
   3.002  Every gate is open.
   3.002  Open the recovery in the journal, unless the cluster is held by another.
   3.002  A recovery was opened and goes on by itself.
   3.002  Ask the source and its replicas again and see that the finding still holds.
   3.003  DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it.
   3.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   3.003  See which replicas still need a source, and choose one for each.
   3.004  c:3306 replicates from a:3306, as b:3306 did.
   3.004  Wait until each new source has all that its replica holds, then have the replica follow it.
   5.005  d:3306 stays: d:3306 has 0-1-5, which c:3306 has not; e:3306 stays: e:3306 has 0-1-5, which c:3306 has not.
   5.005  See which replicas still need a source, and choose one for each.
   5.006  a:3306 is the source of b:3306.
   5.006  Wait until each new source has all that its replica holds, then have the replica follow it.
   5.011  d:3306 was asked to follow a:3306
   5.011  e:3306 was asked to follow a:3306
   5.011  All were told to follow their new source.
   5.011  See on the replicas themselves that they replicate; one that does not is given another source.
   5.012  2 of 2 that were moved replicate.
   5.012  Run PostIntermediateMasterFailoverProcesses.
   5.012  Run PostFailoverProcesses.
   5.012  All replicas of the dead source replicate from another.
   5.012  a:3306 is the source now, in place of b:3306

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306 [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306 [10s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ e:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  answered  preFailoverHooks (3): ok
  5  asked     choose in moving.choosing
  6  answered  choose (5): c:3306 replicates from a:3306, as b:3306 did
  7  asked     relocate in moving.relocating
  8  answered  relocate (7): d:3306 stays: d:3306 has 0-1-5, which c:3306 has not; e:3306 stays: e:3306 has 0-1-5, which c:3306 has not
  9  asked     choose in moving.choosing
 10  answered  choose (9): a:3306 is the source of b:3306
 11  asked     relocate in moving.relocating
 12  act       d:3306: follow a:3306
 13  act       e:3306: follow a:3306
 14  acted     (12): done
 15  acted     (13): done
 16  answered  relocate (11): all were told to follow their new source
 17  asked     verify in moving.verifying
 18  answered  verify (17): 2 of 2 that were moved replicate
 19  asked     postIntermediateHooks in postSuccess.announcingIntermediate
 20  answered  postIntermediateHooks (19): ok
 21  asked     postFailoverHooks in postSuccess.announcing
 22  answered  postFailoverHooks (21): ok
 23  ended     relocated

verdict
----
a:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
