import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import {
  type Fault,
  PlanFile,
  type Predicted,
  type Profile,
  parseFaults,
  planOfConf,
  predict,
  type RouterPlan,
  readPlan,
} from '../../protocols/keepalived/index.ts';
import type { Terminal } from '../terminal.ts';
import { confOf, textOf } from '../vrrp/files.ts';
import { named } from '../vrrp/named.ts';
import { profileOption } from '../vrrp/profile.ts';

interface Words {
  readonly conf: Readonly<Record<string, string>>;
  readonly faults?: string;
  readonly until?: number;
  readonly scripts?: true;
  readonly profile: Profile;
}

interface Played {
  readonly routers: readonly RouterPlan[];
  readonly faults: readonly Fault[];
  readonly untilMs: number;
}

/** `baton vrrp simulate PLAN.json`, or `--conf ID=FILE … --faults FILE`. */
export function simulateCommand(terminal: Terminal): Command {
  return new Command('simulate')
    .description('Foretell what routers with keepalived will tell: a JSON line for each line of their FIFOs.')
    .argument('[plan]', 'a plan of routers and of what is done to them, as JSON')
    .option(
      '--conf <id=file>',
      'a router and its keepalived.conf, instead of a plan; again for each one, the address of a later one is higher',
      named,
      {},
    )
    .option(
      '--faults <file>',
      'what is done to them: lines SECONDS ID exit NAME CODE, link IF up|down, file NAME VALUE, start, stop, kill',
    )
    .option('--until <seconds>', 'when to end; else 60 s after the last fault', seconds)
    .option('--scripts', 'tell of the scripts too, each before the line of its state')
    .addOption(profileOption())
    .exitOverride()
    .action((plan: string | undefined, words: Words) => {
      const { routers, faults, untilMs } = plan === undefined ? fromConfs(words) : fromPlan(plan, words);
      for (const one of predict(routers, faults, untilMs))
        for (const line of linesOf(one, { isNamed: plan === undefined, withScripts: words.scripts === true }))
          terminal.print(JSON.stringify(line));
    });
}

function fromPlan(file: string, { conf, faults, until }: Words): Played {
  if (Object.keys(conf).length > 0 || faults !== undefined)
    throw new BatonError(
      'usage',
      'A plan names its routers and what is done to them: give it, or --conf and --faults.',
    );
  const parsed = PlanFile.safeParse(jsonIn(file));
  if (!parsed.success)
    throw new BatonError('vrrp-unreadable', `${file} is no plan: ${z.prettifyError(parsed.error)}`);
  const untilMs = (until ?? parsed.data.until) * 1_000;
  return { ...readPlan(parsed.data), untilMs };
}

function jsonIn(file: string): unknown {
  const text = textOf(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BatonError('vrrp-unreadable', `${file} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
}

function fromConfs({ conf, faults: file, until, profile }: Words): Played {
  const routers = Object.entries(conf).map(([id, path], address) =>
    planOfConf(confOf(path, id), { id, profile, address }),
  );
  if (routers.length === 0)
    throw new BatonError(
      'usage',
      'Nothing is named to simulate: give a plan, or --conf ID=FILE for each router.',
    );
  const faults = file === undefined ? [] : parseFaults(textOf(file));
  for (const { router } of faults)
    if (!routers.some(({ id }) => id === router))
      throw new BatonError('usage', `The faults name ${router}, which no --conf does.`);
  // Who is never started is there from the beginning.
  const begins = routers
    .filter(({ id }) => !faults.some((fault) => fault.router === id && fault.do === 'start'))
    .map(({ id }): Fault => ({ atMs: 0, router: id, do: 'start' }));
  const atStart = faults.filter(({ atMs }) => atMs === 0);
  const later = faults.filter(({ atMs }) => atMs > 0);
  const last = Math.max(0, ...faults.map(({ atMs }) => atMs));
  return {
    routers,
    faults: [...atStart, ...begins, ...later],
    untilMs: until === undefined ? last + 60_000 : until * 1_000,
  };
}

interface Shown {
  /** A plan has one instance for each router, whose name nobody needs. */
  readonly isNamed: boolean;
  readonly withScripts: boolean;
}

function linesOf(
  { atMs, router, told, calls, mail }: Predicted,
  { isNamed, withScripts }: Shown,
): readonly object[] {
  const t = atMs / 1_000;
  const name = isNamed ? { type: told.kind, name: told.name } : {};
  const line = { t, node: router, state: told.state, prio: told.priority, ...name };
  if (!withScripts) return [line];
  const called = calls.map(({ keyword, argv }) => ({ t, node: router, script: keyword, argv }));
  return [...called, line, ...(mail === null ? [] : [{ t, node: router, mail: mail.subject }])];
}

function seconds(word: string): number {
  if (!/^\d+(\.\d+)?$/.test(word) || Number(word) > 1_000_000)
    throw new InvalidArgumentError('It wants a number of seconds.');
  return Number(word);
}
