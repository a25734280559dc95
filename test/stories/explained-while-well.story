# Nothing is wrong, and it can still be asked whether Baton would act: the gates answer for a death of the primary now (P7, P10).
fleet a b<a c<a
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306

start
----
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering

write 4 a
tick 20
explain a
----
4 were acknowledged
nothing happens
if a:3306 died now: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  later reach: would be shut if most instances of all clusters fell silent together with the primary (since at least 0.001)
  later quorum: would be shut where DetectionQuorum wants most controllers to find it dead, until they do (since at least 0.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: a:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on a:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  later answers: would be shut if the primary answered anything at all, be it an error (since at least 0.001)
  later connected: would be shut while any replica stayed connected to it (since at least 0.001)
  later witness: its replicas would try to reach it; would be shut if none did (since at least 0.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 0 recoveries were begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 20.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name

# The replica of a replica does not count, and one that is stopped is no witness; readiness says what that costs.
stop c
tick 12
explain b
readiness
----
ok
nothing happens
if a:3306 died now: DeadMaster
  open treatment: DeadMaster is recovered: a replica is promoted (since at least 0.001)
  open leader: this controller has the right to act (since at least 0.001)
  open started: every known instance was looked at, or waited for long enough (since at least 0.001)
  later reach: would be shut if most instances of all clusters fell silent together with the primary (since at least 0.001)
  later quorum: would be shut where DetectionQuorum wants most controllers to find it dead, until they do (since at least 0.001)
  open enabled: recoveries are enabled (since at least 0.001)
  open filter: a:3306 matches RecoverMasterClusterFilters (since at least 0.001)
  open ignored: a:3306 matches no entry of RecoveryIgnoreHostnameFilters (since at least 0.001)
  open downtime: a:3306 is not in downtime (since at least 0.001)
  open maintenance: nobody works on a:3306 (since at least 0.001)
  open replicas: 2 of its replicas can be reached (since at least 0.001)
  later answers: would be shut if the primary answered anything at all, be it an error (since at least 0.001)
  later connected: would be shut while any replica stayed connected to it (since at least 0.001)
  later witness: its replicas would try to reach it; would be shut if none did (since at least 0.001)
  open takes-writes: nothing is written at a:3306 that its replicas would go without (since at least 0.001)
  open active: nothing else changes a:3306 (since at least 0.001)
  open unsettled: no recovery has left it open who is the primary of a:3306 (since at least 0.001)
  open recent: no recovery has changed a:3306 within 1 h (since at least 0.001)
  open promoted: a:3306 was not made the primary within 1 h (since at least 0.001)
  open cancelled: no person has cancelled its recovery (since at least 0.001)
  open attempts: no attempt at it has come to nothing (since at least 0.001)
  open detection-hooks: no detection hook said no (since at least 0.001)
  open brake: 0 recoveries were begun within 10 min (since at least 0.001)
  open candidate: b:3306 may be promoted (since at least 20.001)
  open fencing: FencingLevelRequired is "attempted" (since at least 0.001)
would promote b:3306: b:3306 is as good as c:3306, and comes first by name
a:3306: 75
  -25 io-stopped: the IO thread of c:3306 is not connected
