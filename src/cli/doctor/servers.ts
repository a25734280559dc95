import { grantStatement, quotedAccount } from '../../mysql/grants.ts';
import { topologyGrants } from '../../sandbox/accounts.ts';
import { type Chapter, counted, doubtful, type Trouble, wrong } from './chapter.ts';
import type { Met, Visit } from './visit.ts';

/** Whether each server can be asked. */
export function connectionsChapter(visits: readonly Visit[]): Chapter {
  const troubles = visits.flatMap(({ error }) => (error === null ? [] : [wrong(error.text, error.fix)]));
  return { title: 'Servers', found: `${counted(visits.length, 'server')} can be asked`, troubles };
}

/** Whether Baton's account may do on each server what a failover takes; those that lack the same share a statement. */
export function grantsChapter(visits: readonly Visit[]): Chapter {
  const lacking = metIn(visits).filter(({ met }) => met.lacks.length > 0);
  const troubles = alike(lacking, ({ met }) => statementFor(met)).flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const where = all.map(({ key }) => key).join(', ');
    const whose = quotedAccount(first.met.account);
    return [wrong(`${whose} may not ${duties(first.met)} on ${where}`, statementFor(first.met))];
  });
  const found = [...new Set(metIn(visits).map(({ met }) => quotedAccount(met.account)))].join(', ');
  return { title: 'Account', found: found === '' ? 'no server could be asked' : found, troubles };
}

/** What a server that says so much is behind or ahead puts wrong: the order of what stands in logs and audits. */
const mostApartMs = 2_000;

export function clocksChapter(visits: readonly Visit[]): Chapter {
  const troubles = metIn(visits).flatMap(({ key, met: { clockAheadMs } }) => {
    if (Math.abs(clockAheadMs) <= mostApartMs) return [];
    const seconds = Math.round(Math.abs(clockAheadMs) / 1_000);
    const how = `${counted(seconds, 'second')} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} this machine's`;
    return [doubtful(`the clock of ${key} is ${how}`, 'let both follow the same time: chronyc tracking')];
  });
  return { title: 'Clocks', found: 'together', troubles };
}

/** Whether the operator's own queries work where they are run; servers that say the same share a line. */
export function queriesChapter(visits: readonly Visit[]): Chapter {
  const refusals = metIn(visits).flatMap(({ key, met: { refusedQueries, account } }) =>
    [...refusedQueries].map(([name, said]) => ({ key, name, said, whose: quotedAccount(account) })),
  );
  const troubles = alike(refusals, ({ name, said }) => `${name} ${said}`).flatMap(
    (all): readonly Trouble[] => {
      const [first] = all;
      if (first === undefined) return [];
      const { name, said, whose } = first;
      const fix = /denied/i.test(said) ? `GRANT SELECT on what it reads to ${whose}` : `mend ${name}`;
      return [doubtful(`${name} fails on ${all.map(({ key }) => key).join(', ')}: ${said}`, fix)];
    },
  );
  return { title: 'Queries', found: 'those of the configuration work', troubles };
}

/** In groups of the same name, in the order in which the names came. */
function alike<One>(all: readonly One[], name: (one: One) => string): readonly (readonly One[])[] {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(name(one), [...(groups.get(name(one)) ?? []), one]);
  return [...groups.values()];
}

function metIn(visits: readonly Visit[]) {
  return visits.flatMap(({ key, met }) => (met === null ? [] : [{ key, met }]));
}

function statementFor({ lacks, account }: Met): string {
  return grantStatement(lacks, account);
}

function duties({ flavour, lacks }: Met): string {
  const table = topologyGrants[flavour];
  const known = lacks.flatMap((one) =>
    one === 'CLONE_ADMIN'
      ? 'be rebuilt by copying another'
      : (table.find(({ privilege }) => privilege === one)?.why ?? []),
  );
  return known.length === 0 ? 'do all that a failover takes' : known.join(', ');
}
