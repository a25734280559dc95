import { expect, it } from 'vitest';
import { postOf } from '../../../src/cli/vrrp/post.ts';
import { type Mail, mailFor } from '../../../src/protocols/keepalived/index.ts';
import { anSmtpListener } from './smtp-listener.ts';

it('sends the mail of a state as keepalived does, to all that the configuration names', async () => {
  const { heard, port } = await anSmtpListener();
  const plan = {
    routerId: 'r1',
    from: 'ka@example',
    to: ['a@example', 'b@example'],
    server: null,
    faults: true,
  };
  const mail = mailFor('2.x', plan, {
    kind: 'INSTANCE',
    name: 'V\r\nRCPT TO:<evil>',
    state: 'FAULT',
    priority: 7,
  });
  const post = postOf(`127.0.0.1 ${port}`);
  await post.send(mail as Mail);
  post.close();
  expect(heard).toContain('MAIL FROM:<ka@example>');
  expect(heard.slice(0, heard.indexOf('DATA')).filter((line) => line.startsWith('RCPT'))).toEqual([
    'RCPT TO:<a@example>',
    'RCPT TO:<b@example>',
  ]);
  expect(heard.find((line) => line.startsWith('Subject:'))).toMatch(/^Subject: \[r1\] VRRP Instance V/);
});

it('is not sent for a FAULT that nobody wants mails of, nor by 1.2 for any but MASTER and BACKUP', () => {
  const plan = { routerId: 'r1', from: '', to: ['a'], server: null, faults: false };
  const told = { kind: 'INSTANCE', name: 'V', state: 'FAULT', priority: 7 } as const;
  expect(mailFor('2.x', plan, told)).toBeNull();
  expect(mailFor('1.2', { ...plan, faults: true }, told)).toBeNull();
  expect(mailFor('1.2', plan, { ...told, state: 'MASTER' })?.subject).toBe(
    '[r1] VRRP Instance V - Entering MASTER state',
  );
});
