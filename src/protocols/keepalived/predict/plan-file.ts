import { z } from 'zod';
import { noCalls, type RouterPlan, type Tracker } from '../router/plan.ts';
import type { Fault } from './faults.ts';

const name = z.string().min(1);
const counts = z.int().min(1);

const RouterOfPlan = z.object({
  id: name,
  ip: z.int(),
  base: z.int().min(1).max(255),
  version: z.union([z.literal(2), z.literal(3)]),
  adv: z.number().positive(),
  notifyPrio: z.boolean().default(false),
  nopreempt: z.boolean().default(false),
  preemptDelay: z.number().min(0).default(0),
  scripts: z
    .array(
      z.object({
        name,
        interval: z.number().positive().default(1),
        timeout: z.number().positive().optional(),
        rise: counts.default(1),
        fall: counts.default(1),
        weight: z.int().default(0),
        reverse: z.boolean().default(false),
      }),
    )
    .default([]),
  ifs: z
    .array(z.object({ name, weight: z.int().default(0), reverse: z.boolean().default(false) }))
    .default([]),
  files: z
    .array(z.object({ name, weight: z.int().default(1), reverse: z.boolean().default(false) }))
    .default([]),
  fileValue: z.record(z.string(), z.int()).default({}),
  ifState: z.record(z.string(), z.boolean()).default({}),
  exit: z.record(z.string(), z.int()).default({}),
});
type RouterOfPlan = z.infer<typeof RouterOfPlan>;

const t = z.number().min(0);

/** A plan for routers with one instance each, as they were played to the real daemon: who starts when, what is done to whom. */
export const PlanFile = z.object({
  drive: z.array(
    z.discriminatedUnion('do', [
      z.object({ t, do: z.literal('start'), conf: RouterOfPlan }),
      z.object({ t, do: z.literal('stop'), node: name }),
      z.object({ t, do: z.literal('kill'), node: name }),
      z.object({ t, do: z.literal('exit'), node: name, script: name, code: z.int() }),
      z.object({ t, do: z.literal('link'), node: name, ifname: name, up: z.boolean() }),
      z.object({ t, do: z.literal('file'), node: name, name, value: z.int() }),
    ]),
  ),
  /** Seconds, as every `t`. */
  until: z.number().positive().max(1_000_000),
});
export type PlanFile = z.infer<typeof PlanFile>;

/** The routers of a plan, each as it is first started, and what is done to them. */
export function readPlan({ drive }: PlanFile): {
  readonly routers: readonly RouterPlan[];
  readonly faults: readonly Fault[];
} {
  const starts = drive.flatMap((one) => (one.do === 'start' ? [one.conf] : []));
  const first = [...new Map(starts.toReversed().map((conf) => [conf.id, conf])).values()].toReversed();
  return { routers: first.map(routerOf), faults: drive.flatMap(faultsOf) };
}

function faultsOf(one: PlanFile['drive'][number]): readonly Fault[] {
  const atMs = one.t * 1_000;
  if (one.do === 'start') {
    const router = one.conf.id;
    return [
      ...Object.entries(one.conf.exit).map(
        ([script, outcome]): Fault => ({ atMs, router, do: 'exit', script, outcome }),
      ),
      ...Object.entries(one.conf.ifState).map(
        ([ifname, up]): Fault => ({ atMs, router, do: 'link', interface: ifname, up }),
      ),
      ...Object.entries(one.conf.fileValue).map(
        ([file, value]): Fault => ({ atMs, router, do: 'file', file, value }),
      ),
      { atMs, router, do: 'start' },
    ];
  }
  const router = one.node;
  switch (one.do) {
    case 'exit':
      return [{ atMs, router, do: 'exit', script: one.script, outcome: one.code }];
    case 'link':
      return [{ atMs, router, do: 'link', interface: one.ifname, up: one.up }];
    case 'file':
      return [{ atMs, router, do: 'file', file: one.name, value: one.value }];
    default:
      return [{ atMs, router, do: one.do }];
  }
}

function routerOf(conf: RouterOfPlan): RouterPlan {
  const tracked = (kind: Tracker['kind'], all: readonly Omit<Tracker, 'kind'>[]): readonly Tracker[] =>
    all.map(({ name: called, weight, reverse }) => ({ kind, name: called, weight, reverse }));
  return {
    id: conf.id,
    profile: '2.x',
    groups: [],
    mail: null,
    scripts: conf.scripts.map(({ name: called, interval, timeout, rise, fall }) => ({
      name: called,
      command: null,
      intervalSeconds: interval,
      timeoutSeconds: timeout ?? interval,
      rise,
      fall,
    })),
    instances: [
      {
        name: 'VI_1',
        routerId: 51,
        interface: 'eth0',
        ignoresOwnInterface: false,
        calls: noCalls,
        mails: false,
        trackers: [
          ...tracked('script', conf.scripts),
          ...tracked('interface', conf.ifs),
          ...tracked('file', conf.files),
        ],
        role: {
          version: conf.version,
          priority: conf.base,
          advertMs: conf.adv * 1_000,
          startsAsMaster: false,
          nopreempt: conf.nopreempt,
          preemptDelayMs: conf.preemptDelay * 1_000,
          downAdverts: 3,
          tellsPriority: conf.notifyPrio,
          address: conf.ip,
          isGrouped: false,
        },
      },
    ],
  };
}
