/**
 * How a replica would be moved below another, and why it could not be. Nothing is touched: a plan is what comes of
 * two things that are known. Run it with `npm run example:plan-a-move`.
 */
import { InstanceKey, newInstance, Server, withObservation } from 'baton';
import { Operation, planOf, planText } from 'baton/operations';

/** A server as it was last read, with the few things that a move goes by. */
function member(
  key: InstanceKey,
  serverId: number,
  source: InstanceKey | null,
  version = '10.11.14-MariaDB',
) {
  const server = Server.parse({
    flavour: 'mariadb',
    version,
    versionComment: '',
    serverId,
    serverUuid: `server ${serverId}`,
    hostname: '',
    reportHost: '',
    uptimeSeconds: 86_400,
    readOnly: source !== null,
    superReadOnly: false,
    logBin: true,
    logReplicaUpdates: true,
    binlogFormat: 'ROW',
    binlogRowImage: 'FULL',
    binlogCoordinates: null,
    gtidMode: '',
    executedGtid: '0-1-100',
    purgedGtid: '',
    semiSync: {
      primaryEnabled: false,
      primaryStatus: false,
      waitForReplicas: 1,
      clients: 0,
      timeoutMs: 0,
      replicaEnabled: false,
      replicaStatus: false,
    },
    replication:
      source === null
        ? null
        : {
            source,
            ioThread: 'running',
            sqlThread: 'running',
            lastIoError: '',
            lastSqlError: '',
            lagSeconds: 0,
            sqlDelaySeconds: 0,
            position: 'mariadb-gtid',
            receivedGtid: '0-1-100',
            readCoordinates: null,
            execCoordinates: null,
            relayCoordinates: null,
            hasFilters: false,
            channel: '',
            channels: 1,
            user: 'repl',
          },
    listedReplicas: [],
  });
  const at = 1_700_000_000_000;
  return withObservation(newInstance(key), {
    key,
    at,
    tookMs: 1,
    outcome: 'read',
    echo: 'answered',
    error: null,
    server,
  });
}

const [db1, db2, db3] = ['db1:3306', 'db2:3306', 'db3:3306'].map((key) => InstanceKey.parse(key)) as [
  InstanceKey,
  InstanceKey,
  InstanceKey,
];
const members = [member(db1, 1, null), member(db2, 2, db1), member(db3, 3, db1, '10.5.27-MariaDB')];
const rules = { verifyFilters: true, toleratedDelaySeconds: 20 };

for (const operation of [
  Operation.parse({ verb: 'move-below', instance: db2, below: db3 }),
  Operation.parse({ verb: 'move-below', instance: db3, below: db2 }),
]) {
  const plan = planOf(operation, { members, rules });
  console.log(`${operation.verb} ${operation.instance}:`);
  for (const line of plan.refusals.length > 0 ? plan.refusals : planText(plan.actions, members))
    console.log(`  ${line}`);
}
