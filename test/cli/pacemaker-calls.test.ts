import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AgentCall, callsForMessages, callsForSpool } from '../../src/cli/pacemaker-calls.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { anAlert, crmMonFencing } from '../protocols/pacemaker/environments.ts';
import { seedNode } from '../protocols/pacemaker/messages.ts';
import { messageText } from '../protocols/pacemaker/recorded.ts';

function aTerminal() {
  const said: string[] = [];
  const terminal = { print: () => {}, say: (text: string) => void said.push(text), colours: false };
  return { said, calling: { recipient: 'rcpt', terminal, leave: () => {} } };
}

async function* pieces(...texts: readonly string[]) {
  yield* texts;
}

async function all(calls: AsyncIterable<AgentCall>): Promise<readonly AgentCall[]> {
  const found: AgentCall[] = [];
  for await (const call of calls) found.push(call);
  return found;
}

describe('the calls for messages', () => {
  it('are those of crm_mon, and one for a node that is gone, which crm_mon does not make', async () => {
    const texts = [messageText('00200', 'v2'), seedNode];
    const calls = await all(callsForMessages(pieces(...texts), aTerminal().calling));
    expect(calls.map(({ variables }) => variables)).toEqual([
      {
        CRM_notify_recipient: 'rcpt',
        CRM_notify_node: 'node1',
        CRM_notify_rsc: 'mig',
        CRM_notify_task: 'start',
        CRM_notify_desc: 'OK',
        CRM_notify_rc: '0',
        CRM_notify_target_rc: '0',
        CRM_notify_status: '0',
      },
      {
        CRM_notify_recipient: 'rcpt',
        CRM_notify_node: 'node2',
        BATON_NODE_EVENT: 'unexpected loss',
        BATON_NODE_ID: 'node2',
        BATON_NODE_CHANGED: 'crmd',
        BATON_NODE_MEMBER: 'false',
        BATON_NODE_ONLINE: 'false',
        BATON_NODE_JOIN: 'member',
        BATON_NODE_EXPECTED: 'member',
        BATON_NODE_ORIGIN: 'peer_update_callback',
      },
    ]);
  });

  it('go on after a message that cannot be read, which is told of', async () => {
    const { said, calling } = aTerminal();
    const bad = '<notify><cib_update></notify>';
    const calls = await all(callsForMessages(pieces(bad, seedNode, '<notify>'), calling));
    expect(calls).toHaveLength(1);
    expect(said).toEqual([expect.stringContaining('unexpected'), expect.stringContaining('cut off')]);
  });

  it('go on after a message of 100 MB, which is told of once, and after a bomb of entities', async () => {
    const { said, calling } = aTerminal();
    async function* stream() {
      yield '<notify>';
      for (let written = 0; written < 100 * 2 ** 20; written += 2 ** 20) yield '<a/>'.repeat(2 ** 18);
      yield `</notify>\n<!DOCTYPE notify [<!ENTITY a "${'ha'.repeat(1_000)}"><!ENTITY b "${'&a;'.repeat(1_000)}">]><notify c="&b;"></notify>`;
      yield seedNode;
    }
    expect(await all(callsForMessages(stream(), calling))).toHaveLength(1);
    expect(said).toEqual([
      expect.stringContaining('longer than 16777216 characters'),
      expect.stringContaining('document type'),
    ]);
  });
});

describe('the calls for a spool', () => {
  function aSpool(...environments: readonly Readonly<Record<string, string>>[]) {
    const spool = mkdtempSync(join(tmpdir(), 'baton-calls-'));
    onTestFinished(() => rmSync(spool, { recursive: true }));
    for (const [at, variables] of environments.entries()) {
      const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}\0`);
      writeFileSync(join(spool, `1795300500.${at + 1}.signal`), pairs.join(''));
    }
    return spool;
  }

  /** The calls until nothing more is there; each is said to be made. */
  async function heard(spool: string, watchFencing = true) {
    const stop = new AbortController();
    const clock: Clock = {
      now: () => 1795300500000,
      monotonic: () => 0,
      sleep: async () => stop.abort(),
    };
    const how = { spool, watchFencing, takes: true, clock, signal: stop.signal };
    const watching = { ...aTerminal().calling, ...how };
    const variables: Readonly<Record<string, string>>[] = [];
    for await (const call of callsForSpool(watching)) {
      variables.push(call.variables);
      await call.made();
    }
    return variables;
  }

  const lost = anAlert({ kind: 'node', desc: 'lost' });

  it('have the kind as alerts have it, each event once, and the spool is empty when they are made', async () => {
    const resource = { kind: 'resource', rsc: 'db', task: 'start', rc: '1', status: '0', target_rc: '0' };
    const attribute = anAlert({ kind: 'attribute', attribute_name: 'a', attribute_value: 'b' });
    const spool = aSpool(crmMonFencing, lost, lost, anAlert({ ...resource, desc: 'error' }), attribute);
    expect(await heard(spool)).toEqual([
      {
        CRM_alert_kind: 'fencing',
        CRM_notify_recipient: 'rcpt',
        CRM_notify_node: 'node2',
        CRM_notify_task: 'st_notify_fence',
        CRM_notify_desc: crmMonFencing.CRM_notify_desc,
        CRM_notify_rc: '0',
        CRM_notify_target_rc: '0',
        CRM_notify_status: '0',
      },
      {
        CRM_alert_kind: 'node',
        CRM_alert_recipient: 'rcpt',
        CRM_alert_node: 'node2',
        CRM_alert_desc: 'lost',
      },
      {
        CRM_alert_kind: 'resource',
        CRM_notify_recipient: 'rcpt',
        CRM_notify_node: 'node2',
        CRM_notify_rsc: 'db',
        CRM_notify_task: 'start',
        CRM_notify_desc: 'error',
        CRM_notify_rc: '1',
        CRM_notify_target_rc: '0',
        CRM_notify_status: '0',
      },
      {
        CRM_alert_kind: 'attribute',
        CRM_alert_recipient: 'rcpt',
        CRM_alert_node: 'node2',
        CRM_alert_attribute_name: 'a',
        CRM_alert_attribute_value: 'b',
      },
    ]);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('leave fencings out where nobody asked for them', async () => {
    const spool = aSpool(crmMonFencing);
    expect(await heard(spool, false)).toEqual([]);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('are made again by the next life where they were not', async () => {
    const spool = aSpool(lost);
    const stop = new AbortController();
    const how = { spool, watchFencing: true, takes: true, signal: stop.signal };
    const watching = { ...aTerminal().calling, ...how };
    const clock = { now: () => 0, monotonic: () => 0, sleep: async () => {} };
    for await (const call of callsForSpool({ ...watching, clock })) {
      expect(call.variables).toMatchObject({ CRM_alert_desc: 'lost' });
      break;
    }
    expect(await heard(spool)).toHaveLength(1);
  });

  it('put a file that cannot be read aside where they are taken, and where they are only shown leave every file as it is, and say so once', async () => {
    const spool = aSpool(lost, { CRM_alert_kind: 'weather' });
    const files = readdirSync(spool);
    const shown = aTerminal();
    const stop = new AbortController();
    let looks = 0;
    const clock: Clock = {
      now: () => 0,
      monotonic: () => 0,
      sleep: async () => {
        looks += 1;
        if (looks === 3) stop.abort();
      },
    };
    const how = { spool, watchFencing: true, takes: false, clock, signal: stop.signal };
    expect(await all(callsForSpool({ ...shown.calling, ...how }))).toHaveLength(1);
    expect(shown.said).toEqual([expect.stringMatching(/\.2\.signal cannot be read: it tells of nothing/)]);
    expect(readdirSync(spool)).toEqual(files);
    await heard(spool);
    expect(readdirSync(spool)).toEqual([`${files[1]}.refused`]);
  });
});
