import { z } from 'zod';
import { actingNames } from '../../workflows/acting.ts';
import { HostSignal } from '../analysis/host-signal.ts';
import { Operation } from '../../workflows/operation.ts';
import { spelledHook } from '../config/hook.ts';
import { type Config, type KeyName, keyNamed, keys } from '../config/keys.ts';
import type { Controller } from '../controller/on-ports.ts';
import type { ExplanationReport } from '../controller/counsel-reports.ts';
import { HookAnswer, HookStage } from '../engine/record.ts';
import { copyOf } from './cloning.ts';
import { moment, named, placeNamed } from './names.ts';
import { recordLine } from './record-line.ts';
import { people } from './people.ts';
import { PretendedPublisher } from './pretended-publisher.ts';
import { newReplication, type SimulatedReplication, type SimulatedServer } from './server.ts';
import { verdict } from './verdict.ts';
import type { World } from './world.ts';

const Manner = z.enum(['works', 'hangs', 'refuses']);
const never = new AbortController().signal;

export type Verb = (world: World, words: readonly string[]) => Promise<readonly string[]> | readonly string[];

/** What a story can say. An answer of no lines is told as `ok`. */
export const verbs: Readonly<Record<string, Verb>> = {
  /** `fleet a b<a c<a`, `fleet mysql a b<a`: servers and whom they replicate from. */
  fleet({ fleet }, words) {
    for (const word of words.filter((one) => one !== 'mysql' && one !== 'mariadb')) {
      const [name, source] = word.split('<');
      fleet.add(named(name), source === undefined ? null : named(source));
    }
    return fleet.servers.map(({ key, replication }) =>
      replication === null ? `${key} is a primary` : `${key} replicates from ${replication.source}`,
    );
  },
  /** `write 10 a`: so many transactions on a server. */
  write({ fleet }, [count, name]) {
    const key = named(name);
    for (let written = 0; written < Number(count); written += 1) {
      const refusal = fleet.write(key);
      if (refusal !== null) return [`${written} of ${count} were acknowledged: ${refusal}`];
    }
    return [`${count} were acknowledged`];
  },
  /** `stray c`: somebody with all rights writes on a replica. */
  stray({ fleet }, [name]) {
    fleet.stray(named(name));
    return [];
  },
  /** `lag c 5000`: each write is applied so many milliseconds after it was received. */
  lag: (world, [name, milliseconds]) =>
    changing(world, name, (replication) => (replication.lagMs = Number(milliseconds))),
  /** `delay c 3600`: it applies each write so many seconds late, on purpose. */
  delay: (world, [name, seconds]) =>
    changing(world, name, (replication) => {
      replication.delaySeconds = Number(seconds);
      replication.lagMs = replication.delaySeconds * 1_000;
    }),
  /** `patience c 60`: so many seconds of silence before it gives its source up (slave_net_timeout). */
  patience: (world, [name, seconds]) =>
    changing(world, name, (replication) => (replication.patienceMs = Number(seconds) * 1_000)),
  /** `co-primary a b`: a replicates from its own replica too, so that both are primaries. */
  'co-primary'({ fleet, clock }, [name, other]) {
    const source = named(other);
    fleet.change(() => {
      fleet.server(named(name)).replication = newReplication(source, { lagMs: 0, now: clock.now() });
    });
    return [`${named(name)} and ${source} replicate from each other`];
  },
  /** `semi-sync a 1 b c`: commits of a wait for one of its replicas, among which b and c say what they have received. */
  'semi-sync'({ fleet }, [name, count, ...names]) {
    fleet.change(() => {
      Object.assign(fleet.server(named(name)).semiSync, {
        primary: true,
        inForce: true,
        waitFor: Number(count),
      });
      for (const each of names) switchSemiSync(fleet.server(named(each)), true);
    });
    return [];
  },
  /** `semi-sync-off b`: it says no more what it has received. */
  'semi-sync-off'({ fleet }, [name]) {
    fleet.change(() => switchSemiSync(fleet.server(named(name)), false));
    return [];
  },
  /** `read-only a`, `read-only a off`: somebody sets it. */
  'read-only'({ fleet }, [name, off]) {
    fleet.change(() => (fleet.server(named(name)).readOnly = off !== 'off'));
    return [];
  },
  /** The applying thread runs and gets nowhere. */
  stall: (world, [name]) =>
    changing(world, name, (replication) => (replication.lagMs = Number.POSITIVE_INFINITY)),
  /** The applying thread stops with an error. */
  'break-apply': (world, [name]) =>
    changing(world, name, (replication) => {
      replication.applying = false;
      replication.sqlError = "Duplicate entry '7' for key 'PRIMARY'";
    }),
  /** Stays connected and receives nothing more. */
  hold: (world, [name]) => changing(world, name, (replication) => (replication.held = true)),
  release: (world, [name]) => changing(world, name, (replication) => (replication.held = false)),
  /** `promote c`: somebody makes it a primary, by hand. */
  promote({ fleet }, [name]) {
    fleet.change(() => Object.assign(fleet.server(named(name)), { replication: null, readOnly: false }));
    return [];
  },
  /** Somebody stops the receiving thread. */
  stop: (world, [name]) => changing(world, name, (replication) => (replication.io = 'stopped')),
  /** `copy a b`: a has exactly what b has, as after a rebuild. */
  copy({ fleet }, [name, from]) {
    const [server, source] = [fleet.server(named(name)), fleet.server(named(from))];
    fleet.change(() => copyOf(server, source));
    return [];
  },
  kill({ fleet }, [name]) {
    fleet.kill(named(name));
    return [];
  },
  restart({ fleet }, [name]) {
    fleet.restart(named(name));
    return [];
  },
  freeze({ fleet }, [name]) {
    fleet.change(() => (fleet.server(named(name)).frozen = true));
    return [];
  },
  thaw({ fleet }, [name]) {
    fleet.change(() => (fleet.server(named(name)).frozen = false));
    return [];
  },
  /** Its last connections are taken, those of its replicas among them: who holds one writes on. */
  crowd({ fleet }, [name]) {
    fleet.change(() => (fleet.server(named(name)).crowded = true));
    return [];
  },
  uncrowd({ fleet }, [name]) {
    fleet.change(() => (fleet.server(named(name)).crowded = false));
    return [];
  },
  /** `cut a b`, `cut baton a`: nothing comes through between two places. */
  cut({ fleet }, [a, b]) {
    fleet.change(() => fleet.network.cut(placeNamed(a), placeNamed(b)));
    return [];
  },
  heal({ fleet }, [a, b]) {
    fleet.change(() => fleet.network.heal(placeNamed(a), placeNamed(b)));
    return [];
  },
  /** `break b SET GLOBAL read_only = 0`: the server refuses this statement. */
  break({ fleet }, [name, ...words]) {
    fleet.server(named(name)).broken.add(words.join(' '));
    return [];
  },
  mend({ fleet }, [name]) {
    fleet.server(named(name)).broken.clear();
    return [];
  },
  /** `hook PreFailoverProcesses OnResume=ask echo {failedHost}`: one more hook; heard by the next controller that starts. */
  hook(world, [name, ...words]) {
    const stage = HookStage.parse(name);
    const options = words.filter((word) => /^[A-Z]\w+=/.test(word));
    const hook = {
      ...Object.fromEntries(options.map((option) => optionIn(option))),
      Command: words.slice(options.length).join(' '),
    };
    configure(world, stage, [...written(world.config[stage]), hook]);
    return [];
  },
  /** `break-hook PreFailoverProcesses`, `break-hook PreFailoverProcesses 75 drain`: its hooks exit 1, or so; only `drain`. */
  'break-hook'({ hooks }, [name, code = '1', only]) {
    hooks.behave(HookStage.parse(name), { manner: Number(code) }, only);
    return [];
  },
  'hang-hook'({ hooks }, [name]) {
    hooks.behave(HookStage.parse(name), { manner: 'hangs' });
    return [];
  },
  'mend-hook'({ hooks }, [name]) {
    hooks.behave(HookStage.parse(name), { manner: 'works' });
    return [];
  },
  /** `slow-hook PostFailoverProcesses 5`: each of its hooks takes so many seconds. */
  'slow-hook'({ hooks }, [name, seconds]) {
    hooks.behave(HookStage.parse(name), { takesMs: Number(seconds) * 1_000 });
    return [];
  },
  /** The spawner is gone too: nobody knows how the hooks ended that it had started. */
  'lose-hooks'({ hooks }) {
    hooks.forget();
    return [];
  },
  /** `approve rerun ann the address is free`: a person's word about the hook that waits for one. */
  async approve(world, [answer, who = 'someone', ...why]) {
    const [last] = await world.journal.unfinished();
    await world.controller?.approve(last?.uid ?? '', HookAnswer.parse(answer), who, why.join(' '));
    return [];
  },
  /** `publisher works`, `publisher hangs`, `publisher refuses`: somebody tells the world of primaries; heard by the next controller that starts. */
  publisher(world, [manner = 'works']) {
    world.publisher ??= new PretendedPublisher();
    world.publisher.manner = Manner.parse(manner);
    return [];
  },
  /** `publish a`: somebody tells the world that a is the primary of its cluster. */
  async publish(world, [name]) {
    const key = named(name);
    const cluster = world.controller?.clusterMeant(key);
    if (cluster !== undefined) await world.publisher?.publish(cluster, key, never);
    return [];
  },
  /** `published a`: whom the world is told of now, of the cluster of a. */
  async published(world, [name]) {
    const cluster = world.controller?.clusterMeant(named(name));
    if (cluster === undefined) return ['there is no controller to ask'];
    return ((await world.publisher?.published(cluster, never)) ?? [null]).map((one) => one ?? 'nobody');
  },
  /** What was started of hooks so far. */
  hooks: ({ hooks, clock }) =>
    hooks.started.map(({ at, stage, script }) => `${moment(at, clock.begins)}  ${stage}: ${script}`),
  /** `config RecoveryPeriodBlockSeconds 5`: any key, its value in JSON; heard by the next controller that starts. */
  config(world, [name = '', ...words]) {
    const key = keyNamed(name);
    if (key === null) throw new RangeError(`there is no key "${name}"`);
    configure(world, key, JSON.parse(words.join(' ')));
    return [];
  },
  async start(world) {
    await world.start();
    return [];
  },
  /** `die`: at once; `die 7`: right after seven more records. */
  die(world, [records]) {
    if (records === undefined) world.die();
    else world.dieAfter(Number(records));
    return [];
  },
  /** `pause`: the controller stands still, as by SIGSTOP; `continue`: it goes on, and hears what came meanwhile. */
  pause(world) {
    world.pause();
    return [];
  },
  async continue(world) {
    await world.goOn();
    return [];
  },
  /** `signal a fenced`, `signal a lost fencing`: a cluster manager says how the host of a server stands, and that it is about to fence it. */
  signal({ signals }, [name, says, fencing]) {
    signals.say(named(name), HostSignal.shape.says.parse(says), fencing === 'fencing');
    return [];
  },
  /** `signals`: what was told, and how the hosts stand. */
  signals: ({ controller }) =>
    (controller?.signals(null, 20) ?? []).map(
      ({ at, instances, because, says }) =>
        `${moment(Date.parse(at))}  ${instances.join(' ')}: ${says}; ${because}`,
    ),
  async tick({ clock }, [seconds]) {
    await clock.advance(Number(seconds) * 1_000);
    return [];
  },
  async topology({ controller }) {
    if (controller === null) return ['there is no controller to ask'];
    return controller.clusters().flatMap(({ tree }) => tree.split('\n'));
  },
  /** `explain`: the gates of everything that is wrong now; `explain a`: those of its cluster, whatever is wrong. */
  async explain({ controller, clock }, [name]) {
    if (name !== undefined && controller !== null)
      return explained(await controller.explain(named(name)), clock.begins);
    const findings = (await controller?.findings()) ?? [];
    return findings.flatMap(({ instance, code, gates }) => [
      `${instance}: ${code}`,
      ...gates.map(({ gate, open, because }) => `  ${open ? 'open' : 'SHUT'} ${gate}: ${because}`),
    ]);
  },
  /** `rejoin a`, `rejoin a rebuild`: somebody wants a replaced primary back. */
  async rejoin({ controller }, [name, rebuild]) {
    const asked = { by: 'ann', why: 'the disks are new', rebuilds: rebuild === 'rebuild' };
    await controller?.rejoins.begin(named(name), asked);
    return [];
  },
  /** `rejoin-plan a`, `rejoin-plan a rebuild`: what would be done. */
  async 'rejoin-plan'({ controller, clock }, [name, rebuild]) {
    if (controller === null) return ['there is no controller to ask'];
    let isAnswered = false;
    const wish = { rebuilds: rebuild === 'rebuild' };
    const answer = controller.rejoins.preview(named(name), wish).finally(() => (isAnswered = true));
    while (!isAnswered) await clock.advance(1);
    const { gates, plan } = await answer;
    return [
      ...gates.map(({ gate, open, because }) => `${open ? 'open' : 'SHUT'} ${gate}: ${because}`),
      ...plan,
    ];
  },
  /** `split a`: a person says that a replaced primary leads a cluster of its own. */
  split({ controller }, [name]) {
    controller?.rejoins.split(named(name), somebody);
    return [];
  },
  async forget({ controller }, [name]) {
    await controller?.discovery.forget(named(name), somebody);
    return [];
  },
  /** What came back after the last recovery, as its story tells it. */
  async returns({ controller, journal }) {
    const [last] = await journal.list({ workflow: actingNames, limit: 1 });
    const story = last === undefined ? null : await controller?.recovery(last.opening.uid);
    return (story?.returns ?? []).map(
      ({ instance, state, assessment, reason, saved }) =>
        `${instance}: ${state}; ${assessment?.because ?? reason}${saved === null ? '' : `; saved in ${saved}`}`,
    );
  },
  /** The files that were written down as evidence, without their empty lines: one ends an answer. */
  files: ({ files }) =>
    [...files].flatMap(([name, text]) => [name, ...text.split('\n').filter((line) => line !== '')]),
  /** How well a failover would go, and what keeps it from going well. */
  readiness({ controller }) {
    return (controller?.readiness(null) ?? []).flatMap(({ alias, score, reasons }) => [
      `${alias}: ${score}`,
      ...reasons.map(({ code, costs, because }) => `  -${costs} ${code}: ${because}`),
    ]);
  },
  /** Every record of the last recovery. */
  async journal({ journal, clock }) {
    const [last] = await journal.list({ workflow: actingNames, limit: 1 });
    if (last === undefined) return ['no recovery was ever opened'];
    const run = await journal.read(last.opening.uid);
    return (run?.records ?? []).map((record) => recordLine(record, clock.begins));
  },
  /** The last recovery, or where there was none, the last detection. */
  async acknowledge(world, [who = 'someone', ...why]) {
    const [recovered] = await world.journal.list({ workflow: actingNames, limit: 1 });
    const [last] = recovered === undefined ? await world.journal.list({ limit: 1 }) : [recovered];
    const name = last?.opening.uid ?? '';
    await world.controller?.acknowledge({ kind: 'recovery', name }, who, why.join(' '));
    return [];
  },
  /** `operate move-up c`, `operate relocate c b`: a person asks for an operation, of one server, below another. */
  async operate({ controller }, words) {
    if (controller === null) return ['there is no controller to ask'];
    await controller.operations.begin(operationIn(words), { by: 'ann', why: 'it is Sunday' });
    return [];
  },
  /** `preview relocate c b`: what would be done, or every reason why not. */
  async preview({ controller, clock }, words) {
    if (controller === null) return ['there is no controller to ask'];
    let isAnswered = false;
    const answer = controller.operations.preview(operationIn(words)).finally(() => (isAnswered = true));
    // It looks at every server, which takes time.
    while (!isAnswered) await clock.advance(1);
    const { plan, refusals } = await answer;
    return refusals.length > 0 ? refusals.map((one) => `refused: ${one}`) : plan;
  },
  /** `takeover a b`, `takeover a auto`, `takeover a`: a planned change of the primary of the cluster of a, b taking over. */
  takeover: (world, [name, to]) =>
    asked(world, ({ requests }) =>
      requests.takeover(named(name), {
        ...somebody,
        to: to === undefined || to === 'auto' ? null : named(to),
        auto: to === 'auto',
      }),
    ),
  /** `preview-takeover a b`: how every gate of such a takeover stands. */
  async 'preview-takeover'(world, [name, to]) {
    const wish = { ...somebody, to: to === 'auto' ? null : named(to), auto: to === 'auto' };
    const preview = world.controller?.requests.previewTakeover(named(name), wish);
    let answer: Awaited<typeof preview>;
    void preview?.then((came) => (answer = came));
    await world.clock.advance(1_000);
    const { gates = [], plan = [] } = answer ?? {};
    return [
      ...gates.map(({ gate, open, because }) => `  ${open ? 'open' : 'SHUT'} ${gate}: ${because}`),
      ...plan,
    ];
  },
  'force-failover': (world, [name]) =>
    asked(world, ({ requests }) => requests.force(named(name), null, somebody)),
  'force-takeover': (world, [name, to]) =>
    asked(world, ({ requests }) => requests.force(named(name), named(to), somebody)),
  /** `recover a`, `recover a lite` */
  recover: (world, [name, lite]) =>
    asked(world, ({ requests }) =>
      requests.recover(named(name), somebody, { runsHooks: lite === undefined }),
    ),
  /** `older-build elect choose`: the records are those of a build that called a step otherwise. */
  async 'older-build'({ journal }, [now = '', then = '']) {
    await journal.age(now, then);
    return [];
  },
  verdict,
  ...people,
};

function operationIn([verb, instance, below]: readonly string[]): Operation {
  return Operation.parse({
    verb,
    instance: named(instance),
    below: below === undefined ? null : named(below),
  });
}

const somebody = { by: 'ann', why: 'the story wants it' };

/** Begins what was asked for, as soon as the controller has taken it; it may die before. */
async function asked(
  world: World,
  how: (controller: Controller) => Promise<unknown>,
): Promise<readonly string[]> {
  const { controller } = world;
  if (controller === null) return ['there is no controller to ask'];
  let isTaken = false;
  const taking = how(controller).finally(() => (isTaken = true));
  taking.catch(() => {});
  while (!isTaken && world.controller === controller) await world.clock.advance(1);
  if (isTaken) await taking;
  return [];
}

function switchSemiSync({ semiSync, replication }: SimulatedServer, enabled: boolean): void {
  semiSync.replica = enabled;
  if (replication !== null) replication.acknowledges = enabled;
}

function changing(
  { fleet }: World,
  name: string | undefined,
  how: (replication: SimulatedReplication) => void,
): readonly string[] {
  const key = named(name);
  const { replication } = fleet.server(key);
  if (replication === null) throw new RangeError(`${key} does not replicate`);
  fleet.change(() => how(replication));
  return [];
}

function explained({ asked, gates, succession }: ExplanationReport, begins: number): readonly string[] {
  return [
    asked?.isSupposed === true
      ? `if ${asked.instance} died now: ${asked.code}`
      : `${asked?.instance}: ${asked?.code}`,
    ...gates.map(({ gate, state, because, since, sinceAtLeast }) => {
      const when = `${sinceAtLeast ? 'at least ' : ''}${moment(Date.parse(since), begins).trim()}`;
      return `  ${state === 'shut' ? 'SHUT' : state} ${gate}: ${because} (since ${when})`;
    }),
    `would promote ${succession.successor ?? 'nobody'}: ${succession.because}`,
  ];
}

function configure(world: World, key: KeyName, value: unknown): void {
  world.config = { ...world.config, [key]: keys[key].schema.parse(value) };
}

/** `Retries=2` as a configuration would have it. */
function optionIn(option: string): [string, unknown] {
  const [name = '', value = ''] = option.split('=');
  return [name, /^[0-9]+$|^true$/.test(value) ? JSON.parse(value) : value];
}

/** Hooks as a configuration would write them again. */
function written(hooks: Config['PreFailoverProcesses']): unknown[] {
  return hooks.map((hook) => ({
    Command: spelledHook(hook.action),
    OnResume: hook.onResume,
    Retries: hook.retries,
    ExitClasses: hook.exitClasses,
    ...(hook.askTimeoutSeconds === null ? {} : { AskTimeoutSeconds: hook.askTimeoutSeconds }),
    ...(hook.onFailure === null ? {} : { OnFailure: hook.onFailure }),
  }));
}
