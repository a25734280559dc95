# The same with a hook that says no while the primary is read-only: it takes writes again, whatever record the controller dies after.
each death
fleet a b<a
config HookCompatibility "strict"
hook PreFailoverProcesses ask
break-hook PreFailoverProcesses
hook PostUnsuccessfulGracefulTakeoverProcesses call-off
start
write 5 a
takeover a b
tick 3
