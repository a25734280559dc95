import { decimalIn, hexIn, type Message, textIn } from './message.ts';
import type { Holding, Said } from './said.ts';

/** What a message says. It never throws: one that cannot be understood is `other`. */
export function saidIn(message: Message): Said {
  const name = textIn(message, 't') ?? '';
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  return reader?.(message) ?? { type: 'other', name };
}

const readers: Readonly<Record<string, (message: Message) => Said | null>> = {
  status: (message) => {
    const state = oneOf(['init', 'up', 'active', 'dead'], textIn(message, 'st'));
    const deadMs = hexIn(message, 'dt');
    return state && deadMs !== null ? { type: 'status', state, deadMs } : null;
  },
  NS_ackmsg: (message) => {
    const [to, sequence] = [textIn(message, 'dest'), hexIn(message, 'ackseq')];
    return to && sequence !== null ? { type: 'NS_ackmsg', to, sequence } : null;
  },
  NS_rexmit: (message) => {
    const [to, first] = [textIn(message, 'dest'), decimalIn(message, 'firstseq')];
    const last = decimalIn(message, 'lastseq');
    return to && first !== null && last !== null ? { type: 'NS_rexmit', to, first, last } : null;
  },
  NS_nak_rexmit: (message) => {
    const [to, first] = [textIn(message, 'dest'), hexIn(message, 'firstseq')];
    const info = textIn(message, 'info') ?? '';
    return to && first !== null ? { type: 'NS_nak_rexmit', to, first, info } : null;
  },
  reqnodes: (message) => {
    const to = textIn(message, 'dest');
    return to ? { type: 'reqnodes', to } : null;
  },
  repnodes: (message) => {
    const [to, nodes] = [textIn(message, 'dest'), textIn(message, 'nodelist')];
    const deleted = textIn(message, 'delnodelist') ?? '';
    return to && nodes !== null
      ? { type: 'repnodes', to, nodes: listIn(nodes), deleted: listIn(deleted) }
      : null;
  },
  'ip-request': (message) => {
    const group = textIn(message, 'ipaddr');
    return group ? { type: 'ip-request', group } : null;
  },
  'ip-request-resp': (message) => {
    const [to, group] = [textIn(message, 'dest'), textIn(message, 'ipaddr')];
    const [own, result] = [textIn(message, 'weown'), textIn(message, 'ok')];
    return to && group && own !== null && result !== null
      ? { type: 'ip-request-resp', to, group, held: own === 'yes', result }
      : null;
  },
  starting: () => ({ type: 'starting' }),
  resource: (message) => {
    const holding = holdingIn(message);
    const [stable, info] = [textIn(message, 'isstable') === '1', textIn(message, 'info')];
    return holding ? { type: 'resource', holding, stable, info } : null;
  },
  ask_resources: (message) => {
    const [holding, info] = [holdingIn(message), textIn(message, 'info')];
    return holding && info !== null ? { type: 'ask_resources', holding, info } : null;
  },
  shutdone: () => ({ type: 'shutdone' }),
  stonith: (message) => {
    const [node, result] = [textIn(message, 'node'), textIn(message, 'result')];
    return node !== null && result !== null ? { type: 'stonith', node, result } : null;
  },
};

function holdingIn(message: Message): Holding | null {
  return oneOf(['none', 'local', 'foreign', 'all'], textIn(message, 'rsc_hold'));
}

function oneOf<const Word extends string>(words: readonly Word[], word: string | null): Word | null {
  return words.find((one) => one === word) ?? null;
}

function listIn(words: string): readonly string[] {
  return words.split(' ').filter((word) => word !== '');
}
