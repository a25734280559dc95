import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtTwin } from '../src/process/built.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';
import { AnEtcd } from '../test/live/an-etcd.ts';
import { isInOwnNetwork, runOnceMore, whyNoOwnNetwork } from '../test/live/own-network.ts';
import { type Contention, contend, type Fault, faults, makeGround } from './soak/contention.ts';
import { blows, handOver } from './soak/handover.ts';
import { type Killed, killOverEtcd, killOverFiles } from './soak/journal-kills.ts';
import { playKills, type Round } from './soak/kills.ts';
import { grouped } from './soak/grouped.ts';
import { chosenCells, everyCell, resultOf, serversOfStage, titleOf } from './soak/matrix.ts';
import { keepResult, matrixLines, readResults } from './soak/results.ts';
import { Stage } from './soak/stage.ts';

/**
 * What is too long for the tests, on real servers: `matrix`, every cell of it, and `kills`, failovers in a row of one
 * cluster. `--flavour mariadb,mysql`, `--only <words of a cell>`, `--pairwise` for the cells of the tests, `--rounds 200`, `--seed <number>`.
 * `controllers`: a leader is struck after each record of a recovery and of a takeover. `leases`: three contend for the lead for `--minutes 30`.
 * `journal`: writers of a journal are killed `--rounds 500` times.
 * The matrix can be played in pieces: `--part 2/4`, and `--rest` for the cells that have not been passed yet. Each cell's
 * result is kept in bench/baselines when it is known, and docs/soak.md is made of all that are kept; of kills, where none was left out.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    flavour: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    pairwise: { type: 'boolean', default: false },
    part: { type: 'string', default: '1/1' },
    rest: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '30' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const serversOfKills = 5;
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const date = new Date().toISOString().slice(0, 10);
const root = new URL('../..', builtTwin(new URL('./soak.ts', import.meta.url).href));
const stages = new Set<Stage>();
let isOver = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    // A second one does not cut short what the first began.
    if (isOver) return;
    isOver = true;
    await Promise.all([...stages].map((stage) => stage.strike()));
    process.exit(1);
  });
const say = (line: string) => void process.stderr.write(`${line}\n`);
const flavoursOr = (usual: string) => (values.flavour || usual).split(',') as Flavour[];

if (positionals[0] === 'matrix') await matrix(flavoursOr('mariadb,mysql'));
else if (positionals[0] === 'kills') await kills(flavoursOr('mariadb')[0] ?? 'mariadb');
else if (positionals[0] === 'controllers') await controllers(flavoursOr('mariadb')[0] ?? 'mariadb');
else if (positionals[0] === 'leases') await leases();
else if (positionals[0] === 'journal') await journal();
else {
  say(
    'usage: npm run soak -- matrix|kills|controllers|leases|journal [--minutes 30] [--flavour mariadb,mysql] [--only words] [--part 1/4] [--rest] [--rounds 200] [--seed n]',
  );
  process.exitCode = 2;
}

async function matrix(flavours: readonly Flavour[]): Promise<void> {
  const kept = await readResults(root);
  const passed = new Set(kept.filter(({ wrong }) => wrong.length === 0).map(({ cell }) => titleOf(cell)));
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  const cells = (values.pairwise ? chosenCells : everyCell)(flavours)
    .filter((cell) => titleOf(cell).includes(values.only))
    .filter((_, at) => at % parts === part - 1)
    .filter((cell) => !values.rest || !passed.has(titleOf(cell)));
  say(`${cells.length} cells`);
  let wrong = 0;
  for (const flavour of flavours) {
    const own = cells.filter((one) => one.flavour === flavour);
    if (own.length === 0) continue;
    const stage = await made(flavour, serversOfStage);
    try {
      for (const cell of own) {
        const result = await resultOf(stage, cell);
        if (result.wrong.length > 0) wrong += 1;
        await keepResult(root, result);
        say(
          `${titleOf(cell)}: ${result.end}, ${result.tookMs} ms${result.wrong.map((one) => `\n  ${one}`).join('')}`,
        );
      }
    } finally {
      await stage.strike();
    }
  }
  await writePage('matrix', matrixLines(await readResults(root), everyCell(['mariadb', 'mysql'])));
  say(`${cells.length} cells, ${wrong} with a broken promise`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

async function kills(flavour: Flavour): Promise<void> {
  const [rounds, seed] = [Number(values.rounds ?? 200), Number(values.seed)];
  say(`seed ${seed}`);
  const stage = await made(flavour, serversOfKills);
  try {
    const done = await playKills(stage, { rounds, seed, tell: say });
    const isWhole = done.length === rounds && done.every(({ outcome }) => outcome !== 'unexplained');
    process.exitCode = isWhole ? 0 : 1;
    if (isWhole && rounds >= 200)
      await write(`kills-${flavour}`, killsTable(done, seed), { seed, rounds: done });
  } finally {
    await stage.strike();
  }
}

/** Every blow after every record, or after every so many of them, until a run has no more. */
async function controllers(flavour: Flavour): Promise<void> {
  if (!isInOwnNetwork && whyNoOwnNetwork() === null) {
    process.exitCode = runOnceMore([process.execPath, ...process.argv.slice(1)]) ?? 1;
    return;
  }
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  const etcd = await AnEtcd.start(1);
  const stage = await made(flavour, serversOfStage);
  let wrong = 0;
  try {
    for (const run of ['recovery', 'takeover'] as const)
      for (const blow of blows)
        for (let record = part, struck = true; struck; record += parts) {
          if (!`${run}, ${blow}`.includes(values.only)) break;
          const came = await handOver(stage, etcd, { run, blow, record });
          struck = came.struck;
          wrong += came.wrong.length;
          say(JSON.stringify({ run, blow, record, ...came }));
        }
  } finally {
    await stage.strike();
    await etcd.stop();
  }
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** Whoever is wrong on purpose is to be found out by the same strikes in two minutes; then those who should not be. */
async function leases(): Promise<void> {
  if (!isInOwnNetwork) {
    // In there nothing can be fetched.
    await (await AnEtcd.start(1)).stop();
    process.exitCode = runOnceMore([process.execPath, ...process.argv.slice(1)]) ?? 1;
    return;
  }
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  let etcd: AnEtcd | null = null;
  const ground = await makeGround(async (hosts) => (etcd = await AnEtcd.startOn(hosts)));
  const came: (Contention & { readonly fault: Fault })[] = [];
  try {
    for (const fault of faults.toReversed()) {
      const forMs = (fault === 'none' ? minutes : 2) * 60_000;
      came.push({ fault, ...(await contend(ground, { seed, forMs, fault, strikes: 'by chance' })) });
      say(JSON.stringify(came.at(-1), null, 1));
    }
  } finally {
    await (etcd as AnEtcd | null)?.stop();
  }
  const isWhole = came.every(({ fault, wrong }) => wrong.length > 0 === (fault !== 'none'));
  process.exitCode = isWhole ? 0 : 1;
  if (isWhole && minutes >= 30) await write('leases', leasesTable(came), came);
}

function leasesTable(came: readonly (Contention & { readonly fault: Fault })[]): readonly string[] {
  return [
    `Seed ${came[0]?.seed}. Times that each kind of harm was done in the ${Math.round((came.at(-1)?.seconds ?? 0) / 60)} minutes: ${Object.entries(
      came.at(-1)?.strikes ?? {},
    )
      .map(([kind, times]) => `${kind} ${times}`)
      .join(', ')}.`,
    '',
    '| contenders | seconds | strikes | terms | runs | records | steps done twice, in the window | promises found broken |',
    '|---|---|---|---|---|---|---|---|',
    ...came.map(({ fault, seconds, strikes, terms, runs, records, doneTwice, wrong }) => {
      const struck = Object.values(strikes).reduce((sum, times) => sum + times, 0);
      const who = fault === 'none' ? '**as they are**' : `wrong on purpose: ${fault}`;
      return `| ${[who, seconds, struck, terms, runs, records, doneTwice, wrong.length].join(' | ')} |`;
    }),
  ];
}

/** A state file; etcd of one member, which has nobody to copy from; and of three. */
async function journal(): Promise<void> {
  const rounds = Number(values.rounds ?? 500);
  const folder = await mkdtemp(join(tmpdir(), 'baton-kills-'));
  const came: (Killed & { readonly journal: string })[] = [];
  try {
    came.push({ journal: 'a state file', ...(await killOverFiles(folder, rounds)) });
    for (const members of [1, 3]) {
      const etcd = await AnEtcd.start(members);
      const name = `etcd, ${members === 1 ? 'one member' : 'three members'}`;
      came.push({ journal: name, ...(await killOverEtcd(etcd, rounds).finally(() => etcd.stop())) });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  for (const one of came) say(JSON.stringify(one));
  const isWhole = came.every(({ wrong }) => wrong.length === 0);
  process.exitCode = isWhole ? 0 : 1;
  if (isWhole && rounds >= 500) await write('journal-kills', journalTable(came), came);
}

function journalTable(came: readonly (Killed & { readonly journal: string })[]): readonly string[] {
  return [
    '',
    '| journal | writers killed | members of etcd killed | records acknowledged | lost or torn |',
    '|---|---|---|---|---|',
    ...came.map(
      ({ journal: name, writersKilled, membersKilled, acknowledged, wrong }) =>
        `| ${[name, writersKilled, membersKilled, acknowledged, wrong.length].join(' | ')} |`,
    ),
  ];
}

async function made(flavour: Flavour, servers: number): Promise<Stage> {
  const stage = await Stage.make(flavour, servers);
  stages.add(stage);
  return stage;
}

function killsTable(rounds: readonly Round[], seed: number): readonly string[] {
  const groups = grouped(rounds, ({ misfortune }) => misfortune);
  return [
    `Seed ${seed}; ${rounds.length} failovers in a row of one cluster of ${serversOfKills} servers.`,
    '',
    '| what else went wrong | failovers | recovered | held, as it was before | unexplained | writes acknowledged | outage ms: median, worst | rejoined by Baton, by hand, rebuilt |',
    '|---|---|---|---|---|---|---|---|',
    ...groups.map(([name, of]) => `| ${name} | ${of.length} | ${cellsOf(of).join(' | ')} |`),
    `| **all** | ${rounds.length} | ${cellsOf(rounds).join(' | ')} |`,
  ];
}

function cellsOf(rounds: readonly Round[]): readonly (string | number)[] {
  const count = (outcome: Round['outcome']) => rounds.filter((one) => one.outcome === outcome).length;
  const outages = rounds.flatMap(({ outageMs }) => outageMs ?? []).toSorted((a, b) => a - b);
  const ways = rounds.flatMap(({ rejoined }) => rejoined);
  return [
    count('recovered'),
    count('held, as it was before'),
    count('unexplained'),
    rounds.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    `${outages[Math.floor(outages.length / 2)] ?? '–'}, ${outages.at(-1) ?? '–'}`,
    (['by Baton', 'by hand', 'rebuilt'] as const)
      .map((how) => ways.filter((way) => way.how === how).length)
      .join(', '),
  ];
}

async function write(mark: string, table: readonly string[], raw: unknown): Promise<void> {
  await writePage(mark, [`Run ${date} on ${machine}.`, ...table]);
  const file = new URL(`bench/baselines/soak-${mark}.json`, root);
  await writeFile(file, `${JSON.stringify({ date, machine, results: raw }, null, 1)}\n`);
}

async function writePage(mark: string, lines: readonly string[]): Promise<void> {
  const page = new URL('docs/soak.md', root);
  const text = await readFile(page, 'utf8');
  const [before] = text.split(`<!-- ${mark} -->`);
  const after = text.split(`<!-- /${mark} -->`)[1] ?? '\n';
  await writeFile(page, `${before}<!-- ${mark} -->\n${lines.join('\n')}\n<!-- /${mark} -->${after}`);
}
