import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { FrameReader, frameOf } from '../../src/protocols/pacemaker/remote-frame.ts';
import { type Remote, remoteMessages } from '../../src/signals/pacemaker/remote-cib.ts';
import { messageText } from '../protocols/pacemaker/recorded.ts';
import { Certificates } from './certificates.ts';

/** As a node sends it: without the remark of whoever recorded it. */
const told = messageText('00200', 'v2').replace(/^<!--.*?-->\s*/, '');
const cib = '<cib-reply><cib_calldata><cib><status/></cib></cib_calldata></cib-reply>';

/** Speaks the remote protocol of Pacemaker 3, which wants a certificate, and sends `last` when it was asked to tell. */
async function aNode(certificates: Certificates, last: (socket: TLSSocket) => void) {
  const read = (name: string) => readFileSync(certificates.path(name));
  const asked: string[] = [];
  const server = createServer(
    {
      key: read('server.key'),
      cert: read('server.pem'),
      ca: read('ca.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (socket) => {
      const reader = new FrameReader();
      const send = (xml: string) => {
        const { header, payload } = frameOf(xml, 1);
        socket.write(header);
        socket.write(payload);
      };
      socket.on('error', () => {});
      socket.on('data', (piece: Buffer) => {
        for (const text of reader.write(piece)) {
          asked.push(text);
          if (text.includes('op="authenticate"')) send('<cib_result cib_op="register" cib_clientid="1"/>');
          else if (text.includes('cib_query')) send(cib);
          else {
            send(told);
            last(socket);
          }
        }
      });
    },
  );
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { asked, port: (server.address() as AddressInfo).port };
}

/** What is heard until the connection ends, and how it ended. */
async function heardBy(remote: Remote) {
  const heard: string[] = [];
  const how = { signal: new AbortController().signal, begun: () => {} };
  try {
    for await (const text of remoteMessages(remote, 'secret', how)) heard.push(text);
    return { heard, because: null };
  } catch (error) {
    return { heard, because: String(error) };
  }
}

it('a CIB of Pacemaker 3 is followed by certificates, from nobody but who has them, and what is no frame ends it with a reason', async () => {
  const certificates = await Certificates.make();
  const path = (name: string) => certificates.path(name);
  const oversized = frameOf('', 4).header;
  const view = new DataView(oversized.buffer);
  view.setUint32(24, 100_000_040, true);
  view.setUint32(36, 100_000_000, true);
  const [node, liar] = await Promise.all([
    aNode(certificates, (socket) => socket.end(frameOf('<notify/>', 3).header)),
    aNode(certificates, (socket) => void socket.write(oversized)),
  ]);
  const remote: Remote = {
    Host: '127.0.0.1',
    Port: node.port,
    User: 'hacluster',
    Encryption: 'tls',
    CAFile: path('ca.pem'),
    CertFile: path('client.pem'),
    KeyFile: path('client.key'),
  };
  const [followed, oversize, stranger, impostor] = await Promise.all([
    heardBy(remote),
    heardBy({ ...remote, Port: liar.port }),
    heardBy({ ...remote, CertFile: '', KeyFile: '' }),
    heardBy({ ...remote, CAFile: path('other-ca.pem') }),
  ]);
  expect(followed.heard).toEqual([cib, told]);
  expect(followed.because).toContain('it has ended the connection');
  expect(oversize.because).toContain('it is longer than 16777216 bytes');
  expect(stranger).toMatchObject({ heard: [], because: expect.stringContaining('cannot be followed') });
  expect(impostor).toMatchObject({ heard: [], because: expect.stringContaining('cannot be followed') });
  expect(node.asked).toHaveLength(3);
});
