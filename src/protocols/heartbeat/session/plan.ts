import type { Message } from '../message.ts';
import type { NodeState, Said } from '../said.ts';

/** What a session is told of its cluster, and never changes. */
export interface SessionPlan {
  /** Its own name, in small letters. */
  readonly node: string;
  /** 16 bytes that it keeps for ever. */
  readonly id: Uint8Array;
  /** All nodes, itself among them. */
  readonly nodes: readonly string[];
  /** The names of its links. */
  readonly links: readonly string[];
  readonly keepaliveMs: number;
  readonly warnMs: number;
  readonly deadMs: number;
  readonly initialDeadMs: number;
  readonly timeToLive: number;
}

/** The clocks of whoever drives the session. */
export interface Moment {
  /** Of a clock that never goes back. */
  readonly ms: number;
  /** Of the clock on the wall. */
  readonly wallSeconds: number;
  /** As in /proc/loadavg. */
  readonly load: string;
}

/** What is to be done, or told, because of something. */
export type Act =
  /** On every link. */
  | { readonly act: 'send'; readonly message: Message }
  /** To be kept on disk before anything behind it is sent. */
  | { readonly act: 'keepGeneration'; readonly generation: number }
  | { readonly act: 'node'; readonly node: string; readonly state: NodeState; readonly because: string }
  | { readonly act: 'link'; readonly node: string; readonly link: string; readonly up: boolean }
  /** A message for whoever is above the session. */
  | { readonly act: 'said'; readonly from: string; readonly said: Said; readonly message: Message }
  | { readonly act: 'warn'; readonly sentence: string };

/** How a node and its links stand. */
export interface Standing {
  readonly node: string;
  readonly state: NodeState;
  readonly links: readonly { readonly link: string; readonly up: boolean }[];
}
