import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { anSmtpListener } from '../cli/vrrp/smtp-listener.ts';

const patient = { timeout: 20_000, interval: 20 };
const bin = new URL(builtTwin(new URL('../../src/bin.ts', import.meta.url).href)).pathname;

it('instances of our own run real scripts: tracked ones decide, the others are called in order, as their users, and are on record, and mails are sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  chmodSync(folder, 0o755);
  const smtp = await anSmtpListener();
  const isRoot = process.getuid?.() === 0;
  const log = join(folder, 'log');
  // Slower than what comes after it, which must wait all the same.
  const slow = script('slow', `sleep 0.2; echo "slow $*" >> ${log}`);
  const quick = script('quick', `printf '%s|' "$@" >> ${log}; echo >> ${log}`);
  const check = script('check', `test -e ${join(folder, 'good')}`);
  const who = script('who', 'id -un; id -G');
  const role = join(folder, 'role');
  writeFileSync(role, '0');
  writeFileSync(join(folder, 'good'), '');
  const conf = (priority: number, more = '') => `global_defs {
router_id r1
smtp_server 127.0.0.1 ${smtp.port}
notification_email_from ka@example
notification_email {
ann@example
}
}
vrrp_script chk {
script ${check}
interval 1
}
track_file role {
file ${role}
weight 0
}
vrrp_instance "V 1" {
version 3
advert_int 0.1
interface nowhere0
virtual_router_id 7
priority ${priority}
${more}
}
`;
  const tracked = `smtp_alert\ntrack_script {\nchk\n}\ntrack_file {\nrole\n}\nnotify_master "${slow} m 'x y'"\nnotify_fault ${quick}\nnotify ${quick}`;
  writeFileSync(join(folder, 'a.conf'), conf(150, tracked));
  writeFileSync(join(folder, 'b.conf'), conf(100, `notify ${who} ${isRoot ? 'nobody' : ''}`));
  const ledger = join(folder, 'ledger');
  const words = [
    '--conf',
    `A=${join(folder, 'a.conf')}`,
    '--conf',
    `B=${join(folder, 'b.conf')}`,
    '--ledger',
    ledger,
  ];
  const child = spawn(process.execPath, [bin, 'vrrp', 'run', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += String(text);
  });
  const states = () =>
    said
      .trim()
      .split('\n')
      .flatMap((line) => {
        const { node, state } = JSON.parse(line || '{}') as { node?: string; state?: string };
        return state === undefined ? [] : [`${node} ${state}`];
      });
  await expect.poll(states, patient).toContain('A MASTER');
  rmSync(join(folder, 'good'));
  await expect.poll(states, patient).toContain('A FAULT');
  writeFileSync(join(folder, 'good'), '');
  await expect.poll(() => states().filter((one) => one === 'A MASTER').length, patient).toBe(2);
  writeFileSync(role, '1');
  await expect.poll(() => states().filter((one) => one === 'A FAULT').length, patient).toBe(2);
  child.kill('SIGTERM');
  await expect.poll(() => child.exitCode, patient).not.toBeNull();
  expect(states().filter((one) => one.startsWith('A'))).toEqual(
    ['BACKUP', 'MASTER', 'FAULT', 'BACKUP', 'MASTER', 'FAULT', 'STOP'].map((state) => `A ${state}`),
  );
  const four = (state: string) => `INSTANCE|V 1|${state}|150|`;
  expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual([
    four('BACKUP'),
    'slow m x y',
    four('MASTER'),
    '|',
    four('FAULT'),
    four('BACKUP'),
    'slow m x y',
    four('MASTER'),
    '|',
    four('FAULT'),
    four('STOP'),
  ]);
  const subjects = smtp.heard.flatMap(
    (line) => /^Subject: \[r1\] VRRP Instance V 1 - (.*)$/.exec(line)?.[1] ?? [],
  );
  expect(subjects.toSorted()).toEqual(
    ['BACKUP', 'BACKUP', 'FAULT', 'FAULT', 'MASTER', 'MASTER']
      .map((state) => `Entering ${state} state`)
      .concat('Stopping'),
  );
  const outputs = readFileSync(ledger, 'utf8').match(/"output":"nobody\\n65534\\n/g) ?? [];
  expect(outputs.length > 0).toBe(isRoot);
  // Routers wait for themselves only.
  const lines = readFileSync(ledger, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line.includes('"node":"A"'));
  expect(lines.map((line) => Object.keys(JSON.parse(line) as object).includes('begins'))).toEqual(
    lines.map((_, at) => at % 2 === 0),
  );
});

it('where a script is to run as a user that cannot be had none is run, and it is said why', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.conf');
  const refused = (text: string) => {
    writeFileSync(file, text);
    return spawnSync(process.execPath, [bin, 'vrrp', 'run', '--conf', `A=${file}`], { encoding: 'utf8' });
  };
  const instance = (more: string) =>
    `vrrp_instance V {\ninterface nowhere0\nvirtual_router_id 7\n${more}\n}\n`;
  const named = refused(instance('notify "/bin/true" somebody'));
  expect(named.status).not.toBe(0);
  expect(named.stderr).toContain('/bin/true (line 4) is to run as somebody, and no user is called so');
  const global = refused(`global_defs {\nscript_user somebody\n}\n${instance('notify_fault /bin/true')}`);
  expect(global.stderr).toContain('/bin/true (line 7) is to run as somebody');
});
