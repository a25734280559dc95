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
   2.101  a:3306: UnreachableMaster; last answered 2.1 s ago; 2 of 2 replicas reachable, 2 replicating
   2.101  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.130  b:3306 was asked to connect to its source anew
ok
ok
   2.255  ! a:3306: DeadMaster; last answered 2.25 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   2.255  c:3306 goes on receiving from a:3306, so it is Baton that cannot reach it.
   2.255  A replica reaches it, so it lives, and only we cannot.
   2.255  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   2.255  Keep asking every server until the failure has held for the confirmation time, or is gone.
   3.255  DeadMaster has held for 1 s; answers, but was last read 3.25 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 2 of 3 observers say that it is dead, 1 that it lives.
   3.255  Ask every gate whether Baton may act; each that is shut says why.
   3.255  a:3306 cannot be asked: Too many connections, and a server that answers anything is not dead.
   3.255  ! Baton had no right to act, and said why.
ok
   7.202  a:3306: UnreachableMaster; answers, but was last read 7.2 s ago; 2 of 2 replicas reachable, 2 replicating; it has no connection left for Baton: raise max_connections, or find out who takes them all
   7.302  a:3306: UnreachableMaster is over after 100 ms
a:3306 takes writes and has all 0 acknowledged writes
never two servers of a cluster took writes
