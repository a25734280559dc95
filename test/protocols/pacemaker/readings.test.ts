import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../src/protocols/pacemaker/message-reader.ts';
import { nodeStateEvents } from '../../../src/protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../../../src/protocols/pacemaker/readings/crm-mon.ts';
import { readAsSeed } from '../../../src/protocols/pacemaker/readings/seed.ts';
import { created, magicText, patchset, resourcePath, seedNode, seedOperation } from './messages.ts';

const crmMon = (text: string) => readAsCrmMon(decodeMessage(text));
const seed = (text: string) => readAsSeed(decodeMessage(text));
const monitor = { id: 'db_last_0', operation_key: 'db_monitor_0', operation: 'monitor' };
const failed = { ...monitor, 'transition-magic': magicText(0, 1, 0) };

describe('the messages of the documented contract', () => {
  it('tell of the operation by the words that stand next to it', () => {
    expect(seed(seedOperation)).toEqual([
      {
        kind: 'operation',
        side: 'removed',
        node: 'node2',
        resource: 'dbfs',
        task: 'monitor',
        status: 0,
        rc: 7,
        targetRc: 7,
        description: 'OK',
      },
    ]);
  });

  it('tell nothing of it as crm_mon reads them', () => {
    expect(crmMon(seedOperation)).toEqual([]);
    expect(crmMon(seedOperation.replace('<diff>', '<diff format="1">'))).toEqual([]);
  });

  it('tell of the node that is gone, which neither walk finds', () => {
    expect(nodeStateEvents(decodeMessage(seedNode))).toEqual([
      {
        kind: 'node-state',
        id: 'node2',
        node: 'node2',
        changed: ['crmd'],
        state: {
          member: false,
          memberSince: null,
          online: false,
          onlineSince: null,
          join: 'member',
          expected: 'member',
          origin: 'peer_update_callback',
        },
      },
    ]);
    expect(seed(seedNode)).toEqual([]);
  });
});

describe('crm_mon', () => {
  it('leaves out a probe that found the expected nothing, and tells of one that found something', () => {
    expect(crmMon(created({ ...monitor, 'transition-magic': magicText(0, 7, 7) }))).toEqual([]);
    const [found] = crmMon(created({ ...monitor, 'transition-magic': magicText(0, 0, 7) }));
    expect(found).toMatchObject({ rc: 0, targetRc: 7, description: 'ok' });
    const [late] = crmMon(created({ ...monitor, 'transition-magic': magicText(2, 7, 7) }));
    expect(late).toMatchObject({ status: 2, description: 'Timed Out' });
  });

  it('takes the task from the operation’s key, else from its id, never from what is written as its operation', () => {
    const odd = { ...failed, operation: 'notify', operation_key: 'db_post_notify_start_0' };
    expect(crmMon(created(odd))).toMatchObject([{ task: 'post_notify_start' }]);
    const { operation_key: _, ...keyless } = failed;
    expect(crmMon(created(keyless))).toMatchObject([{ task: 'last', resource: 'db' }]);
  });

  it('takes what was meant from the key within the magic; the seed from the key that is written out', () => {
    const odd = created({ ...failed, 'transition-key': magicText(0, 0, 8).slice(4) });
    expect(crmMon(odd)).toMatchObject([{ targetRc: 0 }]);
    expect(seed(odd)).toMatchObject([{ targetRc: 8 }]);
  });

  it('names the node by the operation, else by its node_state, else by the path of the change', () => {
    expect(crmMon(created({ ...failed, on_node: 'db7' }))).toMatchObject([{ node: 'db7' }]);
    expect(crmMon(created(failed))).toMatchObject([{ node: '2' }]);
    const operation = `<lrm_rsc_op id="db_last_0" transition-magic="${magicText(0, 1, 0)}"/>`;
    const state = `<node_state id="2" uname="node2"><lrm id="3">${operation}</lrm></node_state>`;
    const inState = patchset(`<change operation="create" path="/cib/status">${state}</change>`);
    expect(crmMon(inState)).toMatchObject([{ node: 'node2' }]);
    const inLrm = `<change operation="create" path="/cib/status/node_state"><lrm id="3">${operation}</lrm></change>`;
    expect(crmMon(patchset(inLrm))).toMatchObject([{ node: '3' }]);
  });

  it('tells nothing of an operation of no node, no magic or no key', () => {
    const operation = `<lrm_rsc_op id="db_last_0" transition-magic="${magicText(0, 1, 0)}"/>`;
    expect(crmMon(patchset(`<change operation="create" path="/cib">${operation}</change>`))).toEqual([]);
    expect(crmMon(created(monitor))).toEqual([]);
    expect(crmMon(created({ ...failed, 'transition-magic': '0:1;5:0' }))).toEqual([]);
    expect(crmMon(created({ ...failed, operation_key: 'db' }))).toEqual([]);
  });

  it('looks at what a change created or what came of it, and at the first element of that only', () => {
    const one = `<lrm_rsc_op id="db_last_0" transition-magic="${magicText(0, 1, 0)}"/>`;
    const change = (operation: string, inside: string) =>
      crmMon(patchset(`<change operation="${operation}" path="${resourcePath}">${inside}</change>`)).length;
    expect(change('create', `${one}${one}`)).toBe(1);
    expect(change('modify', `<change-result>${one}</change-result>`)).toBe(1);
    expect(change('modify', one)).toBe(0);
    expect(change('move', one)).toBe(0);
    expect(change('delete', one)).toBe(0);
    expect(change('create', `<configuration>${one}</configuration>`)).toBe(0);
    const whole = `<cib><configuration/><status><node_state id="2">${one}</node_state></status></cib>`;
    expect(change('create', whole)).toBe(1);
    expect(change('create', whole.replaceAll('status', 'configuration'))).toBe(0);
  });

  it('does not look at what was asked for, only at what came of it', () => {
    const asked = `<cib_update><lrm_rsc_op id="db_last_0" on_node="a" transition-magic="${magicText(0, 1, 0)}"/></cib_update>`;
    const text = `<notify>${asked}<cib_update_result><diff format="2"/></cib_update_result></notify>`;
    expect(crmMon(text)).toEqual([]);
    expect(seed(text)).toEqual([]);
  });

  it('uses the words of the release it is asked for', () => {
    const [event] = readAsCrmMon(decodeMessage(created(failed)), '3.0');
    expect(event?.description).toBe('Error occurred');
  });
});
