import type { Sandbox } from '../../sandbox/sandbox.ts';
import { flavourNames } from '../../sandbox/server-package.ts';
import type { MemberStatus } from '../../sandbox/status.ts';

/** Where a sandbox lies, and whether the verbs look there of themselves. */
export interface Place {
  readonly directory: string;
  readonly isDefault: boolean;
}

/** All that a person needs to go on: who is there, how to get in, what to do next. */
export function describeUp(sandbox: Sandbox, status: readonly MemberStatus[], place: Place): string {
  const { topology, app, replication } = sandbox.credentials;
  const option = place.isDefault ? '' : ` --directory ${place.directory}`;
  const port = sandbox.members[0]?.port;
  return [
    `${flavourNames[sandbox.flavour]} ${sandbox.version} in ${sandbox.directory}`,
    '',
    describeStatus(status),
    '',
    table([
      [app.user, app.password, "an application's, owns the database shop"],
      [topology.user, topology.password, "Baton's"],
      [replication.user, replication.password, "the replicas'"],
    ]),
    '',
    table([
      ['watch it', `npx baton run --config ${sandbox.configFile}`],
      ['break it', `npx baton sandbox kill ${port}${option}`],
      ['look at it', `npx baton topology --config ${sandbox.configFile}`],
      ['end it', `npx baton sandbox down${option}`],
    ]),
  ].join('\n');
}

/** A line a server: where, how it is, what it takes, whom it follows and how well. */
export function describeStatus(status: readonly MemberStatus[]): string {
  return table(status.map((member) => [member.key, member.life, access(member), following(member)]));
}

function access({ readOnly }: MemberStatus): string {
  if (readOnly === null) return '';
  return readOnly ? 'read-only' : 'writable';
}

function following({ replication }: MemberStatus): string {
  if (replication === null) return '';
  const { source, ioThread, sqlThread, lagSeconds, error } = replication;
  const healthy = ioThread === 'running' && sqlThread === 'running';
  const lag = lagSeconds === null || lagSeconds === 0 ? '' : `, ${lagSeconds} s behind`;
  if (healthy) return `replicates from ${source}${lag}`;
  const because = error === '' ? '' : `: ${error}`;
  return `replica of ${source}, receiving ${ioThread}, applying ${sqlThread}${because}`;
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, index) => Math.max(cell.length, widest[index] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
