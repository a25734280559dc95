import { describe, expect, it } from 'vitest';
import { nodesIn } from '../../../src/protocols/pacemaker/cib-answer.ts';
import { Membership } from '../../../src/protocols/pacemaker/membership.ts';
import { decodeMessage } from '../../../src/protocols/pacemaker/message-reader.ts';
import { nodeStateEvents } from '../../../src/protocols/pacemaker/node-state.ts';
import { attributesText, nodeChange, patchset, seedNode } from './messages.ts';

type Attributes = Readonly<Record<string, string>>;

const full = { in_ccm: 'true', crmd: 'online', join: 'member', expected: 'member' };
const byPeer = { 'crm-debug-origin': 'peer_update_callback' };

/** What each update of a node means, each given by what it changes; `first` is how the node stood. */
function meaningsOf(first: Attributes, ...updates: readonly Attributes[]): readonly (string | null)[] {
  const membership = new Membership();
  let all = first;
  return updates.flatMap((update) => {
    all = { ...all, ...update };
    const text = patchset(nodeChange(Object.keys(update), all));
    return nodeStateEvents(decodeMessage(text)).map((event) => membership.classify(event));
  });
}

const crash = [
  { crmd: 'offline', ...byPeer },
  { in_ccm: 'false', 'crm-debug-origin': 'post_cache_update' },
];
const fencing = { join: 'down', expected: 'down', 'crm-debug-origin': 'send_stonith_update' };

/** What an update of a node means to whoever read, right before it, in the CIB how the node stood. */
function meaningAfter(stood: Attributes, update: Attributes): string | null {
  const membership = new Membership();
  const answer = `<cib-reply><cib_calldata><cib><status><node_state id="2" uname="node2"${attributesText(stood)}/></status></cib></cib_calldata></cib-reply>`;
  for (const node of nodesIn(answer)) membership.begin(node);
  const text = patchset(nodeChange(Object.keys(update), { ...stood, ...update }));
  const [event] = nodeStateEvents(decodeMessage(text));
  return event === undefined ? null : membership.classify(event);
}

it.each<[what: string, stood: Attributes, update: Attributes, meaning: string | null]>([
  ['a stop that had begun', { ...full, join: 'down', expected: 'down' }, { crmd: 'offline' }, 'clean stop'],
  [
    'a return after a stop',
    { ...full, in_ccm: 'true', crmd: 'offline', join: 'down', expected: 'down' },
    full,
    'rejoin',
  ],
  ['a return after a loss', { ...full, crmd: 'offline' }, full, 'rejoin'],
  ['the fencing of one that was lost', { ...full, crmd: 'offline' }, fencing, 'fenced'],
  ['further words of a loss that was known', { ...full, crmd: 'offline' }, { in_ccm: 'false' }, null],
  ['nothing new of a member', full, { in_ccm: 'true' }, null],
])('whoever begins to listen hears %s for what it is', (_, stood, update, meaning) => {
  expect(meaningAfter(stood, update)).toBe(meaning);
});

describe('what became of a node', () => {
  it('is an unexpected loss where it goes while the cluster counts on it, told once', () => {
    expect(meaningsOf(full, ...crash)).toEqual(['unexpected loss', null]);
    expect(nodeStateEvents(decodeMessage(seedNode)).map((one) => new Membership().classify(one))).toEqual([
      'unexpected loss',
    ]);
  });

  it('is an unexpected loss also where the membership layer is the first to miss it', () => {
    expect(meaningsOf(full, { in_ccm: 'false' }, { crmd: 'offline' })).toEqual(['unexpected loss', null]);
  });

  it('is fenced where Pacemaker says that it made sure, then and no sooner', () => {
    expect(meaningsOf(full, ...crash, fencing)).toEqual(['unexpected loss', null, 'fenced']);
    const renamed = { ...fencing, 'crm-debug-origin': 'update_node_state_after_fencing' };
    expect(meaningsOf(full, ...crash, renamed)).toEqual(['unexpected loss', null, 'fenced']);
  });

  it('is fenced also where that is told at once with its end, as of a node whose resource would not stop', () => {
    expect(meaningsOf(full, { ...fencing, crmd: 'offline' })).toEqual(['fenced']);
  });

  it('is not fenced because somebody else wrote that it is down', () => {
    expect(meaningsOf(full, ...crash, { ...fencing, ...byPeer })).toEqual(['unexpected loss', null, null]);
  });

  it('is a clean stop where it goes and is expected to, by one update', () => {
    const leave = { crmd: 'offline', join: 'down', expected: 'down', ...byPeer };
    expect(meaningsOf(full, leave, { in_ccm: 'false' })).toEqual(['clean stop', null]);
  });

  it('is nothing yet where only a later part of an unseen story is heard', () => {
    expect(meaningsOf({ ...full, crmd: 'offline' }, { join: 'down', expected: 'down' })).toEqual([null]);
    expect(meaningsOf({ ...full, expected: 'down', join: 'down' }, { crmd: 'offline' })).toEqual([null]);
  });

  it('is a rejoin when it is a full member again: at once after a loss, after its joining when it had been fenced', () => {
    const back = [{ in_ccm: 'true' }, { crmd: 'online' }];
    expect(meaningsOf(full, ...crash, ...back).slice(2)).toEqual([null, 'rejoin']);
    const joined = { join: 'member', expected: 'member' };
    expect(meaningsOf(full, ...crash, fencing, ...back, joined).slice(3)).toEqual([null, null, 'rejoin']);
  });

  it('is told of each node for itself', () => {
    const membership = new Membership();
    const lost = nodeStateEvents(decodeMessage(patchset(nodeChange(['crmd'], { ...full, crmd: 'offline' }))));
    const both = lost.flatMap((event) => [event, { ...event, id: '3' }]);
    expect(both.map((event) => membership.classify(event))).toEqual(['unexpected loss', 'unexpected loss']);
  });
});

describe('seconds in place of words, since Pacemaker 2.1.7', () => {
  const since = { in_ccm: '1795300500', crmd: '1795300501', join: 'member', expected: 'member' };

  it('mean the same: 0 is gone', () => {
    const gone = [{ crmd: '0' }, { in_ccm: '0' }];
    expect(meaningsOf(since, ...gone, fencing)).toEqual(['unexpected loss', null, 'fenced']);
    const back = [{ in_ccm: '1795300600' }, { crmd: '1795300601' }];
    expect(meaningsOf(since, ...gone, ...back).slice(2)).toEqual([null, 'rejoin']);
  });

  it('are no rejoin where they are only written anew', () => {
    expect(meaningsOf(since, { in_ccm: '1795300700' })).toEqual([null]);
  });

  it('say since when; a 1 says only that it is there, and other words say nothing', () => {
    const stateOf = (attributes: Attributes) =>
      nodeStateEvents(decodeMessage(patchset(nodeChange(['crmd'], { ...since, ...attributes }))))[0]?.state;
    expect(stateOf({})).toMatchObject({ member: true, memberSince: 1795300500, onlineSince: 1795300501 });
    expect(stateOf({ in_ccm: '1' })).toMatchObject({ member: true, memberSince: null });
    expect(stateOf({ in_ccm: 'maybe', crmd: '-5' })).toMatchObject({ member: null, online: null });
    expect(stateOf({ in_ccm: '9'.repeat(30), crmd: 'constructor' })).toMatchObject({
      member: null,
      online: null,
    });
  });
});

describe('a node_state', () => {
  const told = (text: string) => nodeStateEvents(decodeMessage(text));

  it('is told of where it is new, in either format, also within a whole CIB', () => {
    const state = `<node_state id="2" uname="node2" in_ccm="true" crmd="online"/>`;
    const changed = [{ id: '2', changed: ['in_ccm', 'crmd'] }];
    const change = (inside: string) => patchset(`<change operation="create" path="/">${inside}</change>`);
    expect(told(change(state))).toMatchObject(changed);
    expect(told(change(`<cib><status>${state}</status></cib>`))).toMatchObject(changed);
    const added = (cib: string) =>
      told(
        `<notify><cib_update_result><diff format="1"><diff-added>${cib}</diff-added></diff></cib_update_result></notify>`,
      );
    const marked = state.replace('/>', ' __crm_diff_marker__="added:top"/>');
    expect(added(`<cib><status>${marked}</status></cib>`)).toMatchObject(changed);
    expect(added(`<cib><status __crm_diff_marker__="added:top">${state}</status></cib>`)).toMatchObject(
      changed,
    );
    expect(added(`<cib><status>${state}</status></cib>`)).toEqual([]);
  });

  it('is not told of where something else of it changed, nor where the change was refused', () => {
    expect(told(patchset(nodeChange(['crm-debug-origin'], { ...full, ...byPeer })))).toEqual([]);
    const refused = patchset(nodeChange(['crmd'], full)).replace('<notify>', '<notify cib_rc="-62">');
    expect(told(refused)).toEqual([]);
  });
});
