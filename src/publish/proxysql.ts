import type { Publisher } from '../engine/ports.ts';
import { hostOf, type InstanceKey, instanceKey, portOf } from '../kernel/instance-key.ts';

/** Asks ProxySQL's administration one statement; the rows of its answer, columns by name. */
export type AskAdmin = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/**
 * Keeps the primary in a hostgroup of ProxySQL, alone. A cluster that is withdrawn has all servers of that hostgroup
 * OFFLINE_HARD, which ends what connections they have. Its weights and limits stay with the hostgroup, not with the
 * server. What was told is what runs, not what was only written down.
 */
export function proxysqlPublisher(options: { ask: AskAdmin; writerHostgroup: number }): Publisher {
  const { ask, writerHostgroup } = options;
  const inGroup = `hostgroup_id = ${writerHostgroup}`;

  async function change(statements: readonly string[]): Promise<void> {
    for (const statement of [...statements, ...nowAndLater]) await ask(statement);
  }

  /** The servers of a table, with what they are to ProxySQL. */
  async function serversIn(table: string): Promise<readonly { key: InstanceKey; isOff: boolean }[]> {
    const rows = await ask(`SELECT hostname, port, status FROM ${table} WHERE ${inGroup}`);
    return rows.map(({ hostname, port, status }) => ({
      key: instanceKey(String(hostname), Number(port)),
      isOff: status === 'OFFLINE_HARD',
    }));
  }

  return {
    async publish(_, primary) {
      const there = (await serversIn('mysql_servers')).map(({ key }) => key);
      await change(statementsFor(primary, { there, inGroup, writerHostgroup }));
    },
    withdraw: () => change([`UPDATE mysql_servers SET status = 'OFFLINE_HARD' WHERE ${inGroup}`]),
    async published() {
      const online = (await serversIn('runtime_mysql_servers')).flatMap(({ key, isOff }) =>
        isOff ? [] : [key],
      );
      const [primary = null, another] = online;
      return [another === undefined ? primary : 'unknown'];
    },
    async preview(_, primary) {
      return [`hostgroup ${writerHostgroup} = ${primary}`];
    },
  };
}

const nowAndLater = ['LOAD MYSQL SERVERS TO RUNTIME', 'SAVE MYSQL SERVERS TO DISK'];

/** The row of whoever was the primary becomes the new one's, so that it keeps its weight and its limits. */
function statementsFor(
  primary: InstanceKey,
  how: { there: readonly InstanceKey[]; inGroup: string; writerHostgroup: number },
): readonly string[] {
  const { there, inGroup, writerHostgroup } = how;
  const [first] = there;
  if (first === undefined)
    return [
      `INSERT INTO mysql_servers (hostgroup_id, hostname, port) VALUES (${writerHostgroup}, ${quoted(hostOf(primary))}, ${portOf(primary)})`,
    ];
  const kept = there.includes(primary) ? primary : first;
  const others = there.filter((key) => key !== kept);
  return [
    ...others.map((key) => `DELETE FROM mysql_servers WHERE ${inGroup} AND ${isServer(key)}`),
    `UPDATE mysql_servers SET hostname = ${quoted(hostOf(primary))}, port = ${portOf(primary)}, status = 'ONLINE' WHERE ${inGroup} AND ${isServer(kept)}`,
  ];
}

function isServer(key: InstanceKey): string {
  return `hostname = ${quoted(hostOf(key))} AND port = ${portOf(key)}`;
}

/** ProxySQL's administration is SQLite's dialect. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
