# The designated replica stops applying while the primary is read-only: after TakeoverReadOnlySeconds all is put back.
fleet a b<a c<a
hook PostUnsuccessfulGracefulTakeoverProcesses call-off {successorHost}
start
lag b 900
write 20 a
tick 2

takeover a b
tick 0.014
write 5 a
tick 0.1
stall b
tick 12

write 1 a

lag b 0
tick 1

topology

verdict
