import { connect, type Socket } from 'node:net';

/** What so many clients saw who asked for one thing again and again, each as soon as it was answered. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of one answer. */
  readonly bytes: number;
}

/**
 * Asks over connections that stay. The clients do no more than find the end of each answer, for what they do takes
 * of the same machine: a whole HTTP client in their place would measure itself.
 */
export async function loaded(
  url: URL,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<Load> {
  const took: number[] = [];
  const until = performance.now() + seconds * 1_000;
  const sizes = await Promise.all(Array.from({ length: clients }, () => oneClient(url, until, took)));
  const sorted = took.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: sorted.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), bytes: Math.max(...sizes) };
}

/** Resolves, with the size of an answer, when the time is over and the last question is answered. */
function oneClient({ hostname, port, pathname }: URL, until: number, took: number[]): Promise<number> {
  const question = `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let began = 0;
    let [head, missing, bytes] = ['', 0, 0];
    const ask = () => {
      began = performance.now();
      [head, missing] = ['', 0];
      socket.write(question);
    };
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true }, ask);
    socket.on('error', reject);
    socket.on('data', (part) => {
      if (missing === 0) {
        head += part.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [, length] = /content-length: (\d+)/i.exec(head) ?? [];
        if (length === undefined || !head.startsWith('HTTP/1.1 200'))
          return void socket.destroy(new Error(`${pathname} answers ${head.slice(0, end)}`));
        bytes = Number(length);
        missing = end + 4 + bytes - head.length;
      } else missing -= part.length;
      if (missing > 0) return;
      took.push(performance.now() - began);
      if (performance.now() < until) return ask();
      socket.end();
      resolve(bytes);
    });
  });
}
