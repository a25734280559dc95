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
   2.101  a:3306: UnreachableMaster; last answered 2.1 s ago; 1 of 1 replicas reachable, 1 replicating
   2.101  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.130  b:3306 was asked to connect to its source anew
   2.155  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.155  A replica reaches it, so it lives, and only we cannot.
   3.101  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.101  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
   3.111  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.111  The hooks were told; this kind of failure is never acted upon.

heal baton a
----
ok

tick 5
----
   7.002  a:3306: UnreachableMaster is over after 4.9 s
   8.002  Run OnAllClearProcesses.
   8.002  OnAllClearProcesses hook 1 of 1 started: all-clear {failureType} {recoveryUID}
   8.012  OnAllClearProcesses hook 1 of 1 exited 0 after 10 ms
   8.012  The hooks were told that the failure is over.

tick 60
----
nothing happens

hooks
----
   3.101  OnFailureDetectionProcesses: page UnreachableMaster 1767225603101000000:748ca60a7d213b2e239126bd675bd1223f5db9e0278cdcb27d3888ca113f2716
   8.002  OnAllClearProcesses: all-clear UnreachableMaster 1767225603101000000:748ca60a7d213b2e239126bd675bd1223f5db9e0278cdcb27d3888ca113f2716

# Gone while no controller lived: the next one knows what is owed.
cut baton a
----
ok

tick 3700
----
  72.164  a:3306: UnreachableMaster; last answered 2.1 s ago; 1 of 1 replicas reachable, 1 replicating
  72.164  Have one replica, the one that would be missed least, connect to its silent source anew.
  72.193  b:3306 was asked to connect to its source anew
  72.218  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
  72.218  A replica reaches it, so it lives, and only we cannot.
 102.964  Have one replica, the one that would be missed least, connect to its silent source anew.
 102.993  b:3306 was asked to connect to its source anew
 103.018  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 103.018  A replica reaches it, so it lives, and only we cannot.
 163.464  Have one replica, the one that would be missed least, connect to its silent source anew.
 163.493  b:3306 was asked to connect to its source anew
 163.518  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 163.518  A replica reaches it, so it lives, and only we cannot.
 284.464  Have one replica, the one that would be missed least, connect to its silent source anew.
 284.493  b:3306 was asked to connect to its source anew
 284.518  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 284.518  A replica reaches it, so it lives, and only we cannot.
 525.364  Have one replica, the one that would be missed least, connect to its silent source anew.
 525.393  b:3306 was asked to connect to its source anew
 525.418  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 525.418  A replica reaches it, so it lives, and only we cannot.
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
3603.164  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
3603.164  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
3603.174  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
3603.174  The hooks were told; this kind of failure is never acted upon.

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
