# The same of an all clear: hooks that an older build had not told yet that the failure is over are told.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook OnFailureDetectionProcesses page
hook OnAllClearProcesses one
hook OnAllClearProcesses two
slow-hook OnAllClearProcesses 5
----
ok
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
   3.126  OnFailureDetectionProcesses hook 1 of 1 started: page
   3.136  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.136  The hooks were told; this kind of failure is never acted upon.

heal baton a
----
ok

tick 7
----
   6.027  a:3306: UnreachableMaster is over after 4 s
  10.011  Run OnAllClearProcesses.
  10.011  OnAllClearProcesses hook 1 of 2 started: one

die
----
ok

older-build announce tell
----
ok

start
----
  13.002  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
  13.002  ! This build cannot continue what another began: the machine does not ask for "tell" here.

tick 60
----
  15.011  OnAllClearProcesses hook 1 of 2 exited 0 after 5 s
  15.011  OnAllClearProcesses hook 2 of 2 started: two
  20.011  OnAllClearProcesses hook 2 of 2 exited 0 after 5 s
  20.011  ! Its hooks are done.

hooks
----
   3.126  OnFailureDetectionProcesses: page
  10.011  OnAllClearProcesses: one
  15.011  OnAllClearProcesses: two
