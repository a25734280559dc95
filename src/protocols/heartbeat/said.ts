import { decimal, type Field, hex, text } from './message.ts';

/** `init`: never heard. `up`: it listens. `active`: it works. `dead`: it is silent, or has left. */
export type NodeState = 'init' | 'up' | 'active' | 'dead';
export type Holding = 'none' | 'local' | 'foreign' | 'all';

/** What a message says, beside its envelope. The names of the types are those of the wire. */
export type Said =
  | {
      readonly type: 'status';
      readonly state: NodeState;
      /** After how long without a status the sender wants to be taken for dead. */
      readonly deadMs: number;
    }
  /** All of the receiver's messages up to this sequence have come. */
  | { readonly type: 'NS_ackmsg'; readonly to: string; readonly sequence: number }
  /** "rexmit-request" of the seed: the receiver is to send these once more, both ends included. */
  | { readonly type: 'NS_rexmit'; readonly to: string; readonly first: number; readonly last: number }
  /** It cannot be sent once more: `seqno too low` or `seqno not found`. */
  | { readonly type: 'NS_nak_rexmit'; readonly to: string; readonly first: number; readonly info: string }
  | { readonly type: 'reqnodes'; readonly to: string }
  | {
      readonly type: 'repnodes';
      readonly to: string;
      readonly nodes: readonly string[];
      readonly deleted: readonly string[];
    }
  /** The sender wants this group of resources back. */
  | { readonly type: 'ip-request'; readonly group: string }
  | {
      readonly type: 'ip-request-resp';
      readonly to: string;
      readonly group: string;
      /** Whether the sender held it. */
      readonly held: boolean;
      /** `OK`: it no longer runs there. Anything else is a refusal. */
      readonly result: string;
    }
  | { readonly type: 'starting' }
  | {
      readonly type: 'resource';
      readonly holding: Holding;
      readonly stable: boolean;
      /** Why it is told: `mach_down`, `standby`, `shutdown` … */
      readonly info: string | null;
    }
  | { readonly type: 'ask_resources'; readonly holding: Holding; readonly info: string }
  /** It leaves of its own will. */
  | { readonly type: 'shutdone' }
  | { readonly type: 'stonith'; readonly node: string; readonly result: string }
  /** A type that Baton does not know, or one that lacks what it must have. */
  | { readonly type: 'other'; readonly name: string };

/** The fields before those of the envelope, in the order of the real daemon (3.0.6). `extra` goes behind them: unknown names are passed on. */
export function fieldsOf(said: Exclude<Said, { type: 'other' }>, extra: readonly Field[] = []): Field[] {
  if (said.type === 'repnodes')
    return [
      text('dest', said.to),
      text('t', said.type),
      text('nodelist', listText(said.nodes)),
      text('delnodelist', listText(said.deleted)),
      ...extra,
    ];
  return [text('t', said.type), ...ownFields(said), ...extra];
}

function ownFields(said: Exclude<Said, { type: 'other' | 'repnodes' }>): Field[] {
  switch (said.type) {
    case 'status':
      return [text('st', said.state), hex('dt', said.deadMs), text('protocol', '1')];
    case 'NS_ackmsg':
      return [text('dest', said.to), hex('ackseq', said.sequence)];
    case 'NS_rexmit':
      return [text('dest', said.to), decimal('firstseq', said.first), decimal('lastseq', said.last)];
    case 'NS_nak_rexmit':
      return [hex('firstseq', said.first), text('dest', said.to), text('info', said.info)];
    case 'reqnodes':
      return [text('dest', said.to)];
    case 'ip-request':
      return [text('ipaddr', said.group)];
    case 'ip-request-resp':
      return [
        text('dest', said.to),
        text('ipaddr', said.group),
        text('weown', said.held ? 'yes' : 'no'),
        text('ok', said.result),
      ];
    case 'starting':
      return [];
    case 'resource':
      return [
        text('rsc_hold', said.holding),
        text('rtype', 'full'),
        text('isstable', said.stable ? '1' : '0'),
        ...(said.info === null ? [] : [text('info', said.info)]),
      ];
    case 'ask_resources':
      return [text('rsc_hold', said.holding), text('info', said.info)];
    case 'shutdone':
      return [text('st', 'dead')];
    case 'stonith':
      return [text('node', said.node), text('result', said.result)];
  }
}

/** A blank behind each name; an empty list is one blank. */
function listText(names: readonly string[]): string {
  return names.length === 0 ? ' ' : names.map((name) => `${name} `).join('');
}
