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
   2.101  a:3306: UnreachableMaster; last answered 2.1 s ago; 1 of 1 replicas reachable, 1 replicating
   2.101  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.130  b:3306 was asked to connect to its source anew
   2.155  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.155  A replica reaches it, so it lives, and only we cannot.
   3.101  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.101  OnFailureDetectionProcesses hook 1 of 1 started: page
   3.111  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.111  The hooks were told; this kind of failure is never acted upon.

heal baton a
----
ok

tick 7
----
   7.002  a:3306: UnreachableMaster is over after 4.9 s
   8.002  Run OnAllClearProcesses.
   8.002  OnAllClearProcesses hook 1 of 2 started: one

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
  13.002  OnAllClearProcesses hook 1 of 2 exited 0 after 5 s
  13.002  OnAllClearProcesses hook 2 of 2 started: two

tick 60
----
  18.002  OnAllClearProcesses hook 2 of 2 exited 0 after 5 s
  18.002  ! Its hooks are done.

hooks
----
   3.101  OnFailureDetectionProcesses: page
   8.002  OnAllClearProcesses: one
  13.002  OnAllClearProcesses: two
