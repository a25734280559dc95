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
   2.105  b:3306 was asked to connect to its source anew
   2.130  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.130  A replica connected to it anew, so it lives, and only we cannot reach it.
   3.201  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.201  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
   3.211  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.211  The hooks were told; this kind of failure is never acted upon.

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
   3.201  OnFailureDetectionProcesses: page UnreachableMaster 1767225603201000000:748ca60a7d213b2e239126bd675bd1223f5db9e0278cdcb27d3888ca113f2716
   8.002  OnAllClearProcesses: all-clear UnreachableMaster 1767225603201000000:748ca60a7d213b2e239126bd675bd1223f5db9e0278cdcb27d3888ca113f2716

# Gone while no controller lived: the next one knows what is owed.
cut baton a
----
ok

tick 3700
----
  72.164  a:3306: UnreachableMaster; last answered 2.1 s ago; 1 of 1 replicas reachable, 1 replicating
  72.164  Have one replica, the one that would be missed least, connect to its silent source anew.
  72.168  b:3306 was asked to connect to its source anew
  72.193  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
  72.193  A replica connected to it anew, so it lives, and only we cannot reach it.
 102.964  Have one replica, the one that would be missed least, connect to its silent source anew.
 102.968  b:3306 was asked to connect to its source anew
 102.993  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 102.993  A replica connected to it anew, so it lives, and only we cannot reach it.
 163.464  Have one replica, the one that would be missed least, connect to its silent source anew.
 163.468  b:3306 was asked to connect to its source anew
 163.493  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 163.493  A replica connected to it anew, so it lives, and only we cannot reach it.
 284.464  Have one replica, the one that would be missed least, connect to its silent source anew.
 284.468  b:3306 was asked to connect to its source anew
 284.493  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 284.493  A replica connected to it anew, so it lives, and only we cannot reach it.
 525.364  Have one replica, the one that would be missed least, connect to its silent source anew.
 525.368  b:3306 was asked to connect to its source anew
 525.393  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
 525.393  A replica connected to it anew, so it lives, and only we cannot reach it.
1006.006  Have one replica, the one that would be missed least, connect to its silent source anew.
1006.010  b:3306 was asked to connect to its source anew
1006.035  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
1006.035  A replica connected to it anew, so it lives, and only we cannot reach it.
1606.606  Have one replica, the one that would be missed least, connect to its silent source anew.
1606.610  b:3306 was asked to connect to its source anew
1606.635  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
1606.635  A replica connected to it anew, so it lives, and only we cannot reach it.
2207.206  Have one replica, the one that would be missed least, connect to its silent source anew.
2207.210  b:3306 was asked to connect to its source anew
2207.235  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
2207.235  A replica connected to it anew, so it lives, and only we cannot reach it.
2807.806  Have one replica, the one that would be missed least, connect to its silent source anew.
2807.810  b:3306 was asked to connect to its source anew
2807.835  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
2807.835  A replica connected to it anew, so it lives, and only we cannot reach it.
3408.406  Have one replica, the one that would be missed least, connect to its silent source anew.
3408.410  b:3306 was asked to connect to its source anew
3408.435  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
3408.435  A replica connected to it anew, so it lives, and only we cannot reach it.
3604.264  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
3604.264  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
3604.274  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
3604.274  The hooks were told; this kind of failure is never acted upon.

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
