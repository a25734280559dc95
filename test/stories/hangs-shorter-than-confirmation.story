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

tick 7
----
   2.002  a:3306: UnreachableMaster; last answered 2 s ago; 2 of 2 replicas reachable, 2 replicating
   3.102  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.102  OnFailureDetectionProcesses hook 1 of 1 started: tell-the-dashboard {failureType}
   3.112  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.112  The hooks were told; this kind of failure is never acted upon.
   5.006  a:3306: DeadMaster; last answered 5 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   5.006  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   5.006  OnFailureDetectionProcesses hook 1 of 1 started: tell-the-dashboard {failureType}
   5.016  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   5.016  Keep asking every server until the failure has held for the confirmation time, or is gone.

thaw a
----
ok

tick 5
----
   8.317  a:3306: DeadMaster was gone after 3.31 s.
   8.317  The failure was gone before it had lasted long enough to act.
   8.602  a:3306: DeadMaster is over after 3.6 s

verdict
----
a:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes

hooks
----
   3.102  OnFailureDetectionProcesses: tell-the-dashboard UnreachableMaster
   5.006  OnFailureDetectionProcesses: tell-the-dashboard DeadMaster
