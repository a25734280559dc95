# Without RecoverIntermediateMasterClusterFilters nobody is moved, and the primary's own filters change nothing.
fleet a b<a c<a d<b e<b
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from b:3306
e:3306 replicates from b:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 5 instances, 5 answering

kill b
----
   0.001  the connection to b:3306 has ended; looking at it and at its replicas

tick 4
----
   0.002  ! b:3306: DeadIntermediateMaster; last answered 1 ms ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it
   0.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   0.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   1.002  DeadIntermediateMaster has held for 1 s; last answered 1 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it; 3 of 3 observers say that it is dead, none that it lives.
   1.002  Ask every gate whether Baton may act; each that is shut says why.
   1.002  a:3306 matches no entry of RecoverIntermediateMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover".
   1.002  ! Baton had no right to act, and said why. a:3306 matches no entry of RecoverIntermediateMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover".

explain
----
b:3306: DeadIntermediateMaster
  open treatment: DeadIntermediateMaster is recovered: its replicas are moved to another source
  open leader: this controller has the right to act
  open started: every known instance was looked at, or waited for long enough
  open reach: 0 of 5 instances of all clusters fell silent at once
  open quorum: 1 of 1 controller says that b:3306 does not answer; most of them are not needed
  open enabled: recoveries are enabled
  SHUT filter: a:3306 matches no entry of RecoverIntermediateMasterClusterFilters, so it is not recovered by itself; add it there, or use "baton recover"
  open ignored: b:3306 matches no entry of RecoveryIgnoreHostnameFilters
  open downtime: b:3306 is not in downtime
  open maintenance: nobody works on b:3306
  open replicas: 2 of its replicas can be reached
  open answers: b:3306 refuses connections
  open connected: no replica is connected to b:3306
  open witness: 2 of its replicas try to reach b:3306 and cannot
  open takes-writes: nothing is written at b:3306 that its replicas would go without
  open active: nothing else changes a:3306
  open unsettled: no recovery has left it open who is the primary of a:3306
  open recent: no recovery has changed a:3306 within 1 h
  open promoted: b:3306 was not made the primary within 1 h
  open cancelled: no person has cancelled its recovery
  open attempts: no attempt at it has come to nothing
  open detection-hooks: no detection hook said no
  open brake: 0 recoveries were begun within 10 min

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
- b:3306   [unknown,invalid,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - d:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  - e:3306 [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
+ c:3306   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
