# The controller has not heard of the primary for half a minute, its replicas have; now they miss it for less than the
# confirmation time. Their word counts from when they were asked, and before it is believed they try once more.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config DetectionConfirmMilliseconds 700
----
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

patience b 60
patience c 60
write 2 a
cut baton a
tick 20
----
ok
ok
2 were acknowledged
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   2.080  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.080  A replica reaches it, so it lives, and only we cannot.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  The hooks were told; this kind of failure is never acted upon.

tick 12.85
----
nothing happens

freeze a
tick 0.65
----
ok
  32.901  Have one replica, the one that would be missed least, connect to its silent source anew.
  32.930  b:3306 was asked to connect to its source anew
  33.205  b:3306 could not connect to a:3306 anew within 275 ms.
  33.205  It could not, so have all the others do the same at once.
  33.235  c:3306 was asked to connect to its source anew
  33.260  ! a:3306: DeadMaster; last answered 33.26 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it

thaw a
write 1 a
tick 5
----
ok
1 were acknowledged
  33.760  b:3306, c:3306 could not connect to a:3306 anew within 525 ms.
  33.760  No replica that was asked can reach it either.
  33.760  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
  33.760  Keep asking every server until the failure has held for the confirmation time, or is gone.
  33.864  b:3306 was asked to connect to its source anew
  33.864  c:3306 was asked to connect to its source anew
  33.964  a:3306: UnreachableMaster; last answered 33.96 s ago; 2 of 2 replicas reachable, 2 replicating
  33.964  a:3306: DeadMaster was gone after 1.06 s.
  33.964  The failure was gone before it had lasted long enough to act.

verdict
----
a:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes
