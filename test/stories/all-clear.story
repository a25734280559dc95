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
   2.002  a:3306: UnreachableMaster; last answered 2 s ago; 1 of 1 replicas reachable, 1 replicating
   3.102  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.102  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
   3.112  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.112  The hooks were told; this kind of failure is never acted upon.

heal baton a
----
ok

tick 5
----
   6.503  a:3306: UnreachableMaster is over after 4.5 s
  10.011  Run OnAllClearProcesses.
  10.011  OnAllClearProcesses hook 1 of 1 started: all-clear {failureType} {recoveryUID}
  10.021  OnAllClearProcesses hook 1 of 1 exited 0 after 10 ms
  10.021  The hooks were told that the failure is over.

tick 60
----
nothing happens

hooks
----
   3.102  OnFailureDetectionProcesses: page UnreachableMaster 1767225603102000000:8706c4ebfb2627fdf7e79d2b47f666309ce301f0b8829f5c6d010770feacb771
  10.011  OnAllClearProcesses: all-clear UnreachableMaster 1767225603102000000:8706c4ebfb2627fdf7e79d2b47f666309ce301f0b8829f5c6d010770feacb771

# Gone while no controller lived: the next one knows what is owed.
cut baton a
----
ok

tick 3700
----
  73.066  a:3306: UnreachableMaster; last answered 6 s ago; 1 of 1 replicas reachable, 1 replicating
3605.066  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
3605.066  OnFailureDetectionProcesses hook 1 of 1 started: page {failureType} {recoveryUID}
3605.076  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
3605.076  The hooks were told; this kind of failure is never acted upon.

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
