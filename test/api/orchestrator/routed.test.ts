import { createServer, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Leadership, SoleJournal } from '../../../src/engine/ports.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { aFleet } from '../../controller/a-controller.ts';
import { type AnApi, anApi } from './an-api.ts';

let journal: SoleJournal;
let leader: AnApi;
let address: string;
const opened: AnApi[] = [];

beforeEach(async () => {
  journal = memoryJournal();
  leader = await anApi(aFleet('b'), {}, { journal });
  address = await leader.server.listen({ host: '127.0.0.1', port: 0 });
  opened.push(leader);
});

afterEach(async () => {
  for (const { server, controller } of opened.splice(0)) {
    await server.close();
    // Whoever follows may not write down what it has learned.
    await controller.stop().catch(() => {});
  }
});

/** Another controller of the same servers and journal, which knows the leader by this address. */
async function aFollower(known: string | null): Promise<AnApi> {
  const { clock, fleet } = leader;
  const leadership: Leadership = {
    stand: async () => null,
    lead: () => new Promise(() => {}),
    leader: () => ({ name: 'other', since: 0, isOurs: false, address: known }),
    cutOff: () => null,
    token: () => null,
    close: async () => {},
  };
  const follower = await anApi({ clock, fleet }, {}, { journal, leadership });
  opened.push(follower);
  return follower;
}

it('whoever follows has the leader do what changes something, and looks by itself', async () => {
  const follower = await aFollower(address);
  expect(await follower.ask('disable-global-recoveries')).toMatchObject({
    status: 200,
    body: { Code: 'OK', Details: 'disabled' },
  });
  expect(leader.controller.restraints.report().disabled).not.toBeNull();
  expect(await follower.ask('begin-downtime/b/1/o1%0A/my%20reason%0A/5m')).toMatchObject({ status: 200 });
  expect(leader.controller.restraints.report().downtimes).toMatchObject([{ who: 'o1', why: 'my reason' }]);
  expect(await follower.ask('register-candidate/b/1/must')).toMatchObject({
    status: 500,
    body: { Code: 'ERROR' },
  });
  await leader.server.close();
  expect((await follower.ask('instance/b/1')).status).toBe(200);
});

it('a client that knows only followers finds one that hands its questions on', async () => {
  const follower = await aFollower(address);
  expect((await follower.ask('leader-check')).status).toBe(404);
  expect(await follower.ask('routed-leader-check')).toMatchObject({ status: 200, body: 'OK' });
  const alone = await aFollower(null);
  expect((await alone.ask('routed-leader-check')).status).toBe(404);
});

it('a leader that does not answer is named, with its address', async () => {
  const follower = await aFollower(address);
  await leader.server.close();
  const { status, body } = await follower.ask('disable-global-recoveries');
  expect(status).toBe(500);
  expect((body as { Message: string }).Message).toContain(`other leads and does not answer at ${address}`);
  expect((await follower.ask('routed-leader-check')).status).toBe(500);
});

it('where the leader does not say where it is reached, whoever asks is told to ask there', async () => {
  const follower = await aFollower(null);
  const { body } = await follower.ask('disable-global-recoveries');
  expect((body as { Message: string }).Message).toContain('other leads since');
  expect((body as { Message: string }).Message).toContain('set HTTPAdvertise there');
});

it('a question is handed on once, whoever is taken for the leader', async () => {
  const follower = await aFollower(address);
  const itself = await follower.server.listen({ host: '127.0.0.1', port: 0 });
  const lost = await aFollower(itself);
  const { body } = await lost.ask('disable-global-recoveries');
  expect((body as { Message: string }).Message).toContain('other leads since');
  expect(leader.controller.restraints.report().disabled).toBeNull();
});

it('each controller reads its own configuration again', async () => {
  const follower = await aFollower('http://127.0.0.1:1');
  expect((await follower.ask('reload-configuration')).status).toBe(200);
});

it('where a question is handed on to is never the asker’s to say', async () => {
  const asked: string[] = [];
  const elsewhere = await aServer(({ url }, response) => {
    asked.push(String(url));
    response.end('"elsewhere"');
  });
  const follower = await aFollower(address);
  const { port } = new URL(await follower.server.listen({ host: '127.0.0.1', port: 0 }));
  const path = `${elsewhere}/api/disable-global-recoveries`;
  await new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path }, (response) =>
      response.resume().on('end', resolve),
    );
    asking.on('error', reject).end();
  });
  expect(asked).toEqual([]);
});

it('an answer that takes long is waited for, also over a connection that is kept', async () => {
  let answers = 0;
  const slow = await aServer((_, response) => {
    answers += 1;
    if (answers === 2) vi.advanceTimersByTime(60_000);
    response.end('{"Code":"OK"}');
  });
  const follower = await aFollower(slow);
  const first = await follower.server.inject('/api/disable-global-recoveries');
  expect(first.statusCode).toBe(200);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const second = await follower.server.inject('/api/disable-global-recoveries');
  expect(second.payload).toBe('{"Code":"OK"}');
});

/** A server that stands for a leader; its address. */
async function aServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
