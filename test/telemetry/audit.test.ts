import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { auditLine, auditOf } from '../../src/telemetry/audit.ts';

const audited = {
  type: 'begin-downtime',
  instance: { host: 'db1', port: 3306 },
  cluster: 'shop',
  message: 'ann from 192.0.2.1 (a new disk): done',
};
const at = new Date(2026, 10, 2, 3, 4, 5).getTime();
const line =
  '2026-11-02 03:04:05\tbegin-downtime\tdb1\t3306\t[shop]\tann from 192.0.2.1 (a new disk): done\t';

it('writes lines as orchestrator did, for its group to read and no others, and one in the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const AuditLogFile = join(folder, 'audit.log');
  const told: string[] = [];
  const teller = { tell: (sentence: string) => void told.push(sentence), warn: () => {} };
  const audit = auditOf({ AuditLogFile, AuditToSyslog: false }, { teller, now: () => at });
  audit.write(audited);
  audit.write(audited);
  await audit.settled();
  expect(readFileSync(AuditLogFile, 'utf8')).toBe(`${line}\n${line}\n`);
  expect(statSync(AuditLogFile).mode & 0o037).toBe(0);
  expect(told[0]).toBe('begin-downtime: ann from 192.0.2.1 (a new disk): done');
});

it('says where the audit cannot be written, and goes on', async () => {
  const warned: string[] = [];
  const teller = { tell: () => {}, warn: (sentence: string) => void warned.push(sentence) };
  const audit = auditOf(
    { AuditLogFile: '/nowhere/audit.log', AuditToSyslog: false },
    { teller, now: () => at },
  );
  audit.write(audited);
  await audit.settled();
  expect(warned).toEqual([expect.stringContaining('the audit cannot be written to /nowhere/audit.log')]);
});

it('lets no words of a stranger begin another line or field', () => {
  const message = 'ann: x\n2026-01-01 00:00:00\tforged';
  expect(auditLine({ ...audited, message }, at).split('\n')).toHaveLength(1);
  expect(auditLine({ ...audited, message }, at).split('\t')).toHaveLength(7);
});
