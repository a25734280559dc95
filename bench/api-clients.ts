import { connect, type Socket } from 'node:net';

/** What so many clients saw who asked for one thing again and again. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of one answer. */
  readonly bytes: number;
}

interface Asking {
  readonly clients: number;
  readonly seconds: number;
  /** How often each asks, as a balancer does; a question that has to wait for the one before counts from when it was due. 0: each asks as soon as it is answered. */
  readonly everyMs: number;
}

/**
 * Asks over connections that stay. The clients do no more than find the end of each answer, for what they do takes
 * of the same machine: a whole HTTP client in their place would measure itself.
 */
export async function loaded(url: URL, { clients, seconds, everyMs }: Asking): Promise<Load> {
  const took: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1_000;
  const sizes = await Promise.all(
    Array.from({ length: clients }, (_, at) =>
      oneClient(url, { first: began + (at * everyMs) / clients, everyMs, until, took }),
    ),
  );
  const sorted = took.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: sorted.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), bytes: Math.max(...sizes) };
}

interface Turns {
  /** When the first question is due; this and `until` as `performance.now` counts. */
  readonly first: number;
  readonly everyMs: number;
  readonly until: number;
  readonly took: number[];
}

/** Resolves, with the size of an answer, when the time is over and the last question is answered. */
function oneClient(
  { hostname, port, pathname }: URL,
  { first, everyMs, until, took }: Turns,
): Promise<number> {
  const question = `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let due = first;
    let [head, missing, bytes] = ['', 0, 0];
    const ask = () => {
      [head, missing] = ['', 0];
      socket.write(question);
    };
    const askWhenDue = () => {
      const now = performance.now();
      if (everyMs === 0) due = now;
      if (due <= now) ask();
      else setTimeout(ask, Math.ceil(due - now));
    };
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true }, askWhenDue);
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
      took.push(performance.now() - due);
      due += everyMs;
      if (Math.max(due, performance.now()) < until) return askWhenDue();
      socket.end();
      resolve(bytes);
    });
  });
}
