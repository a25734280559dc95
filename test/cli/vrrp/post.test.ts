import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { postOf } from '../../../src/cli/vrrp/post.ts';
import { type Mail, mailFor } from '../../../src/protocols/keepalived/index.ts';

/** A server that takes every mail, and what it heard. */
async function aServer() {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.write('220 here\r\n');
    socket.on('data', (data) => {
      for (const line of String(data).split('\r\n').slice(0, -1)) {
        heard.push(line);
        if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 ok\r\n');
        else if (line === 'DATA') socket.write('354 go on\r\n');
        else if (line === '.') socket.write('250 taken\r\n');
        else if (line === 'QUIT') socket.end('221 bye\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { heard, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

it('sends the mail of a state as keepalived does, to all that the configuration names', async () => {
  const { heard, port } = await aServer();
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
