import { answered, leftOut } from '../../../src/api/orchestrator/routes.ts';
import { synonyms } from '../../../src/api/orchestrator/synonyms.ts';
import type { Need } from '../../../src/api/door/caller.ts';

/** docs/reference/orchestrator-api.md, made of the table of routes. */
export function apiPage(): string {
  const rows = answered
    .filter(({ path }) => path !== '')
    .map(({ path, needs }) => `| \`${path}\` | ${roles[needs]} |`);
  const reasons = new Map<string, string[]>();
  for (const { path, because } of leftOut)
    reasons.set(because, [...(reasons.get(because) ?? []), `\`${path}\``]);
  return [
    '# orchestrator’s API',
    '',
    'Made from the table in `src/api/orchestrator` by `test/api/orchestrator/api-page.test.ts`; change the table, not this page.',
    '',
    'Baton answers the API of orchestrator 3.2.6 below `<URLPrefix>/api`, and on the socket beside its state file, so that',
    '`orchestrator-client`, dashboards and scripts go on as they are; `baton -c <command>` knows the client’s commands.',
    'Whatever changes something may be asked by GET, as orchestrator wants it, or by POST; `AllowWritesByGet` forbids the first.',
    '',
    '- `{"Code","Message","Details"}` around what orchestrator puts into it, bare JSON otherwise; `ERROR` has the status 500.',
    '- A takeover and a recovery are answered when they have ended.',
    '- A path that nobody knows answers in JSON too, which orchestrator-client needs.',
    '- Of several controllers whoever follows hands what changes something on to the leader, as orchestrator does, and answers the',
    '  rest by what it sees itself. It knows the leader by `HTTPAdvertise`; who leads says where it is reached.',
    '- `make-master` is a planned takeover: a second server that takes writes is never made by hand.',
    '- `regroup-replicas` moves all replicas that answer below the one that has most, or none; its variants do the same.',
    '- `relocate` and its kin move replicas by GTID; `repoint` follows from where a replica stands.',
    '- `purge-binary-logs` is refused while a replica needs what is older, or cannot be asked; `?force=true` asks none. It wants the',
    '  privilege BINLOG_ADMIN (MariaDB: BINLOG ADMIN).',
    '- `kill-query` ends what an application asks, and touches neither replication nor Baton’s own connections.',
    '- `Id` of recoveries and detections: orchestrator counts them; Baton gives the microseconds of the moment they began.',
    '- A replaced primary stays in its cluster, downtimed, where orchestrator makes a cluster of its own of it.',
    '- `audit-recovery-steps` tells what happened in Baton’s words.',
    '',
    '## Answered',
    '',
    'The older words of section “Synonyms” go to the same places.',
    '',
    '| Path below `/api/` | Needs |',
    '| --- | --- |',
    ...rows,
    '',
    '## Left out',
    '',
    'These answer `ERROR` with the sentence that stands here.',
    '',
    ...[...reasons].flatMap(([because, paths]) => [`- ${because} ${paths.join(', ')}`]),
    '',
    '## Synonyms',
    '',
    ...Object.entries(synonyms).map(([older, today]) => `- \`${older}\`: \`${today}\``),
    '',
  ].join('\n');
}

const roles: Readonly<Record<Need, string>> = {
  nobody: 'nobody: it is open',
  view: '`view`',
  acknowledge: '`acknowledge`',
  approve: '`approve`',
  recover: '`recover`',
  admin: '`admin`',
};
