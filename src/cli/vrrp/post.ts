import { createTransport } from 'nodemailer';
import type { Mail } from '../../protocols/keepalived/index.ts';

/** Where mails go; keepalived's own port is 25. */
export interface Post {
  send(mail: Mail): Promise<void>;
  close(): void;
}

const timeoutMs = 30_000;

/** The smtp_server of a configuration, as `host` or `host port`. Throws what it answers to a mail that it does not take. */
export function postOf(server: string): Post {
  const [host = '', port = '25'] = server.split(/\s+/);
  const transport = createTransport({
    host,
    port: Number(port),
    secure: false,
    // keepalived speaks no TLS, and asks for no certificate that nobody has made.
    ignoreTLS: true,
    connectionTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    async send({ from, to, subject, body }) {
      await transport.sendMail({ from, to: [...to], subject, text: body });
    },
    close: () => transport.close(),
  };
}
