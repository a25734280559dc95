# Replicas whose relay log may be the only copy of what they have received are not asked to connect anew, and it is said why.
fleet a b<a c<a
patience b 60
patience c 60
delay b 3600
delay c 3600
start
tick 1
write 3 a
freeze a
tick 6
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
ok
ok
ok
ok
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
nothing happens
3 were acknowledged
ok
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating, 2 delayed on purpose
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.026  No replica is asked: b:3306 lags on purpose, and its relay log may be the only copy of what it has received; c:3306 lags on purpose, and its relay log may be the only copy of what it has received.
   2.026  Nobody could be asked, so its replicas must find out by themselves. No replica is asked: b:3306 lags on purpose, and its relay log may be the only copy of what it has received; c:3306 lags on purpose, and its relay log may be the only copy of what it has received.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  The hooks were told; this kind of failure is never acted upon.
a:3306 takes writes and has all 3 acknowledged writes
never two servers of a cluster took writes
