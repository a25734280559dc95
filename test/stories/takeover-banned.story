# A replica that is never to be promoted does not take over either.
fleet a b<a
config PromotionIgnoreHostnameFilters ["^b:"]
start
takeover a b
tick 1
takeover a auto
tick 1
----
a:3306 is a primary
b:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
   0.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   0.002  ! No: no replica may be promoted: b:3306 matches PromotionIgnoreHostnameFilters.
   0.002  ! The takeover cannot be made; nothing was touched. No replica may be promoted: b:3306 matches PromotionIgnoreHostnameFilters.
nothing happens
   1.002  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.003  ! No: no replica may be promoted: b:3306 matches PromotionIgnoreHostnameFilters.
   1.003  ! The takeover cannot be made; nothing was touched. No replica may be promoted: b:3306 matches PromotionIgnoreHostnameFilters.
nothing happens

topology
----
a:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]
+ b:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]
