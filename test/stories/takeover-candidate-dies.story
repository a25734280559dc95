# The designated replica dies while it catches up: the old primary takes writes again, and the other replica is back below it.
fleet a b<a c<a
start
lag b 900
write 20 a
tick 2

takeover a b
tick 0.014
write 5 a
tick 0.1
kill b
tick 15

write 1 a
tick 1

topology

verdict
