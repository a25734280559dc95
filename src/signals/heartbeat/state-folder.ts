import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a node keeps what it must know at its next start, and how it stands, for `baton cl-status`. */
export const usualStateFolder = '/var/lib/baton/heartbeat';

const Member = z.object({
  node: z.string(),
  kind: z.enum(['normal', 'ping']),
  state: z.enum(['init', 'up', 'active', 'dead', 'ping']),
  /** In the order of ha.cf. */
  links: z.array(z.object({ link: z.string(), up: z.boolean() })),
});

/** How a node of Baton's sees its cluster. */
const HeartbeatState = z.object({
  pid: z.int(),
  node: z.string(),
  version: z.string(),
  /** By the clock on the wall; it is written again at each keepalive. */
  writtenAtMs: z.number(),
  deadMs: z.number(),
  /** The nodes in the order of ha.cf, then the pinged ones. */
  members: z.array(Member),
  parameters: z.record(z.string(), z.string()),
});
export type HeartbeatState = z.infer<typeof HeartbeatState>;

const stateFile = 'state.json';

export class StateFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The 16 bytes by which the others know the node, made at its first start; the folder, too. */
  id(): Uint8Array {
    mkdirSync(this.#folder, { recursive: true, mode: 0o755 });
    const kept = this.#read('uuid');
    if (kept !== null && /^[0-9a-f]{32}$/.test(kept)) return Buffer.from(kept, 'hex');
    const made = randomBytes(16);
    this.#write('uuid', made.toString('hex'));
    return made;
  }

  /** Greater than that of every start before, and than those of a node that kept none and took the time. */
  nextGeneration(nowSeconds: number): number {
    const generation = Math.max(Number(this.#read('generation')) + 1 || 0, nowSeconds);
    this.keepGeneration(generation);
    return generation;
  }

  keepGeneration(generation: number): void {
    this.#write('generation', String(generation));
  }

  writeState(state: HeartbeatState): void {
    this.#write(stateFile, `${JSON.stringify(state)}\n`);
  }

  /** Null where nobody has written one, or it is none. */
  state(): HeartbeatState | null {
    try {
      return HeartbeatState.parse(JSON.parse(this.#read(stateFile) ?? ''));
    } catch {
      return null;
    }
  }

  #read(name: string): string | null {
    try {
      return readFileSync(join(this.#folder, name), 'utf8');
    } catch {
      return null;
    }
  }

  /** A reader sees what was before or what is now, whole. */
  #write(name: string, content: string): void {
    const path = join(this.#folder, name);
    writeFileSync(`${path}.new`, content, { flush: true });
    renameSync(`${path}.new`, path);
  }
}
