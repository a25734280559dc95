import { expect, it } from 'vitest';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aScene } from './scene.ts';
import { controllers } from './several.ts';

it('whoever is asked in orchestrator’s words, a change is made by the controller that leads', async () => {
  const scene = await aScene();
  const ports = await freePorts(2);
  const given = (name: string) => {
    const at = `127.0.0.1:${ports[name === 'one' ? 0 : 1]}`;
    return { ListenAddress: at, HTTPAdvertise: `http://${at}`, ClusterNameToAlias: { '.*': 'shop' } };
  };
  const { members, leader } = await controllers(scene, { names: ['one', 'two'], given });
  const { name } = await leader();
  const follower = members.find((one) => one.name !== name)?.name ?? '';
  const asked = async (whom: string, path: string) => {
    const reply = await fetch(`${given(whom).HTTPAdvertise}/api/${path}`);
    return { status: reply.status, body: (await reply.json()) as { Code?: string; Details?: unknown } };
  };
  const [, second = ''] = scene.keys;

  expect((await asked(follower, 'leader-check')).status).toBe(404);
  expect(await asked(follower, 'routed-leader-check')).toEqual({ status: 200, body: 'OK' });
  expect((await asked(follower, 'health')).body.Details).toMatchObject({
    IsRaftLeader: false,
    RaftLeader: name,
    RaftLeaderURI: given(name).HTTPAdvertise,
  });
  const place = second.replace(':', '/');
  expect((await asked(follower, `begin-downtime/${place}/ann%0A/disk%0A/5m`)).body.Code).toBe('OK');
  expect((await asked(name, 'downtimed')).body).toMatchObject([{ DowntimeOwner: 'ann' }]);
  expect((await asked(follower, `end-downtime/${place}`)).body.Code).toBe('OK');
  const [host, port] = second.split(':');
  expect((await asked(follower, `graceful-master-takeover-auto/shop/${place}`)).body).toMatchObject({
    Code: 'OK',
    Details: { SuccessorKey: { Hostname: host, Port: Number(port) } },
  });
});
