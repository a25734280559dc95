import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Endpoint } from '../../../src/cli/orchestrator/ask.ts';
import { runOrchestratorCommand } from '../../../src/cli/orchestrator/run.ts';
import { flagsIn, Words } from '../../../src/cli/orchestrator/words.ts';
import { aFleet } from '../../controller/a-controller.ts';
import { type AnApi, anApi } from '../../api/orchestrator/an-api.ts';

let api: AnApi;
let socket: Endpoint;

/** A primary a:1, its replicas b:1 and c:1, and d:1 below b:1. */
beforeEach(async () => {
  const fleet = aFleet('b', 'c');
  fleet.fleet.add('d:1', 'b:1');
  api = await anApi(fleet, { ClusterNameToAlias: { '.*': 'shop' } });
  const folder = mkdtempSync(join(tmpdir(), 'baton-c-'));
  const path = join(folder, 'api.sock');
  await api.server.listen({ path });
  onTestFinished(async () => {
    await api.server.close();
    rmSync(folder, { recursive: true });
  });
  socket = { kind: 'socket', path };
});

/** What `baton -c …` prints and says, and how it ends. */
async function ran(line: string): Promise<{ out: string; said: string; exit: number }> {
  const flags = flagsIn(line.split(' '));
  if (flags === null) throw new Error(`${line} names no command`);
  const [out, said]: string[][] = [[], []];
  const terminal = {
    print: (text: string) => void out?.push(text),
    say: (text: string) => void said?.push(text),
    colours: false,
  };
  let exit: number | null = null;
  const running = runOrchestratorCommand(new Words(flags, 1), terminal, [socket]).then((code) => {
    exit = code;
  });
  running.catch(() => (exit = 2));
  while (exit === null) await api.clock.advance(10);
  await running;
  return { out: out?.join('\n') ?? '', said: said?.join('\n') ?? '', exit };
}

it.each([
  ['-c clusters', 'a:1'],
  ['-c clusters-alias', 'a:1,shop'],
  ['-c which-master -i b', 'a:1'],
  ['-c which-master -i a', ':0'],
  ['-c which-replicas -i a', 'b:1\nc:1'],
  ['-c which-slaves -i a', 'b:1\nc:1'],
  ['-c which-broken-replicas -i a', ''],
  ['-c which-cluster -i d', 'a:1'],
  ['-c which-cluster-alias -i d', 'shop'],
  ['-c which-cluster-master -alias shop', 'a:1'],
  ['-c which-cluster-instances --alias=shop', 'a:1\nb:1\nc:1\nd:1'],
  ['-c all-clusters-masters', 'a:1'],
  ['-c is-replicating -i b', 'b:1'],
  ['-c is-replication-stopped -i b', ''],
  ['-c search -i d:', 'd:1'],
  ['-c instance -i b,c', 'b:1\nc:1'],
  ['-c can-replicate-from -i d -d a', 'a:1'],
  ['-c replication-analysis', ''],
  ['-c check-global-recoveries', 'enabled'],
  ['-c downtimed', ''],
  ['-c which-lost-in-recovery', ''],
  ['-c which-cluster-domain -i d', ''],
  ['-c get-cluster-heuristic-lag -alias shop', '0'],
  ['-c which-cluster-gh-ost-replicas -i a', 'b:1\nc:1\nd:1'],
  ['-c bulk-instances', 'a:1\nb:1\nc:1\nd:1'],
  ['-c bulk-promotion-rules', ''],
  ['-c active-nodes', 'baton;baton'],
  ['-c resolve -i b', 'b:1'],
])('baton %s prints what orchestrator-client prints', async (line, out) => {
  expect(await ran(line)).toEqual({ out, said: '', exit: 0 });
});

it('baton -c topology prints the tree', async () => {
  expect((await ran('-c topology -i b')).out).toBe(
    [
      'a:1     [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]',
      '+ b:1   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]',
      '  + d:1 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]',
      '+ c:1   [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]',
    ].join('\n'),
  );
});

it('baton -c relocate prints the replica and its new source, and has moved it', async () => {
  expect(await ran('-c relocate -i d -d c')).toEqual({ out: 'd:1<c:1', said: '', exit: 0 });
  expect((await ran('-c which-master -i d')).out).toBe('c:1');
});

it('baton -c graceful-master-takeover-auto prints the successor once it leads', async () => {
  expect(await ran('-c graceful-master-takeover-auto -alias shop -d b')).toMatchObject({
    out: 'b:1',
    exit: 0,
  });
  expect((await ran('-c which-cluster-master -i a')).out).toBe('b:1');
});

it('what is refused is said on standard error, and the exit code is 1', async () => {
  expect(await ran('-c relocate -i b -d d')).toMatchObject({ out: '', exit: 1 });
  expect(await ran('-c recover -i a')).toMatchObject({
    said: 'Recovery not attempted: nothing is found to be wrong with a:1',
    exit: 1,
  });
});

it('a downtime that is begun is there, and ends', async () => {
  expect((await ran('-c begin-downtime -i b -o ann -r disk -u 1h')).out).toBe('b:1');
  expect((await ran('-c downtimed')).out).toBe('b:1');
  expect((await ran('-c end-downtime -i b')).out).toBe('b:1');
  expect((await ran('-c downtimed -alias shop')).out).toBe('');
});

it('verbs of baton’s own are none of orchestrator’s', () => {
  expect(flagsIn(['topology', '-c', 'x'])).toBeNull();
  expect(flagsIn(['--version'])).toBeNull();
});
