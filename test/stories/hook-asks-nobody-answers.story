# Nobody answers: after its time the hook has failed, and a stage that may veto says no.
fleet a b<a
----
a:3306 is a primary
b:3306 replicates from a:3306

hook PreFailoverProcesses OnResume=ask AskTimeoutSeconds=30 take-the-address
slow-hook PreFailoverProcesses 5
----
ok
ok

start
----
   0.001  watching cluster a:3306: primary a:3306, 2 instances, 2 answering

write 2 a
tick 1
----
2 were acknowledged
nothing happens

kill a
----
   1.001  the connection to a:3306 has ended; looking at it and at its replicas

tick 3
----
   1.002  ! a:3306: DeadMaster; last answered 1 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it
   1.002  Run OnFailureDetectionProcesses, whatever may be decided afterwards.
   1.002  Keep asking every server until the failure has held for the confirmation time, or is gone.
   2.002  DeadMaster has held for 1 s; last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it; 2 of 2 observers say that it is dead, none that it lives.
   2.002  Ask every gate whether Baton may act; each that is shut says why.
   2.002  Every gate is open.
   2.002  Open the recovery in the journal, unless the cluster is held by another.
   2.002  A recovery was opened and goes on by itself.
   2.002  Ask every server of the cluster again and see that the finding still holds.
   2.003  DeadMaster of a:3306 holds: last answered 2 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   2.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   2.003  PreFailoverProcesses hook 1 of 1 started: take-the-address

die
----
ok

lose-hooks
----
ok

start
----
   4.002  watching cluster a:3306: primary a:3306, 2 instances, 1 answering
   4.002  A controller continues this recovery in preFailover.preparing.
   4.002  Ask every server of the cluster again and see that the finding still holds.

tick 40
----
   4.003  DeadMaster of a:3306 holds: last answered 4 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it.
   4.003  Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.
   4.003  ! PreFailoverProcesses hook 1 of 1 ended in a way that nobody saw: it was begun, and whoever saw its end is gone
   4.003  ! PreFailoverProcesses hook 1 of 1 waits for a person, for 30 s at most, for nobody saw how it ended: baton approve 8706c4eb --why TEXT runs it again, with --skip it is taken for done, with --fail for failed
  34.003  ! No: PreFailoverProcesses hook 1 of 1 ended in a way that nobody saw: it was begun, and whoever saw its end is gone; nobody said in time what to do.
  34.003  A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.
  34.003  ! A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later. PreFailoverProcesses hook 1 of 1 ended in a way that nobody saw: it was begun, and whoever saw its end is gone; nobody said in time what to do.
  34.032  ! a:3306: DeadMaster; last answered 34.03 s ago; 1 of 1 replicas reachable, 0 replicating, 1 failing to connect to it

approve skip ann too late
----
cannot be done: no hook of "" waits for a word
