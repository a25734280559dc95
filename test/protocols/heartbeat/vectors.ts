import { readFileSync } from 'node:fs';
import type { KeyRing, Method } from '../../../src/protocols/heartbeat/codec/keys.ts';

/** A packet that was recorded on the wire of a real daemon (3.0.6) and of a peer that it took for one of its own. */
export interface Vector {
  /** The recording that it is of. */
  readonly file: string;
  readonly method: Method;
  readonly key: string;
  readonly type: string;
  readonly from_real_daemon: boolean;
  readonly hex: string;
}

const file = new URL('../../fixtures/heartbeat/vectors.json', import.meta.url);
export const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly Vector[];

export function ringOf(method: Method, secret: string, number = 1): KeyRing {
  const active = { number, method, secret };
  return { active, all: [active] };
}
