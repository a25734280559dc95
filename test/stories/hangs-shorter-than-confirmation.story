# A primary that hangs until its replicas gave it up, and answers again before the failure was confirmed, is left alone.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook OnFailureDetectionProcesses tell-the-dashboard {failureType}
hook PreFailoverProcesses never-reached
config DetectionConfirmMilliseconds 5000
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

freeze a
----
ok

tick 6
----
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   3.330  b:3306 could not connect to a:3306 anew within 1.27 s.
   3.330  It could not, so have all the others do the same at once.
   3.360  c:3306 was asked to connect to its source anew
   3.385  ! a:3306: DeadMaster; last answered 3.38 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   5.885  b:3306, c:3306 could not connect to a:3306 anew within 2.52 s.
   5.885  No replica that was asked can reach it either.
   5.885  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   5.885  OnFailureDetectionProcesses hook 1 of 1 started: tell-the-dashboard {failureType}
   5.895  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   5.895  Keep asking every server until the failure has held for the confirmation time, or is gone.

thaw a
----
ok

tick 5
----
   7.027  a:3306: AllMasterReplicasNotReplicating; answers; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   7.030  b:3306 was asked to connect to its source anew
   7.030  c:3306 was asked to connect to its source anew
   7.195  a:3306: AllMasterReplicasNotReplicating is over after 168 ms
   7.195  a:3306: DeadMaster was gone after 5.17 s.
   7.195  The failure was gone before it had lasted long enough to act.
   8.002  a:3306: DeadMaster is over after 5.98 s

verdict
----
a:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes

hooks
----
   5.885  OnFailureDetectionProcesses: tell-the-dashboard DeadMaster
