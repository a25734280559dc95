import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FindingReport, LeaderReport } from '../../src/controller/reports.ts';
import { AnEtcd } from './an-etcd.ts';
import { Certificates } from './certificates.ts';
import { letIn } from './etcd-users.ts';
import {
  answering,
  aScene,
  aWriter,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  storyOfLast,
  writableOn,
} from './scene.ts';
import { controllers, leaderOf, type Member, rest } from './several.ts';

const patient = { timeout: 30_000, interval: 50 };

/** The leader dies and the primary with it, and another leader recovers the cluster. */
async function dieTogether(scene: Scene, members: readonly Member[], leading: Member): Promise<void> {
  leading.process.signal('SIGKILL');
  await scene.sandbox.kill(portOn(scene, scene.primary));
  const others = rest(members, leading);
  await expect
    .poll(async () => (await lastRecovery((await leaderOf(others)).daemon))?.state, patient)
    .toBe('recovered');
  expect(await writableOn(scene)).toHaveLength(1);
}

describe('of three controllers', () => {
  it('one leads; the others watch, and say who is to be asked', async () => {
    const scene = await aScene();
    const { members, leader } = await controllers(scene, { names: ['one', 'two', 'three'] });
    const leading = await leader();
    for (const { daemon } of rest(members, leading)) {
      await expect(daemon.post('/baton/v1/restraints/disable', { by: 'anna', why: 'night' })).rejects.toThrow(
        `${leading.name} leads since`,
      );
      await expect(
        daemon.post(`/baton/v1/clusters/${encodeURIComponent(scene.primary)}/takeover`, {
          by: 'anna',
          why: 'upgrade',
        }),
      ).rejects.toThrow(`${leading.name} leads since`);
    }
  });

  it('another recovers a dead primary when the leader died with it', async () => {
    const scene = await aScene({ semiSync: true });
    const { members, leader } = await controllers(scene, { names: ['one', 'two', 'three'] });
    const writer = aWriter(scene);
    const leading = await leader();
    await dieTogether(scene, members, leading);
    await writer.stop();
    expect((await hookLines(scene)).filter((line) => line.startsWith('PostFailover '))).toHaveLength(1);
  });

  it('another goes on with the recovery of a leader that stands still, which does nothing more when it goes on', async () => {
    const scene = await aScene({ semiSync: true });
    const gate = join(scene.directory, 'gate');
    const { members, leader } = await controllers(scene, {
      names: ['one', 'two'],
      given: {
        PreFailoverProcesses: [
          `echo "PreFailover $$" >> ${join(scene.directory, 'hooks.log')}; while [ ! -e ${gate} ]; do sleep 0.05; done`,
        ],
      },
    });
    const leading = await leader();
    await scene.sandbox.kill(portOn(scene, scene.primary));
    const begun = async () => (await hookLines(scene)).filter((line) => line.startsWith('PreFailover'));
    await expect.poll(async () => (await begun()).length, patient).toBe(1);
    leading.process.signal('SIGSTOP');
    const [other] = rest(members, leading) as [Member];
    await expect.poll(() => leaderOf([other]).then(({ name }) => name), patient).toBe(other.name);
    await expect.poll(async () => (await begun()).length, patient).toBe(2);
    await mkdir(gate);
    await expect.poll(async () => (await lastRecovery(other.daemon))?.state, patient).toBe('recovered');
    const writable = await writableOn(scene);
    expect(writable).toHaveLength(1);
    leading.process.signal('SIGCONT');
    await expect.poll(() => leaderOf(members).then(({ name }) => name), patient).toBe(other.name);
    await expect.poll(() => answering(leading.daemon), patient).toBe(2);
    expect(await writableOn(scene)).toEqual(writable);
    expect((await hookLines(scene)).filter((line) => line.startsWith('PostFailover '))).toHaveLength(1);
  });
});

describe('with an etcd that wants certificates and a user', () => {
  it('another recovers a dead primary when the leader died with it', async () => {
    const scene = await aScene({ semiSync: true });
    const made = await Certificates.make();
    const text = (name: string) => readFile(made.path(name), 'utf8');
    const etcd = await AnEtcd.start(1, {
      scheme: 'https',
      more: [
        `--cert-file=${made.path('server.pem')}`,
        `--key-file=${made.path('server.key')}`,
        `--trusted-ca-file=${made.path('ca.pem')}`,
        '--client-cert-auth',
      ],
    });
    // An etcd that has users takes no certificate with a common name through its gateway.
    await made.issue('unnamed', { names: 'DNS:baton', subject: '/O=Baton' });
    const [cert, key] = [await text('unnamed.pem'), await text('unnamed.key')];
    const pem = { ca: await text('ca.pem'), cert, key };
    const who = { user: 'baton', password: 'it’s "secret"' };
    const asking = etcd.client({ tls: pem });
    await asking.read({ key: 'up' });
    asking.close();
    await letIn(etcd, who, pem);
    const { members, leader } = await controllers(scene, {
      names: ['one', 'two'],
      etcd,
      coordination: {
        User: who.user,
        CAFile: made.path('ca.pem'),
        CertFile: made.path('unnamed.pem'),
        KeyFile: made.path('unnamed.key'),
      },
      given: { CoordinationPassword: who.password },
    });
    const leading = await leader();
    await dieTogether(scene, members, leading);
  });
});

describe('with a DetectionQuorum of "majority"', () => {
  it('nothing is done while only the leader finds the primary dead, and all the more when the others do too', async () => {
    const scene = await aScene({ semiSync: true });
    const { members, leader } = await controllers(scene, {
      names: ['one', 'two', 'three'],
      given: { DetectionQuorum: 'majority' },
    });
    const leading = await leader();
    const others = rest(members, leading);
    for (const { process } of others) process.signal('SIGSTOP');
    await scene.sandbox.kill(portOn(scene, scene.primary));
    const shut = async () => {
      const findings = (await leading.daemon.get('/baton/v1/findings')) as readonly FindingReport[];
      const dead = findings.filter(({ code }) => code === 'DeadMaster');
      return dead.flatMap(({ gates }) => gates.filter(({ open }) => !open).map(({ gate }) => gate));
    };
    await expect.poll(shut, patient).toEqual(['quorum']);
    expect(await lastRecovery(leading.daemon)).toBeNull();
    for (const { process } of others) process.signal('SIGCONT');
    await expect
      .poll(async () => (await lastRecovery((await leaderOf(members)).daemon))?.state, patient)
      .toBe('recovered');
    const detected = await storyOfLast((await leaderOf(members)).daemon);
    expect(JSON.stringify(detected.detection)).toMatch(/"kind":"controller","says":"dead"/);
  });
});

describe('where etcd is lost', () => {
  it('nothing is begun, watching goes on, and all goes on when it is back', async () => {
    const scene = await aScene({ semiSync: true });
    const { etcd, members, leader } = await controllers(scene, { names: ['one', 'two'] });
    const leading = await leader();
    await etcd.killMember(0);
    await expect
      .poll(async () => ((await leading.daemon.get('/baton/v1/leader')) as LeaderReport).name, patient)
      .toBeNull();
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(() => answering(leading.daemon), patient).toBe(2);
    await expect(
      leading.daemon.post('/baton/v1/restraints/disable', { by: 'anna', why: 'night' }),
    ).rejects.toThrow();
    expect(await writableOn(scene)).toEqual([]);
    await etcd.startMember(0);
    await expect
      .poll(async () => (await lastRecovery((await leaderOf(members)).daemon))?.state, patient)
      .toBe('recovered');
    expect(await writableOn(scene)).toHaveLength(1);
  });
});
