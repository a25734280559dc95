import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that takes every mail, and what it heard. */
export async function anSmtpListener() {
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
