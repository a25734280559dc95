import { readFile } from 'node:fs/promises';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Pacemaker } from '../../config/keys/signals.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { whenAborted } from '../../kernel/when-aborted.ts';
import { isCibAnswer } from '../../protocols/pacemaker/cib-answer.ts';
import { FrameReader, frameOf } from '../../protocols/pacemaker/remote-frame.ts';

export type Remote = NonNullable<Pacemaker['Remote']>;

/** How long connecting and signing in may take, and how soon a peer that is gone is noticed. */
const withinMs = 10_000;
const keepAliveMs = 10_000;
/** Before Pacemaker 3.0 its TLS is anonymous Diffie-Hellman, which nobody offers by default. */
const anonymous = {
  ciphers: 'ADH-AES256-GCM-SHA384:ADH-AES128-GCM-SHA256:ADH-AES256-SHA:@SECLEVEL=0',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  rejectUnauthorized: false,
  // There is no certificate whose name could be looked at.
  checkServerIdentity: () => undefined,
} as const;

/**
 * The CIB of a cluster as it is (cib-answer.ts), and then every notification of it, as the node's remote port tells them (remote-tls-port,
 * remote-clear-port). It only listens: nothing is asked but the CIB, once, and to be told. Frames are sent whole and one at a time, for a frame that is half there holds up the cluster's CIB, and
 * what comes behind another at once is thrown away. `begun` is called when it is told from now on. Throws BatonError
 * `cluster-unreachable` when the connection ends, and `message-unreadable`; ends quietly with the signal.
 */
export async function* remoteMessages(
  remote: Remote,
  password: string,
  { signal, begun }: { readonly signal: AbortSignal; readonly begun: () => void },
): AsyncGenerator<string> {
  const socket = await connected(remote, signal);
  const rise = whenAborted(signal, () => socket.destroy());
  try {
    const texts = textsOf(socket);
    socket.setTimeout(withinMs, () => socket.destroy(new Error('it did not answer in time')));
    await send(
      socket,
      `<cib_command op="authenticate" user="${quoted(remote.User)}" password="${quoted(password)}" hidden="password"/>`,
      1,
    );
    const { value: answer } = await texts.next();
    if (typeof answer !== 'string' || !/^<cib_result [^>]*cib_clientid=/.test(answer))
      throw new Error(`it does not let ${remote.User} in`);
    await send(socket, '<cib_command t="cib" cib_op="cib_query" cib_callid="1" cib_callopt="4096"/>', 2);
    const { value: cib } = await texts.next();
    if (typeof cib !== 'string' || !isCibAnswer(cib)) throw new Error('it does not tell its CIB');
    await send(
      socket,
      '<cib_command op="cib_notify" cib_op="cib_notify" cib_notify_type="cib_diff_notify" cib_notify_activate="1"/>',
      3,
    );
    socket.setTimeout(0);
    socket.setKeepAlive(true, keepAliveMs);
    begun();
    yield cib;
    for await (const text of texts) if (text.startsWith('<notify')) yield text;
    throw new Error('it has ended the connection');
  } catch (error) {
    if (signal.aborted) return;
    throw unreachable(remote, error);
  } finally {
    rise();
    socket.destroy();
  }
}

async function connected(remote: Remote, signal: AbortSignal): Promise<Socket> {
  const { Host: host, Port: port, Encryption } = remote;
  const files = Encryption === 'tls' ? await certificatesOf(remote) : {};
  return new Promise((resolve, reject) => {
    const socket =
      Encryption === 'none'
        ? connectPlain({ host, port })
        : connectTls({ host, port, ...(Encryption === 'tls' ? files : anonymous) });
    const fail = (error: unknown) => {
      socket.destroy();
      reject(unreachable(remote, error));
    };
    const rise = whenAborted(signal, () => fail(signal.reason));
    socket.setTimeout(withinMs, () => fail(new Error('it did not answer in time')));
    socket.once('error', fail);
    socket.once(Encryption === 'none' ? 'connect' : 'secureConnect', () => {
      rise();
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

async function certificatesOf({ CAFile, CertFile, KeyFile }: Remote) {
  const read = async (name: string, file: string) => (file === '' ? {} : { [name]: await readFile(file) });
  return {
    ...(await read('ca', CAFile)),
    ...(await read('cert', CertFile)),
    ...(await read('key', KeyFile)),
  };
}

async function* textsOf(socket: Socket): AsyncGenerator<string> {
  const reader = new FrameReader();
  for await (const piece of socket) yield* reader.write(piece as Buffer);
}

/** One write after the other, so that each is a record of its own. */
async function send(socket: Socket, xml: string, id: number): Promise<void> {
  const { header, payload } = frameOf(xml, id);
  for (const part of [header, payload])
    await new Promise<void>((resolve, reject) => {
      socket.write(part, (error) => (error ? reject(error) : resolve()));
    });
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };

function quoted(text: string): string {
  return text.replaceAll(/[&<"]/g, (character) => entities[character] ?? '');
}

function unreachable({ Host, Port }: Remote, cause: unknown): BatonError {
  if (cause instanceof BatonError) return cause;
  return new BatonError(
    'cluster-unreachable',
    `The CIB at ${Host}:${Port} cannot be followed: ${messageOf(cause)}.`,
    {
      cause,
    },
  );
}
