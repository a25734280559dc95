# Replicas are not asked about a primary that is silent only to new connections: they may hold old ones, and it may serve those.
fleet a b<a c<a
patience b 60
patience c 60
start
tick 1.3
kill a
cut baton a
restart a
tick 6
write 2 a
heal baton a
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
   1.301  the connection to a:3306 has ended; looking at it and at its replicas
ok
ok
   1.302  ! a:3306: DeadMaster; last answered 300 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.302  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.302  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.306  b:3306 was asked to connect to its source anew
   2.306  c:3306 was asked to connect to its source anew
   2.401  a:3306: UnreachableMaster; last answered 1.4 s ago; 2 of 2 replicas reachable, 2 replicating
   2.406  a:3306: DeadMaster was gone after 1.1 s.
   2.406  The failure was gone before it had lasted long enough to act.
   3.401  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.401  The hooks were told; this kind of failure is never acted upon.
2 were acknowledged
ok
   7.402  a:3306: UnreachableMaster is over after 5 s
a:3306 takes writes and has all 2 acknowledged writes
never two servers of a cluster took writes
