# Every reason is said, and nothing is touched.
fleet a b<a c<a d<c
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
d:3306 replicates from c:3306

config PromotionIgnoreHostnameFilters ["^d:"]
start
----
ok
   0.001  watching cluster a:3306: primary a:3306, 4 instances, 4 answering

write 5 a
tick 1
----
5 were acknowledged
nothing happens

# Two could take over and none is named.
takeover a
tick 1
----
   1.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.002  ! No: a:3306 has 2 replicas and none is named: name one with --to, or let Baton choose with --auto.
   1.002  ! The takeover cannot be made; nothing was touched. a:3306 has 2 replicas and none is named: name one with --to, or let Baton choose with --auto.
nothing happens

# Not a direct replica, not of this cluster, not a server, and the primary itself.
takeover a d
tick 1
takeover a x
tick 1
takeover a a
tick 1
----
   2.002  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   2.003  ! No: d:3306 replicates from c:3306, and only a direct replica of a:3306 can take over from it.
   2.003  ! The takeover cannot be made; nothing was touched. d:3306 replicates from c:3306, and only a direct replica of a:3306 can take over from it.
nothing happens
   3.003  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   3.004  ! No: x:3306 is no replica of this cluster, and only a direct replica of a:3306 can take over from it.
   3.004  ! The takeover cannot be made; nothing was touched. x:3306 is no replica of this cluster, and only a direct replica of a:3306 can take over from it.
nothing happens
   4.004  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   4.005  ! No: a:3306 is the primary already, and only a direct replica of a:3306 can take over from it.
   4.005  ! The takeover cannot be made; nothing was touched. a:3306 is the primary already, and only a direct replica of a:3306 can take over from it.
nothing happens

# Nobody knows such a cluster.
takeover z b
----
cannot be done: no cluster that is watched is called "z:3306"

# It lags by much more than anybody would wait for, and another replica would be left behind.
stop c
lag b 60000
write 1 a
tick 30
takeover a b
tick 1
----
ok
ok
1 were acknowledged
nothing happens
  35.006  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
  35.007  ! No: b:3306 lags by 30 seconds, more than the 20 of ReasonableMaintenanceReplicationLagSeconds.
  35.007  ! The takeover cannot be made; nothing was touched. b:3306 lags by 30 seconds, more than the 20 of ReasonableMaintenanceReplicationLagSeconds.
nothing happens

topology
----
a:3306     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306   [30s,lag,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
- c:3306   [null,nonreplicating,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
  + d:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
