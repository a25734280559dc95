# The controller dies with the old primary read-only, and a person promotes another by hand: the next one does not let the old primary write again.
fleet a b<a c<a
start
write 5 a
die 22
takeover a b
tick 1
promote c
start
tick 5
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
5 were acknowledged
ok
   0.001  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   0.002  b:3306 is named.
   0.002  Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.
   0.002  Run OnFailureDetectionProcesses, as for a primary that had failed.
   0.002  Run PreFailoverProcesses; one that exits non-zero ends the takeover.
   0.002  Let the other replicas follow the designated one already, so that they are there when it takes writes.
   0.007  c:3306 was asked to stop receiving from its source
   0.012  c:3306 was asked to follow b:3306
   0.013  Behind b:3306 already: c:3306.
   0.013  Wait until the designated replica is so close behind that the primary need not stand still for long.
   0.015  b:3306 is less than 1 ms behind.
   0.015  Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.
ok
   1.003  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
   1.003  watching cluster c:3306: primary c:3306, 1 instances, 1 answering
   1.003  A controller continues this takeover in switching.freezing.
   1.003  Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.
   1.004  ! No: c:3306 has no source and takes writes too, so it is not plain who the primary is.
   1.004  The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.
   1.006  Not put back: a:3306 stays read-only, for c:3306 has no source and takes writes: somebody else has promoted it; c:3306 is left as it is, for c:3306 has no source and takes writes: somebody else has promoted it.
   1.006  Run PostUnsuccessfulGracefulTakeoverProcesses; something could not be put back.
   1.006  ! The takeover came to nothing and not everything could be put back; a person is needed. c:3306 has no source and takes writes too, so it is not plain who the primary is; not put back: a:3306 stays read-only, for c:3306 has no source and takes writes: somebody else has promoted it; c:3306 is left as it is, for c:3306 has no source and takes writes: somebody else has promoted it.
c:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
