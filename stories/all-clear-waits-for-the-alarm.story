# The failure is gone while hooks are still being told of it: they are told that it is over when they know that it was there.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook OnFailureDetectionProcesses page {failureType}
hook OnAllClearProcesses all-clear {failureType}
slow-hook OnFailureDetectionProcesses 30
----
ok
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

tick 1
----
nothing happens

cut baton a
----
ok

tick 5
----
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 1 of 1 replicas reachable, 1 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   2.080  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.080  A replica reaches it, so it lives, and only we cannot.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType}

heal baton a
----
ok

tick 60
----
  33.126  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 30 s
  33.126  The hooks were told; this kind of failure is never acted upon.
  35.036  a:3306: UnreachableMaster is over after 33.01 s
  37.032  Run OnAllClearProcesses.
  37.032  OnAllClearProcesses hook 1 of 1 started: all-clear {failureType}
  37.042  OnAllClearProcesses hook 1 of 1 exited 0 after 10 ms
  37.042  The hooks were told that the failure is over.

hooks
----
   3.126  OnFailureDetectionProcesses: page UnreachableMaster
  37.032  OnAllClearProcesses: all-clear UnreachableMaster
