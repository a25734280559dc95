import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLevel } from '../../../src/protocols/pacemaker/level.ts';
import { type NodeStanding, standingsOf } from '../../../src/protocols/pacemaker/standing.ts';

/** What crm_mon 2.1.5 printed on the other of two nodes. */
const recorded = (name: string) =>
  readFileSync(new URL(`../../fixtures/pacemaker/level/${name}.xml`, import.meta.url), 'utf8');
const fencedAt = Date.parse('2026-11-22T20:16:36.999Z');

function node2(text: string, since = 0): NodeStanding | undefined {
  return standingsOf(readLevel(text), () => since).find(({ node }) => node === 'node2');
}

describe('what crm_mon says of a cluster', () => {
  it('tells a node that was stopped, one that was lost and one that was fenced from one that is there', () => {
    expect(node2(recorded('up'))).toMatchObject({ says: 'up', isFencing: false });
    expect(node2(recorded('up').replace(/(name="node2".*)pending="false"/, '$1pending="true"'))).toBe(
      undefined,
    );
    expect(node2(recorded('left'))).toMatchObject({ says: 'left', isFencing: false });
    expect(node2(recorded('lost'))).toMatchObject({ says: 'lost', isFencing: false });
    expect(node2(recorded('fenced'))).toMatchObject({ says: 'fenced', isFencing: false, fencedAt });
  });

  it('calls a node lost, with its fencing to come, while it is unclean', () => {
    const text = recorded('fenced').replace(/(name="node2".*)unclean="false"/, '$1unclean="true"');
    expect(node2(text)).toMatchObject({ says: 'lost', isFencing: true, fencedAt: null });
    const online = text.replace(/(name="node2".*)online="false"/, '$1online="true"');
    expect(node2(online)).toMatchObject({ says: 'faulty', isFencing: true });
  });

  it('takes no fencing for one that failed, is under way, was of another node, or was before the node was up again', () => {
    const fenced = recorded('fenced');
    for (const other of [
      fenced.replace('status="success"', 'status="failed"'),
      fenced.replace('status="success"', 'status="pending"').replace(/ completed="[^"]*"/, ''),
      fenced.replace('target="node2"', 'target="node3"'),
      fenced.replace('action="reboot"', 'action="on"'),
      fenced.replace(/completed="[^"]*"/, 'completed="yesterday"'),
    ])
      expect(node2(other)).toMatchObject({ says: 'left', fencedAt: null });
    expect(node2(fenced, fencedAt + 1)).toMatchObject({ says: 'left' });
  });

  it('is nothing where it is no such document, brings entities, or has no cluster in it', () => {
    expect(() => readLevel('<notify/>')).toThrow('its root is <notify>');
    expect(() => readLevel('<pacemaker-result><status code="102"/></pacemaker-result>')).toThrow(
      'says nothing of a cluster',
    );
    expect(() => readLevel(`<!DOCTYPE a [<!ENTITY b "c">]>${recorded('up')}`)).toThrow('document type');
    expect(() => readLevel(recorded('up').slice(0, 900))).toThrow('cannot be read');
  });
});
