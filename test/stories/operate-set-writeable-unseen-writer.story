# The primary cannot be seen, and may take writes all the while: no other server is made writable.
fleet a b<a c<a
config RecoverMasterClusterFilters ["none"]
start
tick 1
cut baton a
tick 5
preview set-writeable b
operate detach-replica b
tick 2
preview set-writeable b
operate reset-replica b
tick 2
preview set-writeable b
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
nothing happens
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   2.080  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.080  A replica reaches it, so it lives, and only we cannot.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  The hooks were told; this kind of failure is never acted upon.
refused: a:3306 of the same cluster cannot be asked, and took writes when it last answered
refused: b:3306 replicates from a:3306: use baton takeover
ok
   7.001  Look at every server of the cluster and see whether and how it can be done.
   8.001  b:3306 is asked to look for its source where there is none (may drop what it has received and not applied).
   8.001  Do it, one server after the other; no server moves before its new source has what it has.
   9.005  b:3306 was asked to look for its source where there is none
   9.005  Everything was done as planned.
   9.005  It is done.
refused: a:3306 of the same cluster cannot be asked, and took writes when it last answered
ok
  10.001  Look at every server of the cluster and see whether and how it can be done.
  11.001  ! No: b:3306 replicates from nothing.
  11.001  It cannot be done; nothing was touched.
refused: a:3306 of the same cluster cannot be asked, and took writes when it last answered
a:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
