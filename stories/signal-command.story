# What another system tells of a host is passed on, one call after the other, each on record; a call that was under way when the controller died is made once.
fleet a b<a
config SignalCommand "tell-ops {failedHost} '{failureDescription}'"
start
tick 1
signal b lost
signal b up
tick 2
hooks
die 1
signal b lost
tick 1
start
tick 3
hooks
----
a:3306 is a primary
b:3306 replicates from a:3306
ok
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
nothing happens
   1.001  ! pacemaker: node b is lost
   1.001  pacemaker: node b is up
   1.001  Run SignalCommand with what another system told of a host.
   1.001  SignalCommand is run: node b is lost
   1.011  SignalCommand exited 0 after 10 ms.
   1.011  SignalCommand has done its work.
   1.011  Run SignalCommand with what another system told of a host.
   1.011  SignalCommand is run: node b is up
   1.021  SignalCommand exited 0 after 10 ms.
   1.021  SignalCommand has done its work.
   1.001  SignalCommand: tell-ops b 'node b is lost'
   1.011  SignalCommand: tell-ops b 'node b is up'
ok
   3.001  ! pacemaker: node b is lost
nothing happens
   4.002  watching cluster a:3306: primary a:3306, 2 instances, 2 answering
   4.002  Run SignalCommand with what another system told of a host.
   4.002  SignalCommand is run: node b is lost
   4.012  SignalCommand exited 0 after 10 ms.
   4.012  SignalCommand has done its work.
   1.001  SignalCommand: tell-ops b 'node b is lost'
   1.011  SignalCommand: tell-ops b 'node b is up'
   4.002  SignalCommand: tell-ops b 'node b is lost'
