import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fieldsOf,
  hexIn,
  type Moment,
  type Session,
  sealed,
  textIn,
} from '../../../src/protocols/heartbeat/index.ts';
import { Lan } from './lan.ts';

function pair(): Lan {
  const lan = new Lan(['a', 'b'], ['eth0', 'eth1']);
  lan.start('a');
  lan.start('b');
  return lan;
}

function joined(): Lan {
  const lan = pair();
  lan.run(3_000);
  return lan;
}

const both = (up: boolean) => [
  { link: 'eth0', up },
  { link: 'eth1', up },
];

const askedForNodes = sealed(fieldsOf({ type: 'reqnodes', to: 'b' }), {
  source: 'a',
  sourceId: null,
  destinationId: null,
  sequence: 500,
  generation: 1,
  sentAtSeconds: 0,
  load: null,
  timeToLive: 3,
});

describe('two nodes', () => {
  it('come up, and see each other active on both links', () => {
    const lan = joined();
    expect(lan.standing('b', 'a')).toEqual({ node: 'b', state: 'active', links: both(true) });
    expect(lan.standing('a', 'b')).toEqual({ node: 'a', state: 'active', links: both(true) });
    const states = lan.acts.flatMap(({ node, act }) =>
      node === 'a' && act.act === 'node' ? [`${act.node} ${act.state}`] : [],
    );
    expect(states.filter((one) => one.startsWith('a'))).toEqual(['a up', 'a active']);
    expect(lan.warnings('a')).toEqual([]);
  });

  it('hear each message once, though it comes over both links', () => {
    const lan = joined();
    lan.do('a', (session) => session.say({ type: 'ip-request', group: 'g' }, lan.now()));
    lan.run(500);
    expect(lan.heard('b')).toEqual(['g']);
  });

  it('one of them that dies is dead after the time that it asked for itself', () => {
    const lan = joined();
    lan.kill('b');
    lan.run(2_400);
    expect(lan.standing('b', 'a')?.state).toBe('active');
    lan.run(1_200);
    expect(lan.standing('b', 'a')).toEqual({ node: 'b', state: 'dead', links: both(false) });
  });

  it('one of them that leaves is dead at once', () => {
    const lan = joined();
    lan.do('b', (session) => session.leave(lan.now()));
    lan.run(200);
    expect(lan.standing('b', 'a')?.state).toBe('dead');
    const before = lan.acts.length;
    lan.do('b', (session) => session.tick(lan.now()));
    expect(lan.acts.length).toBe(before);
  });

  it('lose a link and have it again, and nobody is taken for dead', () => {
    const lan = joined();
    lan.fate = (_, link) => (link === 'eth1' ? [] : [0]);
    lan.run(4_000);
    expect(lan.standing('b', 'a')).toMatchObject({ state: 'active', links: [{ up: true }, { up: false }] });
    lan.fate = () => [0];
    lan.run(700);
    expect(lan.standing('b', 'a')?.links).toEqual(both(true));
  });

  it('one of them is active alone, when the other was not heard for initdead', () => {
    const lan = new Lan(['a', 'b'], ['eth0']);
    lan.start('a');
    lan.run(4_900);
    expect(lan.standing('a', 'a')?.state).toBe('up');
    lan.run(400);
    expect(lan.standing('a', 'a')?.state).toBe('active');
    expect(lan.standing('b', 'a')?.state).toBe('dead');
  });
});

describe('what is lost', () => {
  it('is asked for, message by message, and comes', () => {
    const lan = joined();
    lan.fate = (from) => (from === 'a' ? [] : [0]);
    for (const group of ['1', '2', '3'])
      lan.do('a', (session) => session.say({ type: 'ip-request', group }, lan.now()));
    lan.fate = () => [0];
    lan.run(1_500);
    expect(lan.heard('b').toSorted()).toEqual(['1', '2', '3']);
    const asked = lan.acts.flatMap(({ node, act }) =>
      node === 'b' && act.act === 'send' && textIn(act.message, 't') === 'NS_rexmit'
        ? [textIn(act.message, 'firstseq')]
        : [],
    );
    expect(new Set(asked).size).toBeGreaterThanOrEqual(3);
  });

  it('is acknowledged at every tenth, and not before what is missing has come', () => {
    const lan = joined();
    lan.run(20_000);
    const acknowledged = lan.acts.flatMap(({ node, act }) =>
      node === 'b' && act.act === 'send' && textIn(act.message, 't') === 'NS_ackmsg'
        ? [hexIn(act.message, 'ackseq')]
        : [],
    );
    expect(acknowledged.slice(0, 4)).toEqual([10, 20, 30, 40]);
  });

  it('is refused when nobody has it any more', () => {
    const lan = joined();
    const request = sealed(fieldsOf({ type: 'NS_rexmit', to: 'a', first: 9_000, last: 9_000 }), {
      source: 'b',
      sourceId: null,
      destinationId: null,
      sequence: null,
      generation: 1,
      sentAtSeconds: 0,
      load: null,
      timeToLive: 3,
    });
    lan.do('a', (session) => session.hear(request, 'eth0', lan.now()));
    const last = lan.acts.at(-1)?.act;
    expect(last?.act === 'send' && textIn(last.message, 't')).toBe('NS_nak_rexmit');
    expect(last?.act === 'send' && textIn(last.message, 'firstseq')).toBe('2328');
  });
});

describe('what is not to be believed', () => {
  it('is left out with a word: unknown nodes, and starts of before', () => {
    const lan = joined();
    const status = (source: string, generation: number) =>
      sealed(fieldsOf({ type: 'status', state: 'dead', deadMs: 3_000 }), {
        source,
        sourceId: null,
        destinationId: null,
        sequence: 9_999,
        generation,
        sentAtSeconds: 0,
        load: null,
        timeToLive: 3,
      });
    const before = lan.sessions.get('a')?.standings();
    for (const [source, generation] of [
      ['c', 1],
      ['b', 0],
    ] as const)
      lan.do('a', (session) => session.hear(status(source, generation), 'eth0', lan.now()));
    lan.do('a', (session) => session.hear([], 'eth0', lan.now()));
    expect(lan.sessions.get('a')?.standings()).toEqual(before);
    expect(lan.warnings('a')).toEqual([
      'c, which no node line of ha.cf names, said something over eth0; it was left out.',
      'A message of b over eth0 is of a start before its last; it was left out.',
      'A message without sender or time came over eth0; it was left out.',
    ]);
  });

  it('a node that starts anew with a greater generation is believed', () => {
    const lan = joined();
    lan.start('b', 2);
    lan.run(3_000);
    expect(lan.standing('b', 'a')?.state).toBe('active');
    expect(lan.warnings('a')).toEqual(['Heartbeat was started anew on b.']);
  });
});

it('a node that stood still for longer than deadtime begins anew, with a generation of its own that it has kept first', () => {
  const lan = joined();
  lan.stalled.add('b');
  lan.run(6_000);
  expect(lan.standing('b', 'a')?.state).toBe('dead');
  lan.stalled.delete('b');
  const mark = lan.acts.length;
  lan.run(3_000);
  const [first] = lan.acts.slice(mark).filter(({ node }) => node === 'b');
  expect(first?.act).toEqual({ act: 'keepGeneration', generation: 2 });
  const generations = lan.acts
    .slice(mark)
    .flatMap(({ node, act }) => (node === 'b' && act.act === 'send' ? [hexIn(act.message, 'hg')] : []));
  expect(new Set(generations)).toEqual(new Set([2]));
  expect(lan.standing('b', 'a')).toEqual({ node: 'b', state: 'active', links: both(true) });
});

it.each([
  ['is found not to work', (session: Session, now: Moment) => session.setWorking(false, now)],
  [
    'has something to say',
    (session: Session, now: Moment) => session.say({ type: 'ip-request', group: 'g' }, now),
  ],
  ['is asked for the nodes', (session: Session, now: Moment) => session.hear(askedForNodes, 'eth0', now)],
  ['leaves', (session: Session, now: Moment) => session.leave(now)],
])(
  'a node that stood still says nothing under its old generation, though the first thing is that it %s',
  (_, first) => {
    const lan = joined();
    lan.stalled.add('b');
    lan.run(6_000);
    const mark = lan.acts.length;
    lan.do('b', (session) => first(session, lan.now()));
    const acts = lan.acts.slice(mark).map(({ act }) => act);
    expect(acts[0]).toEqual({ act: 'keepGeneration', generation: 2 });
    const sent = acts.flatMap((act) => (act.act === 'send' ? [hexIn(act.message, 'hg')] : []));
    expect(new Set(sent)).toEqual(new Set([2]));
  },
);

it('a node that cannot do its work says up, and active when it can again', () => {
  const lan = joined();
  lan.do('b', (session) => session.setWorking(false, lan.now()));
  lan.run(1_000);
  expect(lan.standing('b', 'a')?.state).toBe('up');
  lan.do('b', (session) => session.setWorking(true, lan.now()));
  lan.run(1_000);
  expect(lan.standing('b', 'a')?.state).toBe('active');
});

it('a network that drops, doubles, delays and swaps packets always comes to rest', () => {
  const fates = fc.array(fc.array(fc.nat(6), { maxLength: 3 }), { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(
      fates,
      fc.integer({ min: 2, max: 4 }),
      fc.array(fc.nat(3), { maxLength: 30 }),
      (steps, count, sayers) => {
        const nodes = ['a', 'b', 'c', 'd'].slice(0, count);
        const lan = new Lan(nodes, ['eth0', 'eth1']);
        for (const node of nodes) lan.start(node);
        lan.run(4_000);
        let packets = 0;
        lan.fate = () => steps[packets++ % steps.length] ?? [0];
        const said = sayers.map((who, at) => ({ node: nodes[who % count] ?? 'a', group: String(at) }));
        for (const { node, group } of said) {
          lan.do(node, (session) => session.say({ type: 'ip-request', group }, lan.now()));
          lan.run(100);
        }
        lan.fate = () => [0];
        lan.run(12_000);
        for (const by of nodes) {
          const others = said.filter(({ node }) => node !== by).map(({ group }) => group);
          expect(lan.heard(by).toSorted()).toEqual(others.toSorted());
          for (const of of nodes)
            if (of !== by)
              expect(lan.standing(of, by)).toEqual({ node: of, state: 'active', links: both(true) });
        }
      },
    ),
    { numRuns: 40 },
  );
});
