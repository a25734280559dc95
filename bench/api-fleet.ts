import type { ControlledServers } from '../src/controller/ports.ts';
import { systemClock } from '../src/controller/system.ts';
import { BatonError, type ErrorCode, messageOf } from '../src/kernel/errors.ts';
import { hostOf, type InstanceKey, instanceKey } from '../src/kernel/instance-key.ts';
import { FleetServers } from '../src/simulation/fleet-servers.ts';
import { Fleet } from '../src/simulation/fleet.ts';
import { Lifeline } from '../src/simulation/lifeline.ts';

/*
 * Simulated servers in a process of their own, so that what they take of a processor is not taken of the controller's.
 * Started by bench/api-controller.ts, which is its parent and asks it over the channel between them. Each cluster is a
 * fleet by itself: one fleet of all would settle a thousand servers for each question.
 */
export interface FleetWish {
  readonly clusters: number;
  readonly ofEach: number;
  /** A primary dies so often, of one cluster after another. */
  readonly dieEveryMs: number;
}

/** A verb of `ControlledServers`, asked of the server that its first argument names. */
export interface Question {
  readonly id: number;
  readonly verb: Verb;
  readonly given: readonly unknown[];
}

export type Verb =
  | Exclude<keyof ControlledServers, 'look' | 'makeReady' | 'close' | 'forget' | 'rest'>
  | 'look';

export type FleetMessage =
  | { readonly kind: 'answered'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly code: ErrorCode | null;
      readonly because: string;
    }
  | { readonly kind: 'lost'; readonly instance: InstanceKey };

/** The primary of a cluster, as it is born. */
export function primaryOf(cluster: number): InstanceKey {
  return instanceKey(`db${cluster}`, 1);
}

const tell = (message: FleetMessage) => void process.send?.(message);

if (process.send !== undefined) process.once('message', (wish: FleetWish) => serve(wish));

function serve({ clusters, ofEach, dieEveryMs }: FleetWish): void {
  const fleets = new Map<string, { fleet: Fleet; servers: FleetServers }>();
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const fleet = new Fleet(systemClock);
    const onLost = (instance: InstanceKey) => tell({ kind: 'lost', instance });
    const servers = new FleetServers(fleet, { clock: systemClock, life: new Lifeline(), onLost });
    fleet.add(primaryOf(cluster), null);
    for (let port = 2; port <= ofEach; port += 1)
      fleet.add(instanceKey(`db${cluster}`, port), primaryOf(cluster));
    fleets.set(hostOf(primaryOf(cluster)), { fleet, servers });
  }
  const fleetOf = (host: string) => {
    const found = fleets.get(host);
    if (found === undefined) throw new RangeError(`there is no fleet ${host}`);
    return found;
  };
  process.on('message', ({ id, verb, given }: Question) => {
    answer(verb, given, (key) => fleetOf(hostOf(key)).servers).then(
      (value) => tell({ kind: 'answered', id, value }),
      (error: unknown) =>
        tell({
          kind: 'failed',
          id,
          code: error instanceof BatonError ? error.code : null,
          because: messageOf(error),
        }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  let dead = 0;
  setInterval(() => {
    fleetOf(`db${dead % clusters}`).fleet.kill(primaryOf(dead % clusters));
    dead += 1;
  }, dieEveryMs);
}

/** Looks come one server at a time; an order names its server itself. */
async function answer(
  verb: Verb,
  given: readonly unknown[],
  serversOf: (key: InstanceKey) => FleetServers,
): Promise<unknown> {
  const [about] = given;
  const key = (typeof about === 'string' ? about : Object(about).instance) as InstanceKey;
  const servers = serversOf(key);
  if (verb === 'look') return (await servers.look([key], Number(given[1])))[0] ?? null;
  // The channel gives back what the controller has sent, which is what the verb takes.
  return (servers[verb] as (...given: readonly unknown[]) => Promise<unknown>)(...given);
}
