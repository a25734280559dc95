import { type InstanceKey, instanceKey } from '../kernel/instance-key.ts';
import type { Life } from '../process/recorded-process.ts';
import type { Replication } from '../topology/observation.ts';
import { speak } from './client.ts';
import { dialects } from './dialect.ts';
import type { Flavour } from './server-package.ts';
import { lifeOfMember } from './server.ts';
import type { SandboxState, StateMember } from './state.ts';

/** One server of a sandbox as it is now; what a frozen, dead or silent one does not tell is null. */
export interface MemberStatus {
  readonly key: InstanceKey;
  readonly life: Life;
  readonly readOnly: boolean | null;
  readonly replication: ReplicationSummary | null;
}

export interface ReplicationSummary {
  readonly source: InstanceKey;
  readonly ioThread: Replication['ioThread'];
  readonly sqlThread: Replication['sqlThread'];
  readonly lagSeconds: number | null;
  /** The server's own words; empty where nothing is wrong. */
  readonly error: string;
}

export async function statusOf(state: SandboxState): Promise<readonly MemberStatus[]> {
  return Promise.all(state.members.map((member) => statusOfMember(state, member)));
}

async function statusOfMember(state: SandboxState, member: StateMember): Promise<MemberStatus> {
  const { flavour, client } = state.found;
  const key = instanceKey('127.0.0.1', member.port);
  const life = lifeOfMember(member);
  const untold = { key, life, readOnly: null, replication: null };
  if (life !== 'alive') return untold;
  const statements = `SELECT @@global.read_only AS read_only; ${dialects[flavour].replicationStatus};`;
  const asked = speak(client, member, statements, { layout: 'vertical', timeoutMs: 3_000 });
  const text = await asked.catch(() => null);
  if (text === null) return untold;
  const fields = readFields(text);
  return { key, life, readOnly: fields.get('read_only') === '1', replication: summary(fields, flavour) };
}

/** The client's vertical layout: blanks, a name, a colon, a value. */
function readFields(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').map((line) => /^\s*(\w+): ?(.*)$/.exec(line));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']])));
}

function summary(fields: ReadonlyMap<string, string>, flavour: Flavour): ReplicationSummary | null {
  const [source, thread] = flavour === 'mariadb' ? ['Master', 'Slave'] : ['Source', 'Replica'];
  const field = (name: string) => fields.get(name) ?? '';
  if (field(`${source}_Host`) === '') return null;
  const lag = field(`Seconds_Behind_${source}`);
  return {
    source: instanceKey(field(`${source}_Host`), Number(field(`${source}_Port`))),
    ioThread: threadState(field(`${thread}_IO_Running`)),
    sqlThread: threadState(field(`${thread}_SQL_Running`)),
    lagSeconds: lag === '' || lag === 'NULL' ? null : Number(lag),
    error: field('Last_SQL_Error') || field('Last_IO_Error'),
  };
}

function threadState(word: string): Replication['ioThread'] {
  if (word === 'Yes') return 'running';
  return word === 'No' ? 'stopped' : 'connecting';
}
