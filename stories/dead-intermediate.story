# The source of two replicas dies that is a replica itself. Another replica of the primary is nearest, and both get it.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

config RecoverIntermediateMasterClusterFilters ["*"]
hook PreFailoverProcesses echo {instanceType} {failedHost} {countReplicas}
hook PostIntermediateMasterFailoverProcesses echo {failedHost} {successorHost} {isSuccessful}
hook PostFailoverProcesses echo {failureType}
----
ok
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

write 5 a
tick 2
----
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
   3.003  PreFailoverProcesses hook 1 of 1 started: echo {instanceType} {failedHost} {countReplicas}
   3.003  PreFailoverProcesses hook 1 of 1 says: intermediate-master b 2
   3.013  PreFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.013  See which replicas still need a source, and choose one for each.
   3.014  c:3306 replicates from a:3306, as b:3306 did.
   3.014  Wait until each new source has all that its replica holds, then have the replica follow it.
   3.019  d:3306 was asked to follow c:3306
   3.019  e:3306 was asked to follow c:3306
   3.019  All were told to follow their new source.
   3.019  See on the replicas themselves that they replicate; one that does not is given another source.
   3.020  2 of 2 that were moved replicate.
   3.020  Run PostIntermediateMasterFailoverProcesses.
   3.020  PostIntermediateMasterFailoverProcesses hook 1 of 1 started: echo {failedHost} {successorHost} {isSuccessful}
   3.020  PostIntermediateMasterFailoverProcesses hook 1 of 1 says: b c true
   3.030  PostIntermediateMasterFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.030  Run PostFailoverProcesses.
   3.030  PostFailoverProcesses hook 1 of 1 started: echo {failureType}
   3.030  PostFailoverProcesses hook 1 of 1 says: DeadIntermediateMaster
   3.040  PostFailoverProcesses hook 1 of 1 exited 0 after 10 ms
   3.040  All replicas of the dead source replicate from another.
   3.040  c:3306 is the source now, in place of b:3306

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + e:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]

write 2 a
tick 1
----
2 were acknowledged
nothing happens

verdict
----
a:3306 takes writes and has all 7 acknowledged writes
never two servers of a cluster took writes

hooks
----
   3.003  PreFailoverProcesses: echo intermediate-master b 2
   3.020  PostIntermediateMasterFailoverProcesses: echo b c true
   3.030  PostFailoverProcesses: echo DeadIntermediateMaster

journal
----
  1  asked     confirm in preFailover.confirming
  2  answered  confirm (1): DeadIntermediateMaster of b:3306 holds: last answered 2 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
  3  asked     preFailoverHooks in preFailover.preparing
  4  stage     PreFailoverProcesses: 1 to run
  5  hook      PreFailoverProcesses 1 of 1, attempt 1
  6  hooked    (5): exited 0 after 10 ms
  7  answered  preFailoverHooks (3): ok
  8  asked     choose in moving.choosing
  9  answered  choose (8): c:3306 replicates from a:3306, as b:3306 did
 10  asked     relocate in moving.relocating
 11  act       d:3306: follow c:3306
 12  act       e:3306: follow c:3306
 13  acted     (11): done
 14  acted     (12): done
 15  answered  relocate (10): all were told to follow their new source
 16  asked     verify in moving.verifying
 17  answered  verify (16): 2 of 2 that were moved replicate
 18  asked     postIntermediateHooks in postSuccess.announcingIntermediate
 19  stage     PostIntermediateMasterFailoverProcesses: 1 to run
 20  hook      PostIntermediateMasterFailoverProcesses 1 of 1, attempt 1
 21  hooked    (20): exited 0 after 10 ms
 22  answered  postIntermediateHooks (18): ok
 23  asked     postFailoverHooks in postSuccess.announcing
 24  stage     PostFailoverProcesses: 1 to run
 25  hook      PostFailoverProcesses 1 of 1, attempt 1
 26  hooked    (25): exited 0 after 10 ms
 27  answered  postFailoverHooks (23): ok
 28  ended     relocated
