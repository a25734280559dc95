# Whatever record the controller dies after, the next one brings the takeover to an end: no write is lost, and never do two servers take writes.
each death
fleet a b<a c<a
hook PreFailoverProcesses prepare
hook PostMasterFailoverProcesses move-the-name {successorHost}
start
write 5 a
takeover a b
tick 3
