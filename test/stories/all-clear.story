# A failure that hooks were told of goes away by itself: they are told that too, once, under the same uid.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook OnFailureDetectionProcesses page {failureType} {recoveryUID}
hook OnAllClearProcesses all-clear {failureType} {recoveryUID}
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

write 2 a
tick 1
----
2 were acknowledged
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
   3.126  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
   3.136  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.136  The hooks were told; this kind of failure is never acted upon.

heal baton a
----
ok

tick 5
----
   6.027  a:3306: UnreachableMaster is over after 4 s
  10.011  Run OnAllClearProcesses.
  10.011  OnAllClearProcesses hook 1 of 1 started: all-clear {failureType} {recoveryUID}
  10.021  OnAllClearProcesses hook 1 of 1 exited 0 after 10 ms
  10.021  The hooks were told that the failure is over.

tick 60
----
nothing happens

hooks
----
   3.126  OnFailureDetectionProcesses: page UnreachableMaster 1767225603126000000:748ca60a7d213b2e239126bd675bd1223f5db9e0278cdcb27d3888ca113f2716
  10.011  OnAllClearProcesses: all-clear UnreachableMaster 1767225603126000000:748ca60a7d213b2e239126bd675bd1223f5db9e0278cdcb27d3888ca113f2716

# Gone while no controller lived: the next one knows what is owed.
cut baton a
----
ok

tick 3700
----
  72.090  a:3306: UnreachableMaster; last answered 2.02 s ago; 1 of 1 replicas reachable, 1 replicating
  72.090  Have one replica, the one that would be missed least, connect to its silent source anew.
  72.119  b:3306 was asked to connect to its source anew
  72.144  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
  72.144  A replica reaches it, so it lives, and only we cannot.
 102.965  Have one replica, the one that would be missed least, connect to its silent source anew.
 102.994  b:3306 was asked to connect to its source anew
 103.019  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 103.019  A replica reaches it, so it lives, and only we cannot.
 163.465  Have one replica, the one that would be missed least, connect to its silent source anew.
 163.494  b:3306 was asked to connect to its source anew
 163.519  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 163.519  A replica reaches it, so it lives, and only we cannot.
 284.465  Have one replica, the one that would be missed least, connect to its silent source anew.
 284.494  b:3306 was asked to connect to its source anew
 284.519  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 284.519  A replica reaches it, so it lives, and only we cannot.
 525.365  Have one replica, the one that would be missed least, connect to its silent source anew.
 525.394  b:3306 was asked to connect to its source anew
 525.419  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 525.419  A replica reaches it, so it lives, and only we cannot.
1006.006  Have one replica, the one that would be missed least, connect to its silent source anew.
1006.035  b:3306 was asked to connect to its source anew
1006.060  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
1006.060  A replica reaches it, so it lives, and only we cannot.
1606.606  Have one replica, the one that would be missed least, connect to its silent source anew.
1606.635  b:3306 was asked to connect to its source anew
1606.660  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
1606.660  A replica reaches it, so it lives, and only we cannot.
2207.206  Have one replica, the one that would be missed least, connect to its silent source anew.
2207.235  b:3306 was asked to connect to its source anew
2207.260  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
2207.260  A replica reaches it, so it lives, and only we cannot.
2807.806  Have one replica, the one that would be missed least, connect to its silent source anew.
2807.835  b:3306 was asked to connect to its source anew
2807.860  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
2807.860  A replica reaches it, so it lives, and only we cannot.
3408.406  Have one replica, the one that would be missed least, connect to its silent source anew.
3408.435  b:3306 was asked to connect to its source anew
3408.460  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
3408.460  A replica reaches it, so it lives, and only we cannot.
3603.165  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
3603.165  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
3603.175  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
3603.175  The hooks were told; this kind of failure is never acted upon.

die
----
ok

heal baton a
----
ok

start
----
3771.002  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

tick 10
----
3776.007  Run OnAllClearProcesses.
3776.007  OnAllClearProcesses hook 1 of 1 started: all-clear {failureType} {recoveryUID}
3776.017  OnAllClearProcesses hook 1 of 1 exited 0 after 10 ms
3776.017  The hooks were told that the failure is over.
