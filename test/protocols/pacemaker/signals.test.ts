import { describe, expect, it } from 'vitest';
import { bySequence, ToldBefore } from '../../../src/protocols/pacemaker/same-signal.ts';
import { type Signal, signalOf } from '../../../src/protocols/pacemaker/signals.ts';
import { anAlert, crmMonFencing } from './environments.ts';

const reference = '54b8c9ce-4e0a-4ea8-9c4d-0a1d56a1e5f1';

function heard(variables: Readonly<Record<string, string>>): Signal {
  const signal = signalOf(variables);
  if (signal === null) throw new Error('nothing was heard');
  return signal;
}

describe('an environment that an agent was called with', () => {
  it('tells of a resource, as crm_mon sets it', () => {
    const variables = {
      CRM_notify_recipient: 'rcpt',
      CRM_notify_node: 'node1',
      CRM_notify_rsc: 'mig',
      CRM_notify_task: 'start',
      CRM_notify_desc: 'pending',
      CRM_notify_rc: '193',
      CRM_notify_target_rc: '0',
      CRM_notify_status: '-1',
    };
    expect(signalOf(variables)).toEqual({
      via: 'crm_mon',
      node: 'node1',
      at: null,
      sequence: null,
      kind: 'resource',
      resource: 'mig',
      task: 'start',
      status: -1,
      rc: 193,
      targetRc: 0,
      description: 'pending',
    });
  });

  it('tells of a fencing without the resource that crm_mon left there from before', () => {
    expect(signalOf(crmMonFencing)).toEqual({
      via: 'crm_mon',
      node: 'node2',
      at: null,
      sequence: null,
      kind: 'fencing',
      rc: 0,
      description: crmMonFencing.CRM_notify_desc,
      reference: '54b8c9ce-4e0a-4ea8-9c4d-0a1d56a1e5f1',
    });
  });

  it('tells of nodes, fencings and attributes as alerts set them, with when and the how-manieth', () => {
    expect(heard(anAlert({ kind: 'node', desc: 'lost' }))).toEqual({
      via: 'alert',
      node: 'node2',
      at: 1795300500000.25,
      sequence: 7,
      kind: 'node',
      state: 'lost',
    });
    const fencing = {
      kind: 'fencing',
      task: 'st_notify_fence',
      rc: '-61',
      desc: `x: Error (ref=${reference})`,
    };
    expect(heard(anAlert(fencing))).toMatchObject({ kind: 'fencing', rc: -61, reference });
    const attribute = { kind: 'attribute', attribute_name: 'a', attribute_value: '1=2' };
    expect(heard(anAlert(attribute))).toMatchObject({ kind: 'attribute', name: 'a', value: '1=2' });
  });

  it('tells nothing where it is of an unknown kind, or where a number is none', () => {
    for (const odd of [
      { kind: 'weather' },
      { kind: 'node', desc: 'gone' },
      { kind: 'fencing', rc: 'x' },
      { kind: 'attribute' },
      { kind: 'resource', rsc: 'a', task: 'start', rc: '0', status: '', target_rc: '0' },
    ])
      expect(signalOf(anAlert(odd))).toBeNull();
    expect(signalOf({})).toBeNull();
    expect(signalOf({ PATH: '/bin' })).toBeNull();
  });
});

describe('what several nodes tell', () => {
  const lost = heard(anAlert({ kind: 'node', desc: 'lost' }));
  const at = 1795300500000;

  it('is told once of a node, until it happens again', () => {
    const told = new ToldBefore();
    const later = { ...lost, at: at + 3_000, sequence: 1 };
    const again = { ...lost, at: at + 60_000 };
    const back = heard(anAlert({ kind: 'node', desc: 'member' }));
    const seen = [lost, later, back, again].map((signal) => told.isRepeated(signal, signal.at ?? at));
    expect(seen).toEqual([false, true, false, false]);
  });

  it('is told once of a fencing, by its reference and whoever tells it', () => {
    const told = new ToldBefore();
    const alerted = heard(anAlert({ kind: 'fencing', rc: '0', desc: crmMonFencing.CRM_notify_desc }));
    const other = { ...alerted, reference: 'another' };
    const seen = [alerted, heard(crmMonFencing), other].map((signal) => told.isRepeated(signal, at));
    expect(seen).toEqual([false, true, false]);
    expect(told.isRepeated({ ...alerted, at: at + 600_000 }, at + 600_000)).toBe(true);
  });

  it('is never left out of a resource', () => {
    const told = new ToldBefore();
    const failed = heard(
      anAlert({ kind: 'resource', rsc: 'a', task: 'start', rc: '1', status: '0', target_rc: '0' }),
    );
    expect([failed, failed].map((signal) => told.isRepeated(signal, at))).toEqual([false, false]);
  });

  it('is put into order by when it was, then by its count', () => {
    const signals = [
      { ...lost, at: 2, sequence: 9 },
      { ...lost, at: 1, sequence: 11 },
      { ...lost, at: 1, sequence: 10 },
    ];
    expect(signals.toSorted(bySequence).map(({ sequence }) => sequence)).toEqual([10, 11, 9]);
  });
});
