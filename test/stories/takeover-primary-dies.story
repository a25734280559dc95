# The primary dies while it is read-only: the takeover comes to nothing, and the recovery that follows loses nothing.
fleet a b<a c<a
start
lag b 900
write 20 a
tick 2

takeover a b
tick 0.014
write 5 a
tick 0.1
kill a
tick 15

topology

verdict
