# A primary that answers while one replica connects anew, be it only that it is full, is not cut off from its other replicas.
fleet a b<a c<a
patience b 60
patience c 60
start
tick 1
freeze a
tick 1.2
crowd a
thaw a
tick 5
uncrowd a
tick 2
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
nothing happens
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
ok
ok
   2.230  ! a:3306: DeadMaster; last answered 2.23 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.230  c:3306 goes on receiving from a:3306, so it is Baton that cannot reach it.
   2.230  A replica reaches it, so it lives, and only we cannot.
   2.230  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.230  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.230  DeadMaster has held for 1 s; answers, but was last read 3.23 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 2 of 3 observers say that it is dead, 1 that it lives.
   3.230  Ask every gate whether Baton may act; each that is shut says why.
   3.230  a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives.
   3.230  ! Baton had no right to act, and said why. a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives.
ok
   7.227  a:3306: DeadMaster is over after 5 s
a:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
