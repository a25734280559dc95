# A primary is made a co-primary, the controller dies while it is read-only, and a person promotes another: putting back does not make two.
fleet a b<a c<a
start
write 5 a
die 6
operate make-co-master b
tick 1
promote c
start
tick 3
verdict
----
a:3306 is a primary
b:3306 replicates from a:3306
c:3306 replicates from a:3306
   0.001  watching cluster a:3306: primary a:3306, 3 instances, 3 answering
5 were acknowledged
ok
ok
   0.001  Look at every server of the cluster and see whether and how it can be done.
   0.002  a:3306 is asked to be read-only; then b:3306 is waited for until it has all that a:3306 has; then a:3306 is asked to follow b:3306; then a:3306 is asked to take writes (no other server may take writes then).
   0.002  Do it, one server after the other; no server moves before its new source has what it has.
ok
   1.002  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
   1.002  watching cluster c:3306: primary c:3306, 1 instances, 1 answering
   1.002  A controller continues this reshaping in carryingOut.
   1.002  It could not be done whole: put back what was done.
   1.003  Not put back: a:3306 stays read-only, for c:3306 has no source and takes writes: somebody else has promoted it.
   1.003  ! It could not be done; what was changed was put back as far as that goes. The controller was interrupted half-way; not put back: a:3306 stays read-only, for c:3306 has no source and takes writes: somebody else has promoted it.
c:3306 takes writes and has all 5 acknowledged writes
never two servers of a cluster took writes
