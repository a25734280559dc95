# The designated replica is 0.9 s behind: so long the primary is read-only, and no write is lost.
fleet a b<a c<a
start
lag b 900
write 20 a
tick 2

takeover a b
tick 0.014
write 5 a
tick 5

verdict
