import { rm } from 'node:fs/promises';
import { BatonError } from '../kernel/errors.ts';
import { type InstanceKey, instanceKey } from '../kernel/instance-key.ts';
import type { Credentials } from './accounts.ts';
import { allSettled } from './all-settled.ts';
import { configFileOf } from './baton-config.ts';
import { type Layout, speak } from './client.ts';
import { endMember, lifeOfMember, placeOf, setFrozen, startMember } from './server.ts';
import type { Flavour } from './server-package.ts';
import type { Role } from './settings.ts';
import { readState, type SandboxState, type StateMember, writeState } from './state.ts';
import { type MemberStatus, statusOf } from './status.ts';
import { unwire, wire } from './wiring.ts';

/** One server of a sandbox. The first member is the primary that the sandbox was made with. */
export interface SandboxMember {
  readonly key: InstanceKey;
  readonly port: number;
  /** The last one known; null where the server was never seen to start. */
  readonly pid: number | null;
  readonly dataDirectory: string;
  readonly socket: string;
}

/** As what a server is started: as it was made, before it is wired for the first time, or as what it is now. */
type Start = 'made' | 'unwired' | 'primary' | 'replica';

/**
 * Private servers that replicate from each other, on 127.0.0.1, in one directory. They outlive whoever
 * made them; `openSandbox` finds them again. Only processes that run on a data directory of this
 * sandbox are ever signalled.
 */
export class Sandbox {
  readonly directory: string;
  #state: SandboxState;

  constructor(directory: string, state: SandboxState) {
    this.directory = directory;
    this.#state = state;
  }

  get flavour(): Flavour {
    return this.#state.found.flavour;
  }

  /** As the servers say it. */
  get version(): string {
    return this.#state.found.version;
  }

  get credentials(): Credentials {
    return this.#state.credentials;
  }

  get members(): readonly SandboxMember[] {
    return this.#state.members.map((member) => {
      const { port, dataDirectory, socket } = placeOf(member);
      return { key: instanceKey('127.0.0.1', port), port, pid: member.pid, dataDirectory, socket };
    });
  }

  /** A ready configuration for Baton. */
  get configFile(): string {
    return configFileOf(this.directory);
  }

  /** SIGKILL, and no wait for the server to agree; resolves when nothing of it is left. */
  async kill(port: number): Promise<void> {
    await endMember(this.#member(port), 'SIGKILL');
  }

  /** Lets the server shut down in its own time. */
  async terminate(port: number): Promise<void> {
    await endMember(this.#member(port), 'SIGTERM');
  }

  /** The server hangs: its connections stay open and nothing answers. */
  async freeze(port: number): Promise<void> {
    await setFrozen(this.#member(port), true);
  }

  async thaw(port: number): Promise<void> {
    await setFrozen(this.#member(port), false);
  }

  /**
   * Starts a server again as it was made, a replica read-only, or as what it shall be now; whom it replicates from it knows
   * itself. Kills it first if it runs. `more` are arguments for this one start.
   */
  async restart(
    port: number,
    as: Exclude<Start, 'unwired'> = 'made',
    more: readonly string[] = [],
  ): Promise<void> {
    const member = this.#member(port);
    await endMember(member, 'SIGKILL');
    await this.#start(member, { as, more, signal: new AbortController().signal });
  }

  /** What the server answers, as its root: values between tabs, a row a line. */
  async sql(port: number, statements: string, layout: Layout = 'values'): Promise<string> {
    return speak(this.#state.found.client, this.#member(port), statements, { layout });
  }

  async status(): Promise<readonly MemberStatus[]> {
    return statusOf(this.#state);
  }

  /** Makes the topology as new, whatever was done to it: roles, data, GTIDs, connections, dead and frozen servers. */
  async rewire(): Promise<void> {
    const { members } = this.#state;
    const { signal } = new AbortController();
    const frozen = members.filter((member) => lifeOfMember(member) === 'frozen');
    await Promise.all(frozen.map((member) => setFrozen(member, false)));
    const dead = members.filter((member) => lifeOfMember(member) === 'dead');
    await Promise.all(dead.map((member) => this.#start(member, { as: 'made', signal })));
    await unwire(this.#state);
    await wire(this.#state);
  }

  /** Ends every server and removes the directory. */
  async down(): Promise<void> {
    await Promise.all(this.#state.members.map((member) => endMember(member, 'SIGKILL')));
    // A controller that is just ending keeps its state here too, and may still write into what is being removed.
    await rm(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Starts all servers for the first time and makes them a cluster. */
  async startAll(signal: AbortSignal): Promise<void> {
    await allSettled(this.#state.members.map((member) => this.#start(member, { as: 'unwired', signal })));
    await wire(this.#state);
  }

  async #start(
    member: StateMember,
    { as, more = [], signal }: { as: Start; more?: readonly string[]; signal: AbortSignal },
  ): Promise<void> {
    const { found } = this.#state;
    const made = this.#roleOf(member, as);
    const role = { ...made, more: [...made.more, ...more] };
    await startMember(member, { found, role, signal, learned: (pid) => this.#remember(member.port, pid) });
  }

  /** A source that waits for replicas from its first start would wait for its own wiring. */
  #roleOf({ port }: StateMember, as: Start): Role {
    const made = this.#state.members[0]?.port === port ? 'primary' : 'replica';
    const isPrimary = (as === 'primary' || as === 'replica' ? as : made) === 'primary';
    const { semiSync, serverArguments: more = [] } = this.#state;
    return {
      readOnly: !isPrimary,
      semiSync,
      semiSyncSource: semiSync && isPrimary && as !== 'unwired',
      more,
    };
  }

  #remember(port: number, pid: number): void {
    const members = this.#state.members.map((member) => (member.port === port ? { ...member, pid } : member));
    this.#state = { ...this.#state, members };
    writeState(this.directory, this.#state);
  }

  #member(port: number): StateMember {
    const member = this.#state.members.find((candidate) => candidate.port === port);
    if (member !== undefined) return member;
    const ports = this.#state.members.map((candidate) => candidate.port).join(', ');
    throw new BatonError('usage', `The sandbox has no server on port ${port}; its ports are ${ports}.`);
  }
}

/** The sandbox in this directory, running or not. Throws `sandbox-missing`. */
export async function openSandbox(directory: string): Promise<Sandbox> {
  const state = readState(directory);
  if (state === null) throw new BatonError('sandbox-missing', `There is no sandbox in ${directory}.`);
  return new Sandbox(directory, state);
}
