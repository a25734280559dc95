import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../src/protocols/pacemaker/environment.ts';
import { Membership } from '../../../src/protocols/pacemaker/membership.ts';
import { decodeMessage } from '../../../src/protocols/pacemaker/message-reader.ts';
import { nodeStateEvents } from '../../../src/protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../../../src/protocols/pacemaker/readings/crm-mon.ts';
import { readAsSeed } from '../../../src/protocols/pacemaker/readings/seed.ts';
import { environments, messageText, numbers } from './recorded.ts';

const formats = ['v1', 'v2'] as const;
const columns = ['node', 'rsc', 'task', 'status', 'rc', 'target_rc', 'desc', 'recipient'];

function environmentsOf(number: string, format: 'v1' | 'v2'): readonly string[] {
  return readAsCrmMon(decodeMessage(messageText(number, format)))
    .map((event) => environmentOf(event, 'rcpt'))
    .map((environment) => columns.map((name) => environment[`CRM_notify_${name}`]).join('\t'))
    .toSorted();
}

it('has eighty recorded messages to be held against', () => {
  expect(numbers).toHaveLength(80);
  expect([...environments('v2').values()].flat()).toHaveLength(69);
});

describe.each(formats)('recorded messages in format %s', (format) => {
  const expected = environments(format);

  it.each(numbers)('%s calls the agent as crm_mon did, and as often', (number) => {
    expect(environmentsOf(number, format)).toEqual(expected.get(number)?.toSorted() ?? []);
  });

  it('tell what became of the node that crashed and of the one that was stopped', () => {
    const membership = new Membership();
    const told = numbers.flatMap((number) =>
      nodeStateEvents(decodeMessage(messageText(number, format))).flatMap((event) => {
        const means = membership.classify(event);
        return means === null ? [] : [`${number} ${event.node} ${means}`];
      }),
    );
    expect(told).toEqual([
      '00197 node2 unexpected loss',
      '00205 node2 rejoin',
      '00248 node2 clean stop',
      '00258 node2 rejoin',
    ]);
  });
});

it.each(numbers)('%s tells of the same nodes in both formats', (number) => {
  const [v1, v2] = formats.map((format) => nodeStateEvents(decodeMessage(messageText(number, format))));
  expect(v1).toEqual(v2);
});

it('a reading by the seed finds what a message adds under the names that are written next to it', () => {
  const added = readAsSeed(decodeMessage(messageText('00216', 'v2')));
  const summed = added.map(({ node, resource, task, rc, targetRc }) => [node, resource, task, rc, targetRc]);
  expect(summed).toEqual([
    ['2', 'mig', 'monitor', 0, 7],
    ['2', 'mig', 'monitor', 0, 7],
  ]);
});

it('a reading by the seed finds what was there before, of which format 1 writes only what differs', () => {
  const [removed] = readAsSeed(decodeMessage(messageText('00216', 'v1')));
  expect(removed).toMatchObject({
    side: 'removed',
    node: '2',
    resource: 'mig',
    task: '',
    status: -1,
    rc: 193,
  });
});
