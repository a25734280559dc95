import { createHmac } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aFolder, aSpawner, isGone, patient, untilThere } from './a-spawner.ts';

/** Needs the compiled spawner, bash and /proc; no server. */
const exec = (...argv: string[]) => ({ kind: 'exec', argv }) as const;

describe('a program without a shell', () => {
  it('gets its arguments as they are, whatever a shell would make of them', async () => {
    const { run } = await aSpawner();
    const words = ['$(touch /tmp/never)', "it's", '', 'two words', '*', 'a\nb'];
    const { output } = await run(exec('printf', '<%s>', ...words));
    expect(output).toBe(words.map((word) => `<${word}>`).join(''));
  });

  it('reads its document, has its variables, and answers with its exit code', async () => {
    const { run } = await aSpawner();
    const body = exec('bash', '-c', 'cat; echo "$WORD"; exit 10');
    const outcome = await run(body, { document: '{"a":1}', variables: { WORD: 'word' } });
    expect(outcome).toMatchObject({ ended: 'exited', exitCode: 10, output: '{"a":1}word\n' });
  });

  it('that is not there, or not to be executed, is not started, and the reason says which', async () => {
    const { run } = await aSpawner();
    const script = join(await aFolder(), 'script');
    writeFileSync(script, '#!/nowhere/interpreter\n');
    expect(await run(exec(script), { key: '1' })).toMatchObject({
      ended: 'not-started',
      exitCode: 126,
      because: `${script} is not executable for the user that Baton runs as (exit 126)`,
    });
    chmodSync(script, 0o700);
    expect(await run(exec(script), { key: '2' })).toMatchObject({
      ended: 'not-started',
      exitCode: 127,
      because: `the first line of ${script} asks for an interpreter that is not there (exit 127)`,
    });
    expect(await run(exec('no-such-program'), { key: '3' })).toMatchObject({
      ended: 'not-started',
      exitCode: 127,
      because: 'there is no program no-such-program (exit 127)',
    });
    expect(await run(exec('echo', 'x'.repeat(3_000_000)), { key: '4' })).toMatchObject({
      ended: 'not-started',
      exitCode: 126,
      because: 'the arguments and variables for echo are longer than the system allows (exit 126)',
    });
  });

  it('is killed with its children at its deadline', async () => {
    const { run } = await aSpawner();
    const child = join(await aFolder(), 'child');
    const script = `trap '' TERM; (trap '' TERM; echo $BASHPID > ${child}; while :; do sleep 1; done) & while :; do sleep 1; done`;
    const outcome = await run(exec('bash', '-c', script), { timeoutMs: 500 });
    expect(outcome).toMatchObject({ ended: 'timed-out', signal: 'SIGKILL', because: 'its time was 500 ms' });
    await vi.waitFor(() => expect(isGone(Number(readFileSync(child, 'utf8')))).toBe(true), patient);
  });

  it('that a dead spawner left is ended at the next start', async () => {
    const { run, folder } = await aSpawner();
    const started = join(await aFolder(), 'started');
    const outcome = run(exec('bash', '-c', `echo $$ > ${started}; while :; do sleep 1; done`));
    await untilThere(started);
    const [life = ''] = readdirSync(folder).filter((name) => name.startsWith('life'));
    process.kill(Number(readFileSync(join(folder, life, 'pid'), 'utf8')), 'SIGKILL');
    expect(await outcome).toMatchObject({ ended: 'unknown' });
    await vi.waitFor(() => expect(isGone(Number(readFileSync(started, 'utf8')))).toBe(true), patient);
  });
});

interface Heard {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers as it is told to, and remembers what it was asked. */
async function aServer(answer: (response: ServerResponse, count: number) => void) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      heard.push({ method: request.method, headers: request.headers, body });
      answer(response, heard.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hook`;
  const post = (more: { headers?: Record<string, string>; secretVariable?: string | null } = {}) =>
    ({ kind: 'http', url, headers: {}, secretVariable: null, ...more }) as const;
  return { heard, post, url };
}

describe('a request', () => {
  it('carries the facts, who it is, and a signature that its receiver can check', async () => {
    const { heard, post } = await aServer((response) => response.end('thanks'));
    const key = Buffer.from('a key of some bytes that is long enough');
    vi.stubEnv('BATON_TEST_KEY', `whsec_${key.toString('base64')}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { run } = await aSpawner({ environment: { kind: 'inherit', withhold: ['BATON_TEST_KEY'] } });
    const outcome = await run(
      post({ headers: { Authorization: 'Bearer x' }, secretVariable: 'BATON_TEST_KEY' }),
      {
        key: '1:ab/3',
        document: '{"failureType":"DeadMaster"}',
        variables: {
          BATON_STAGE: 'PreFailoverProcesses',
          BATON_REASON: 'Größe 1 %\n2',
          ORC_COMMAND: 'no',
          TRACEPARENT: '00-1-2-01',
        },
      },
    );
    expect(outcome).toMatchObject({
      ended: 'exited',
      exitCode: 0,
      because: null,
      output: 'HTTP 200 OK\nthanks',
    });
    const [{ method, headers, body } = { method: '', headers: {}, body: '' }] = heard;
    expect([method, body]).toEqual(['POST', '{"failureType":"DeadMaster"}']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer x',
      'baton-stage': 'PreFailoverProcesses',
      'baton-reason': 'Gr%C3%B6%C3%9Fe 1 %25%0A2',
      traceparent: '00-1-2-01',
      'webhook-id': '1:ab/3',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('orc'))).toEqual([]);
    const at = [headers['webhook-timestamp']].flat().join('');
    const signed = `1:ab/3.${at}.${body}`;
    const expected = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Number(headers['webhook-timestamp']) * 1_000 - Date.now())).toBeLessThan(60_000);
  });

  it('whose key is not set is not made', async () => {
    const { heard, post } = await aServer((response) => response.end());
    const { run } = await aSpawner();
    expect(await run(post({ secretVariable: 'BATON_TEST_NO_KEY' }))).toMatchObject({
      ended: 'not-started',
      because: 'the variable BATON_TEST_NO_KEY, which holds the key that signs its request, is not set',
    });
    expect(heard).toEqual([]);
  });

  it('leaves its key neither on the disk nor with the spawner', async () => {
    vi.stubEnv('BATON_TEST_KEY', 'a-very-secret-key');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { run, folder } = await aSpawner({
      environment: { kind: 'inherit', withhold: ['BATON_TEST_KEY'] },
    });
    const seen: string[] = [];
    const { post } = await aServer((response) => {
      const [life = ''] = readdirSync(folder).filter((name) => name.startsWith('life'));
      const spawner = readFileSync(join(folder, life, 'pid'), 'utf8');
      for (const file of ['environ', 'cmdline']) seen.push(readFileSync(`/proc/${spawner}/${file}`, 'utf8'));
      for (const name of readdirSync(join(folder, life)))
        seen.push(readFileSync(join(folder, life, name), 'utf8'));
      response.end();
    });
    expect(await run(post({ secretVariable: 'BATON_TEST_KEY' }))).toMatchObject({ exitCode: 0 });
    for (const name of readdirSync(join(folder, 'outcomes')))
      seen.push(readFileSync(join(folder, 'outcomes', name), 'utf8'));
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.join('\n')).not.toContain('a-very-secret-key');
  });

  it('asks to be tried again where the receiver is busy, broken or not there', async () => {
    const { post } = await aServer((response, count) => {
      response.statusCode = [503, 429, 500, 200][count - 1] ?? 200;
      response.end('busy');
    });
    const { run } = await aSpawner();
    const outcomes = [];
    for (const key of ['1', '2', '3', '4']) outcomes.push(await run(post(), { key }));
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([75, 75, 75, 0]);
    expect(outcomes[0]).toMatchObject({
      ended: 'exited',
      because: 'it answered 503 Service Unavailable',
      output: 'HTTP 503 Service Unavailable\nbusy',
    });
    expect(await run({ ...post(), url: 'http://127.0.0.1:1/' }, { key: '5' })).toMatchObject({
      ended: 'exited',
      exitCode: 75,
      because: expect.stringMatching(/^nobody answered: /),
    });
  });

  it('fails for good where the receiver says no, and follows no redirect', async () => {
    const { heard, post, url } = await aServer((response, count) => {
      if (count === 1) response.writeHead(404).end();
      else response.writeHead(307, { location: url }).end();
    });
    const { run } = await aSpawner();
    expect(await run(post(), { key: '1' })).toMatchObject({
      exitCode: 1,
      because: 'it answered 404 Not Found',
    });
    expect(await run(post(), { key: '2' })).toMatchObject({
      exitCode: 1,
      because: 'it answered 307 Temporary Redirect; redirects are not followed',
    });
    expect(heard).toHaveLength(2);
  });

  it('that is not answered in time is broken off, and so is one whose stage is left', async () => {
    const { heard, post } = await aServer(() => {});
    const { run } = await aSpawner();
    expect(await run(post(), { key: '1', timeoutMs: 300 })).toMatchObject({
      ended: 'timed-out',
      exitCode: null,
      because: 'its time was 300 ms',
    });
    const leaving = new AbortController();
    const outcome = run(post(), { key: '2', signal: leaving.signal });
    await vi.waitFor(() => expect(heard).toHaveLength(2), patient);
    leaving.abort(new Error('cancelled by ann'));
    expect(await outcome).toMatchObject({ ended: 'signalled', because: 'it was stopped: cancelled by ann' });
  });

  it('reads only as much of an answer as is kept, and takes one that breaks off for an answer', async () => {
    const { post } = await aServer((response, count) => {
      if (count > 1)
        return void response
          .writeHead(200, { 'content-length': 100 })
          .write('half', () => response.destroy());
      const pour = () => void response.write('é'.repeat(10_000), (error) => error || pour());
      pour();
    });
    const { run } = await aSpawner({ outputLimitBytes: 1_001 });
    const { output, exitCode } = await run(post(), { key: '1' });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^HTTP 200 OK\né{500}\n… the rest was not read …\n$/);
    expect(await run(post(), { key: '2' })).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^HTTP 200 OK\nhalf\n… the answer broke off: .* …\n$/),
    });
  });

  it('that cannot be one is not made, and no password is repeated', async () => {
    const { run } = await aSpawner();
    const { post } = await aServer((response) => response.end());
    const withPassword = await run({ ...post(), url: 'http://ann:pa55@127.0.0.1/' }, { key: '1' });
    expect(withPassword).toMatchObject({
      ended: 'not-started',
      because: expect.stringMatching(/name or a password/),
    });
    const withHeader = await run(post({ headers: { 'X-Token': 'pa55\nword' } }), { key: '2' });
    expect(withHeader.because).toBe(
      'no request can be made of it: the header X-Token has a value that none can hold',
    );
    expect(JSON.stringify([withPassword, withHeader])).not.toContain('pa55');
  });
});
