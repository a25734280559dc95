# A primary that died and is up again while its death is being confirmed stays the primary, and nothing was touched.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

config DetectionConfirmMilliseconds 4000
----
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 2
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.

restart a
----
ok

tick 5
----
   3.002  a:3306: UnreachableMaster; last answered 3 s ago; 2 of 2 replicas reachable, 2 replicating
   3.003  a:3306: UnreachableMaster is over after 1 ms
   3.003  a:3306: DeadMaster was gone after 2 s.
   3.003  The failure was gone before it had lasted long enough to act.
   3.102  a:3306: DeadMaster is over after 2.1 s

write 2 a
----
2 were acknowledged

verdict
----
a:3306 takes writes and has all 4 acknowledged writes
never two servers of a cluster took writes
