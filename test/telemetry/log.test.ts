import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { createTeller } from '../../src/telemetry/log.ts';

const uid = `1763769600123000000:${'5afe'.repeat(16)}`;

function teller(changes: Partial<Parameters<typeof createTeller>[0]> = {}) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  return { log: createTeller({ pretty: false, level: 'info', secrets: [], write, ...changes }), lines };
}

describe('the log as JSON', () => {
  it('is one object a line, with the sentence, the level, the time and the fields', () => {
    const { log, lines } = teller();
    log.tell('Recovery of shop begins.', {
      recovery: uid,
      cluster: 'shop',
      instance: 'db1:3306',
      step: 'confirm',
    });
    log.warn('db2:3306 does not answer.', { tookMs: 1_000 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        msg: 'Recovery of shop begins.',
        recovery: uid,
        cluster: 'shop',
        instance: 'db1:3306',
        step: 'confirm',
      },
      { level: 'warn', time: expect.any(String), msg: 'db2:3306 does not answer.', tookMs: 1_000 },
    ]);
  });

  it('says no more than its level asks for', () => {
    const { log, lines } = teller({ level: 'warn' });
    log.tell('Nothing much.', {});
    log.warn('Something.', {});
    expect(lines).toHaveLength(1);
  });

  it('bears a field that bites its own tail, and errors, and dates', () => {
    const { log, lines } = teller();
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    log.tell('Odd.', { loop, error: new Error('went\nwrong'), due: new Date(0) });
    expect(JSON.parse(lines.join(''))).toMatchObject({
      msg: 'Odd.',
      error: 'went\nwrong',
      due: '1970-01-01T00:00:00.000Z',
    });
  });

  it('goes to standard error and leaves standard output alone', async () => {
    const log = new URL('../../dist/src/telemetry/log.js', import.meta.url).href;
    const program = `import { createTeller } from '${log}';
      createTeller({ pretty: false, level: 'info', secrets: [] }).tell('Hello.', {});
      process.kill(process.pid, 'SIGKILL');`;
    const ran = await runProgram(process.execPath, ['--input-type=module', '-e', program], {
      timeoutMs: 15_000,
    });
    expect(ran.stdout).toBe('');
    expect(JSON.parse(ran.stderr).msg).toBe('Hello.');
  });
});

describe('the log for a person', () => {
  it('is the time, the sentence and where it happened', () => {
    const { log, lines } = teller({ pretty: true });
    log.tell('Ask every server again.', {
      recovery: uid,
      cluster: 'shop',
      step: 'confirm',
      findings: [1, 2],
    });
    expect(lines.join('')).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3}: Ask every server again\. \(recovery=5afe5afe, cluster=shop, step=confirm\)\n$/,
    );
  });

  it('marks a warning', () => {
    const { log, lines } = teller({ pretty: true });
    log.warn('db2:3306 does not answer.', {});
    expect(lines.join('')).toMatch(/WARNING db2:3306 does not answer\.\n$/);
  });
});

describe.each([{ pretty: false }, { pretty: true }])('every line (pretty: $pretty)', ({ pretty }) => {
  it('is one line, whatever a server or a hook has said, and moves no cursor', () => {
    const { log, lines } = teller({ pretty });
    log.tell('The hook said:\r\n  one\ntwo\u2028three \u001b[2Jfour', {
      instance: 'db1\n:3306',
      note: 'a\nb',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(lines[0]).toContain('The hook said: one two three �[2Jfour');
  });

  const secret = `pa'ss "wörd" \\ &`;
  it.each([
    ['as it is', secret],
    ['in a script', `mysql -p'${secret.replaceAll("'", `'\\''`)}' -e status`],
    ['in JSON', JSON.stringify({ password: secret })],
    ['in a URL', `mysql://orc:${encodeURIComponent(secret)}@db1`],
  ])('tells no secret %s', (_, text) => {
    const { log, lines } = teller({ pretty, secrets: ['', secret] });
    log.tell(`Running ${text}.`, { step: text, instance: 'db1:3306' });
    log.warn('Failed.', {
      step: 's',
      deep: [{ command: text }],
      [text]: 1,
      cause: new Error(text),
      cluster: text,
    });
    for (const form of [secret, `pa'`, 'wörd', 'w%C3%B6rd']) expect(lines.join('')).not.toContain(form);
    expect(lines.join('')).toContain('[secret]');
    expect(lines).toHaveLength(2);
  });

  it('hides the whole of a secret that begins with another', () => {
    const { log, lines } = teller({ pretty, secrets: ['', 'orc', 'orchestrator'] });
    log.tell('The password is orchestrator.', {});
    expect(lines.join('')).toContain('The password is [secret].');
  });
});
