import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { builtTwin } from '../../../src/process/built.ts';
import { patient } from '../waits.ts';
import { remote, type TestCluster } from './a-cluster.ts';

const bin = fileURLToPath(builtTwin(new URL('../../../src/bin.ts', import.meta.url).href));

/** A folder that is gone when the test ends, where agents may look in. */
export function aPlace(): string {
  const place = mkdtempSync(join(tmpdir(), 'baton-pacemaker-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  chmodSync(place, 0o755);
  return place;
}

/** What `baton pacemaker watch` makes of a node’s remote CIB about node2, one after the other. */
export async function membershipOf(cluster: TestCluster, place: string) {
  const config = join(place, 'remote.json');
  const Remote = { Host: '127.0.0.1', Port: remote.tls, Encryption: 'anonymous-tls' };
  const given = { Pacemaker: { Remote }, PacemakerPassword: remote.password };
  writeFileSync(config, JSON.stringify(given), { mode: 0o600 });
  const words = ['pacemaker', 'watch', '--from', 'remote', '--config', config];
  const [, , pid = ''] = cluster.on('node1');
  const child = spawn('nsenter', ['-t', pid, '-n', process.execPath, bin, ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [told, said] = ['', ''];
  child.stdout.on('data', (piece) => (told += String(piece)));
  child.stderr.on('data', (piece) => (said += String(piece)));
  await expect.poll(() => said, patient).toContain('following the CIB');
  return () =>
    [...told.matchAll(/^node2: (unexpected loss|fenced|clean stop|rejoin)$/gm)].map(([, word]) => word);
}
