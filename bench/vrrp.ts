import { Lan } from '../src/protocols/keepalived/predict/lan.ts';
import {
  initialRole,
  type RoleEvent,
  type RolePlan,
  type RoleState,
} from '../src/protocols/keepalived/role/plan.ts';
import { stepRole } from '../src/protocols/keepalived/role/step.ts';
import { noCalls, type RouterPlan } from '../src/protocols/keepalived/router/plan.ts';
import { date, machine, middle, report } from './report.ts';

/**
 * How many events (an advert, a timer, a result of a tracker) the reducer of a VRRP instance takes in a second of one core;
 * and whether 1,000 pairs of instances keep their time. Counted is the processor's time, the garbage collector's included.
 */
const rounds = Number(process.argv[2] ?? 9);
const roundMs = 1_000;
const instances = 1_000;
const simulatedSeconds = 60;

const plan: RolePlan = {
  version: 3,
  priority: 100,
  advertMs: 100,
  startsAsMaster: false,
  nopreempt: false,
  preemptDelayMs: 0,
  downAdverts: 3,
  tellsPriority: true,
  address: 1,
  isGrouped: false,
};

const advert = (priority: number): RoleEvent => ({ type: 'advert', priority, address: 2, advertMs: 100 });
/** A life of an instance: obeying, taking over, holding, weighed, failing and mending. */
const life: readonly RoleEvent[] = [
  ...Array.from({ length: 10 }, () => advert(150)),
  { type: 'weigh', by: -60 },
  { type: 'weigh', by: 60 },
  advert(0),
  { type: 'due' },
  ...Array.from({ length: 10 }, (): RoleEvent => ({ type: 'due' })),
  { type: 'failed' },
  advert(150),
  { type: 'mended' },
];

const perSecond: number[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const figure = reducedPerSecond();
  // Round 0 only warms up.
  if (round > 0) perSecond.push(figure);
}
const network = simulated();
await report('vrrp', text(), { rounds, perSecond, network });

function reducedPerSecond(): number {
  const began = process.cpuUsage();
  let state: RoleState = stepRole(
    plan,
    initialRole(plan),
    { type: 'start', faults: 0, untried: 0, bonus: 0, group: null },
    0,
  ).state;
  let [nowMs, reduced] = [0, 0];
  while (milliseconds(began) < roundMs) {
    for (let again = 0; again < 200; again += 1)
      for (const event of life) {
        nowMs += 1;
        state = stepRole(plan, state, event, nowMs).state;
      }
    reduced += 200 * life.length;
  }
  return (reduced / milliseconds(began)) * 1_000;
}

function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function routerOf(id: string, priority: number): RouterPlan {
  return {
    id,
    profile: '2.x',
    groups: [],
    scripts: [],
    mail: null,
    instances: Array.from({ length: instances }, (_, at) => ({
      name: `VI_${at}`,
      routerId: at,
      interface: 'eth0',
      ignoresOwnInterface: true,
      trackers: [],
      calls: noCalls,
      mails: false,
      role: { ...plan, priority },
    })),
  };
}

/** Two routers with 1,000 instances each; the farthest that an advert came from its time is the drift. */
function simulated() {
  const last = new Map<string, { readonly first: number; readonly count: number }>();
  let driftMs = 0;
  const lan = new Lan([routerOf('A', 150), routerOf('B', 100)], ({ act, atMs, router }) => {
    if (act.act !== 'advertise') return;
    const name = `${router} ${act.instance.name}`;
    const { first, count } = last.get(name) ?? { first: atMs, count: 0 };
    driftMs = Math.max(driftMs, Math.abs(atMs - (first + count * plan.advertMs)));
    last.set(name, { first, count: count + 1 });
  });
  lan.enter({ atMs: 0, router: 'A', do: 'start' });
  lan.enter({ atMs: 0, router: 'B', do: 'start' });
  const began = process.cpuUsage();
  const heard = lan.runTo(simulatedSeconds * 1_000);
  const adverts = [...last.values()].reduce((sum, { count }) => sum + count, 0);
  return { driftMs, heard, adverts, masters: last.size, milliseconds: milliseconds(began) };
}

function text(): string {
  const sorted = perSecond.toSorted((a, b) => a - b).map(Math.round);
  const { driftMs, adverts, masters, milliseconds: took } = network;
  const figures = [
    sorted.length,
    ...[sorted[0], middle(sorted), sorted.at(-1)].map((one) => one?.toLocaleString('en')),
  ];
  return [
    `Measured ${date} on ${machine}, by \`npm run bench:vrrp\`: one VRRP instance lives through adverts, timers and results of`,
    'trackers over and over; rounds of a second of the processor’s time.',
    '',
    '| events reduced per second of one core | rounds | min | median | max |',
    '|---|---|---|---|---|',
    `| one instance of keepalived 2.x | ${figures.join(' | ')} |`,
    '',
    `Two routers with ${instances.toLocaleString('en')} instances each at adverts of ${plan.advertMs} ms, ${simulatedSeconds} s of simulated time: ${adverts.toLocaleString('en')} adverts of ${masters.toLocaleString('en')} masters,`,
    `the farthest of them ${driftMs} ms from its time; ${Math.round(took).toLocaleString('en')} ms of the processor’s time.`,
  ].join('\n');
}
