import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to some servers that can be closed: what is said on either side is then held back until it is open again, as in a network that drops. */
export class Strait {
  readonly endpoints: readonly string[];
  readonly #servers: readonly Server[];
  readonly #sockets: Set<Socket>;
  #isOpen = true;

  private constructor(servers: readonly Server[], sockets: Set<Socket>) {
    this.#servers = servers;
    this.#sockets = sockets;
    this.endpoints = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** One way to each of these, `http://host:port`. */
  static async to(endpoints: readonly string[]): Promise<Strait> {
    const sockets = new Set<Socket>();
    let strait: Strait | null = null;
    const servers = endpoints.map((endpoint) => {
      const { hostname, port } = new URL(endpoint);
      return createServer((near) => {
        const far = connect({ host: hostname, port: Number(port) });
        joined(near, far, sockets);
        if (strait !== null && !strait.#isOpen) for (const one of [near, far]) one.pause();
      });
    });
    await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    strait = new Strait(servers, sockets);
    return strait;
  }

  close(): void {
    this.#isOpen = false;
    for (const socket of this.#sockets) socket.pause();
  }

  open(): void {
    this.#isOpen = true;
    for (const socket of this.#sockets) socket.resume();
  }

  end(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function joined(near: Socket, far: Socket, sockets: Set<Socket>): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(one);
    one.on('data', (bytes) => void other.write(bytes));
    one.on('error', () => {});
    one.on('close', () => {
      sockets.delete(one);
      other.destroy();
    });
  }
}
