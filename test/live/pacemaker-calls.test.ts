import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { aController, aScene } from './scene.ts';
import { patient, watched } from './waits.ts';

const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));
const status = `<pacemaker-result api-version="2.25"><summary><cluster_options stonith-enabled="true"/></summary>
<nodes><node name="node2" id="2" online="true" pending="false" unclean="false" expected_up="true"/></nodes></pacemaker-result>`;

it('what an agent kept calls SignalCommand once, in its order, though the controller is killed while calls wait and while nobody listens', async () => {
  const scene = await aScene({ servers: 1 });
  const place = (name: string) => join(scene.directory, name);
  const [agent, spool, lines, gate] = ['agent', 'spool', 'calls', 'gate'].map(place) as [
    string,
    string,
    string,
    string,
  ];
  execFileSync(process.execPath, [bin, 'pacemaker', 'install-agent', agent, '--spool', spool], {
    stdio: 'ignore',
  });
  writeFileSync(place('status.xml'), status);
  // Each call writes down that it began, and waits until it may end.
  writeFileSync(
    place('call'),
    `#!/bin/sh\necho "$CRM_notify_rsc" >>${lines}\nwhile [ ! -e ${gate} ]; do sleep 0.05; done\n`,
  );
  chmodSync(place('call'), 0o755);
  const tell = (rsc: string, at: number) =>
    execFileSync(agent, {
      env: {
        PATH: process.env['PATH'] ?? '',
        CRM_alert_kind: 'resource',
        CRM_alert_node: 'node2',
        CRM_alert_rsc: rsc,
        CRM_alert_task: 'start',
        CRM_alert_status: '0',
        CRM_alert_rc: '0',
        CRM_alert_target_rc: '0',
        CRM_alert_timestamp_epoch: String(at),
      },
    });
  const called = () => (existsSync(lines) ? readFileSync(lines, 'utf8').trimEnd().split('\n') : []);
  const waiting = () => readdirSync(spool);

  const { config, process: first } = await watched(scene, {
    Pacemaker: { Spool: spool, StatusCommand: ['cat', place('status.xml')] },
    SignalNodes: { node2: [scene.primary] },
    SignalCommand: `[ -z "$CRM_notify_rsc" ] || exec ${place('call')}`,
  });
  for (const at of [1, 2, 3]) tell(`r${at}`, at);
  await expect.poll(called, patient).toEqual(['r1']);
  await expect.poll(waiting, patient).toEqual([]);
  first.signal('SIGKILL');
  await expect.poll(() => first.isAlive(), patient).toBe(false);
  for (const at of [4, 5]) tell(`r${at}`, at);
  mkdirSync(gate);

  const { daemon } = await aController(scene, config);
  // The first had begun: its end is what the next life waits for.
  await expect.poll(called, patient).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
  await expect.poll(waiting, patient).toEqual([]);
  const told = (await daemon.get('/baton/v1/signals')) as readonly { because: string }[];
  expect(told.filter(({ because }) => because.startsWith('start of')).map(({ because }) => because)).toEqual(
    [5, 4, 3, 2, 1].map((at) => expect.stringContaining(`start of r${at} on node2`)),
  );
}, 120_000);
