# When only the controller cannot reach the primary, its replicas say that it lives: told, never acted upon.
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

hook OnFailureDetectionProcesses tell-the-dashboard {failureType}
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

cut baton a
----
ok

tick 30
----
   2.026  a:3306: UnreachableMaster; last answered 2.02 s ago; 2 of 2 replicas reachable, 2 replicating
   2.026  Have one replica, the one that would be missed least, connect to its silent source anew.
   2.055  b:3306 was asked to connect to its source anew
   2.080  b:3306 connected to a:3306 anew, so it is Baton that cannot reach it.
   2.080  A replica reaches it, so it lives, and only we cannot.
   3.126  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   3.126  OnFailureDetectionProcesses hook 1 of 1 started: tell-the-dashboard {failureType}
   3.136  OnFailureDetectionProcesses hook 1 of 1 exited 0 after 10 ms
   3.136  The hooks were told; this kind of failure is never acted upon.

explain
----
a:3306: UnreachableMaster
  SHUT treatment: UnreachableMaster is announced to the hooks and never acted upon; "baton analyse" says what was seen
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 1 of 3 instances of all clusters fell silent at once
  open quorum: 1 of 1 controller says that a:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  open filter: a:3306 matches RecoverMasterClusterFilters
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: a:3306 is not in downtime
  open maintenance: nobody works on a:3306
  open replicas: 2 of its replicas can be reached
  open answers: nothing comes back from a:3306
  SHUT connected: 2 of its replicas are still connected to a:3306, so it is not dead; "baton takeover" replaces one that lives
  SHUT witness: no replica tries to reach a:3306, so nobody but Baton says that it is dead; start their receiving threads, or use "baton force-failover"
  open takes-writes: nothing is written at a:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: a:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min

write 2 a
----
2 were acknowledged

heal baton a
----
ok

tick 5
----
  31.702  a:3306: UnreachableMaster is over after 29.68 s

verdict
----
a:3306 takes writes and has all 4 acknowledged writes
never two servers of a cluster took writes
