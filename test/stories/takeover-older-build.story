# A controller of another build began it and died with the primary read-only: what it changed is put back.
fleet a b<a c<a
hook PostUnsuccessfulGracefulTakeoverProcesses call-off
start
write 5 a
tick 1

takeover a b
die 20
tick 1

write 1 a

older-build freeze halt
start
tick 5

write 1 a

topology

verdict
