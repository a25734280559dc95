import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clStatus, statusOfLinks } from '../../../src/cli/heartbeat/cl-status.ts';
import type { HeartbeatState } from '../../../src/signals/heartbeat/state-folder.ts';

const links = (eth0: boolean, eth1: boolean) => [
  { link: 'eth0', up: eth0 },
  { link: 'eth1', up: eth1 },
];
const healthy: HeartbeatState = {
  pid: 1,
  node: 'nodea',
  version: '3.0.6 (node: 958e11be8686759f1b99204c17812f2c2633b169)',
  writtenAtMs: 0,
  deadMs: 3_000,
  members: [
    { node: 'nodea', kind: 'normal', state: 'active', links: links(true, false) },
    { node: 'nodeb', kind: 'normal', state: 'active', links: links(true, true) },
  ],
  parameters: {
    keepalive: '500ms',
    deadtime: '3',
    udpport: '694',
    initdead: '5',
    warntime: '1500ms',
    auto_failback: 'legacy',
    msgfmt: 'classic',
  },
};
const pinging: HeartbeatState = {
  ...healthy,
  members: [
    { node: 'nodea', kind: 'normal', state: 'active', links: links(false, false) },
    { node: 'nodeb', kind: 'normal', state: 'active', links: links(true, true) },
    { node: '10.99.1.2', kind: 'ping', state: 'ping', links: [{ link: '10.99.1.2', up: true }] },
    { node: '10.99.1.77', kind: 'ping', state: 'dead', links: [{ link: '10.99.1.77', up: false }] },
  ],
};

interface Recorded {
  readonly words: string;
  readonly lines: string;
  readonly exit: number;
}

/** What the real tool was asked, what it wrote on either stream, and how it ended. */
function recorded(file: string): readonly Recorded[] {
  const text = readFileSync(new URL(`../../fixtures/heartbeat/${file}`, import.meta.url), 'utf8');
  const all = text.matchAll(/\[nodea\] cl_status (.*)\n([\s\S]*?)=> exit (\d+)\n/g);
  return (
    [...all]
      .map(([, words = '', lines = '', exit]) => ({ words, lines, exit: Number(exit) }))
      // Baton has a help of its own, and manages no resources.
      .filter(({ words }) => words !== '-h' && !words.startsWith('rscstatus'))
  );
}

function answered(state: HeartbeatState, words: string): Recorded {
  const { print, say, exit } = clStatus(state, words.split(' '));
  const stamped = (line: string) => (line.startsWith('ERROR: ') ? `cl_status: ${line}` : line);
  return { words, lines: [...print, ...say.map(stamped)].map((line) => `${line}\n`).join(''), exit };
}

const withoutStamp = (one: Recorded) => ({
  ...one,
  lines: one.lines.replaceAll(/^.* cl_status: \[\d+\]: /gm, 'cl_status: '),
});

describe('baton cl-status', () => {
  it.each(recorded('cl_status-healthy.txt'))('answers `$words` as the real tool of a healthy pair', (one) => {
    expect(answered(healthy, one.words)).toEqual(withoutStamp(one));
  });

  it.each(recorded('cl_status-ping-nodes.txt'))(
    'answers `$words` as the real tool with pinged nodes',
    (one) => {
      expect(answered(pinging, one.words)).toEqual(withoutStamp(one));
    },
  );

  it('says that nothing runs where nothing does', () => {
    expect(clStatus(null, ['hbstatus'])).toEqual({
      exit: 1,
      print: ['Heartbeat is stopped on this machine.'],
      say: [],
    });
    expect(clStatus(null, ['listnodes']).exit).toBe(1);
    expect(clStatus(null, ['bogus']).exit).toBe(11);
  });
});

describe('baton status-hblinks', () => {
  it('is good though the own unicast link is dead, and a pinged node', () => {
    expect(statusOfLinks(healthy)).toBe('ok\ngood');
    expect(statusOfLinks(pinging)).toBe('ok\ngood');
  });

  it('has_dead when a link of another node is', () => {
    const members = healthy.members.map((one) =>
      one.node === 'nodeb' ? { ...one, links: links(true, false) } : one,
    );
    expect(statusOfLinks({ ...healthy, members })).toBe('ok\nhas_dead');
  });

  it('fails where nothing runs', () => {
    expect(statusOfLinks(null)).toBe('fail');
  });
});
