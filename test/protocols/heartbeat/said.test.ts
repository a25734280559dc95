import { expect, it } from 'vitest';
import { type Envelope, envelopeIn, sealed } from '../../../src/protocols/heartbeat/envelope.ts';
import { bytes, decimalIn, hexIn, text, textIn } from '../../../src/protocols/heartbeat/message.ts';
import { fieldsOf, type Said } from '../../../src/protocols/heartbeat/said.ts';
import { saidIn } from '../../../src/protocols/heartbeat/said-in.ts';

const everything: readonly Exclude<Said, { type: 'other' }>[] = [
  { type: 'status', state: 'active', deadMs: 3_000 },
  { type: 'NS_ackmsg', to: 'nodea', sequence: 0x67 },
  { type: 'NS_rexmit', to: 'nodea', first: 17, last: 18 },
  { type: 'NS_nak_rexmit', to: 'nodea', first: 17, info: 'seqno too low' },
  { type: 'reqnodes', to: 'nodea' },
  { type: 'repnodes', to: 'nodea', nodes: ['nodea', 'nodeb'], deleted: [] },
  { type: 'ip-request', group: 'fakedb::db1' },
  { type: 'ip-request-resp', to: 'nodea', group: 'fakedb::db1', held: true, result: 'OK' },
  { type: 'starting' },
  { type: 'resource', holding: 'local', stable: false, info: 'standby' },
  { type: 'resource', holding: 'none', stable: true, info: null },
  { type: 'ask_resources', holding: 'foreign', info: 'me' },
  { type: 'shutdone' },
  { type: 'stonith', node: 'nodea', result: 'n_stnth' },
];

it('what is said is read back from its fields', () => {
  for (const said of everything) expect(saidIn(fieldsOf(said))).toEqual(said);
});

it('numbers are hexadecimal but for those of a request for retransmission', () => {
  const value = (said: Exclude<Said, { type: 'other' }>, name: string) => textIn(fieldsOf(said), name);
  expect(value({ type: 'NS_rexmit', to: 'a', first: 17, last: 18 }, 'firstseq')).toBe('17');
  expect(value({ type: 'NS_nak_rexmit', to: 'a', first: 17, info: '' }, 'firstseq')).toBe('11');
  expect(value({ type: 'NS_ackmsg', to: 'a', sequence: 0x67 }, 'ackseq')).toBe('67');
  expect(value({ type: 'status', state: 'up', deadMs: 5_000 }, 'dt')).toBe('1388');
});

it('a message of an unknown type, or one that lacks what it must have, is another', () => {
  expect(saidIn([text('t', 'recoveryd-note')])).toEqual({ type: 'other', name: 'recoveryd-note' });
  expect(saidIn([])).toEqual({ type: 'other', name: '' });
  expect(saidIn([text('t', 'status'), text('st', 'asleep'), text('dt', 'bb8')]).type).toBe('other');
  for (const name of ['__proto__', 'constructor', 'toString', 'ip-request', 'NS_rexmit', 'resource'])
    expect(saidIn([text('t', name)])).toEqual({ type: 'other', name });
});

it('the envelope comes behind what is said, in the order of the real daemon, and is read back', () => {
  const envelope: Envelope = {
    source: 'nodea',
    sourceId: new Uint8Array(16).fill(7),
    destinationId: new Uint8Array(16).fill(9),
    sequence: 0x1f,
    generation: 0x6b021b1d,
    sentAtSeconds: 0x6b021b1c,
    load: '3.62 2.31 1.07 3/153 21',
    timeToLive: 3,
  };
  const message = sealed(fieldsOf({ type: 'reqnodes', to: 'nodeb' }), envelope);
  const names = ['t', 'dest', 'destuuid', 'src', 'srcuuid', 'seq', 'hg', 'ts', 'ld', 'ttl'];
  expect(message.map(({ name }) => name)).toEqual(names);
  expect(envelopeIn(message)).toEqual(envelope);
  const bare = { ...envelope, sourceId: null, destinationId: null, sequence: null, load: null };
  expect(envelopeIn(sealed([], bare))).toEqual(bare);
  expect(sealed([], bare).map(({ name }) => name)).toEqual(['src', 'hg', 'ts', 'ttl']);
});

it('an envelope that lacks its sender, generation, time or time to live is none', () => {
  const whole = [text('src', 'NodeA'), text('hg', '1'), text('ts', '2'), text('ttl', '3')];
  expect(envelopeIn(whole)?.source).toBe('nodea');
  for (const { name } of whole) expect(envelopeIn(whole.filter((field) => field.name !== name))).toBeNull();
  expect(envelopeIn([...whole.slice(1), text('src', '')])).toBeNull();
});

it('a number that is none, or that no JavaScript number holds, is not read', () => {
  for (const word of ['', '-1', '0x1', '1 ', 'g', 'f'.repeat(14)])
    expect(hexIn([text('n', word)], 'n')).toBeNull();
  for (const word of ['', '-1', '1.5', 'a', '9'.repeat(16)])
    expect(decimalIn([text('n', word)], 'n')).toBeNull();
  expect(hexIn([bytes('n', new Uint8Array([0x31]))], 'n')).toBeNull();
});
