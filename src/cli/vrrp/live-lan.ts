import { setTimeout as sleep } from 'node:timers/promises';
import type { HookRunner } from '../../hooks/runner.ts';
import {
  callsFor,
  type KeepalivedConf,
  type Mail,
  mailFor,
  type RouterPlan,
  type Told,
} from '../../protocols/keepalived/index.ts';
import { type Deed, Lan } from '../../protocols/keepalived/predict/lan.ts';
import type { CallQueues } from './call-queues.ts';
import type { RunAs } from './script-owners.ts';
import { type Sight, seen } from './surroundings.ts';

export interface LiveRouter {
  readonly plan: RouterPlan;
  readonly conf: KeepalivedConf;
  readonly runAs: RunAs;
}

export interface LiveWorld {
  readonly routers: readonly LiveRouter[];
  readonly runner: HookRunner;
  readonly calls: CallQueues;
  /** Hears of each state. */
  readonly told: (node: string, told: Told) => void;
  /** Sends what smtp_alert asks for; whoever it is must hear of its failures. */
  readonly mail: (node: string, mail: Mail, server: string | null) => void;
  /** Ends them, as if each were told to stop. */
  readonly stop: AbortSignal;
}

/** Between looks at interfaces and files. */
const lookEveryMs = 100;

/**
 * Instances of Baton's own, by the clock on the wall: adverts stay in this process, track scripts and the scripts that are
 * called are real. What is late is done as if it were in time, so nothing drifts.
 */
export async function runLive(world: LiveWorld): Promise<void> {
  const { routers, stop } = world;
  const began = performance.now();
  const now = () => performance.now() - began;
  const lan = new Lan(
    routers.map(({ plan }) => plan),
    (deed) => tell(world, deed),
    (node, script, done) => {
      const runAs = routers.find(({ plan }) => plan.id === node)?.runAs;
      const { command } = script;
      const argv = command === null ? [] : [...(runAs?.(command) ?? []), ...command.argv];
      void track(world.runner, { node, argv, timeoutMs: script.timeoutSeconds * 1_000 }).then((succeeded) =>
        done(succeeded, now()),
      );
    },
  );
  const sights = new Map<string, Sight>();
  const look = () => {
    for (const { plan, conf } of routers) {
      const sight = seen(conf);
      for (const [name, up] of sight.links)
        if (sights.get(plan.id)?.links.get(name) !== up)
          lan.enter({ atMs: now(), router: plan.id, do: 'link', interface: name, up });
      for (const [file, value] of sight.files)
        if (sights.get(plan.id)?.files.get(file) !== value)
          lan.enter({ atMs: now(), router: plan.id, do: 'file', file, value });
      sights.set(plan.id, sight);
    }
  };
  look();
  for (const { plan } of routers) lan.enter({ atMs: now(), router: plan.id, do: 'start' });
  for (let looked = now(); !stop.aborted; ) {
    lan.runTo(now());
    if (now() - looked >= lookEveryMs) {
      look();
      looked = now();
    }
    await sleep(Math.min(lookEveryMs, Math.max(1, (lan.nextAtMs() ?? Number.MAX_VALUE) - now())), undefined, {
      signal: stop,
    }).catch(() => {});
  }
  for (const { plan } of routers) lan.enter({ atMs: now(), router: plan.id, do: 'stop' });
  lan.runTo(now());
  await world.calls.settled();
}

function tell({ routers, calls, told, mail }: LiveWorld, { router: node, act }: Deed): void {
  if (act.act !== 'tell') return;
  told(node, act.told);
  const router = routers.find((one) => one.plan.id === node);
  if (router === undefined) return;
  const { plan, runAs } = router;
  const group = plan.groups.find(
    ({ name, members }) =>
      (act.told.kind === 'GROUP' && name === act.told.name) || members.includes(act.told.name),
  );
  const { profile } = plan;
  const queue = group === undefined ? act.told.name : `group ${group.name}`;
  calls.add({
    node,
    queue,
    profile,
    told: act.told,
    calls: callsFor(profile, act.plan.calls, act.told),
    runAs,
  });
  const letter = act.plan.mails ? mailFor(profile, plan.mail, act.told) : null;
  if (letter !== null) mail(node, letter, plan.mail?.server ?? null);
}

let tracked = 0;

/** One run of a track script, ended by its timeout; whether it is good is its exit code's to say. */
async function track(
  runner: HookRunner,
  { node, argv, timeoutMs }: { node: string; argv: string[]; timeoutMs: number },
): Promise<boolean> {
  tracked += 1;
  const key = `${node}/track/${tracked}`;
  const run = {
    key,
    body: { kind: 'exec' as const, argv },
    variables: {},
    document: null,
    timeoutMs,
    detached: false,
  };
  const { ended, exitCode } = await runner.run(run, new AbortController().signal);
  runner.known(key);
  return ended === 'exited' && exitCode === 0;
}
