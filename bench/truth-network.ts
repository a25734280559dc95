import { execFileSync } from 'node:child_process';

/** The groups that the controller and the application run in, by which the network tells them from the servers. */
export const controllerGroup = 4_242;
export const applicationGroup = 4_243;
const serversGroup = 0;

/** Sockets that are made, and processes that are started, until this has ended belong to a group. */
export async function asGroup<T>(group: number, work: () => Promise<T> | T): Promise<T> {
  process.setegid?.(group);
  try {
    return await work();
  } finally {
    process.setegid?.(serversGroup);
  }
}

/** Nothing comes through to a port from anybody: without a word. */
export function silence(port: number): () => void {
  return rule(`input { type filter hook input priority 0; tcp dport ${port} drop; tcp sport ${port} drop; }`);
}

/** Nothing comes through from the controller to a port: without a word, or each attempt is refused. */
export function cutController(port: number, how: 'drop' | 'reject with tcp reset'): () => void {
  return rule(
    `output { type filter hook output priority 0; meta skgid ${controllerGroup} tcp dport ${port} ${how}; }`,
  );
}

/** Nothing comes through from the servers to a port. */
export function cutServers(port: number): () => void {
  return rule(
    `output { type filter hook output priority 0; meta skgid ${serversGroup} tcp dport ${port} drop; }`,
  );
}

/** Adds one chain; the answer takes it away again. */
function rule(chain: string): () => void {
  execFileSync('nft', ['-f', '-'], { input: `table inet truth { chain ${chain}\n}\n` });
  return () => void execFileSync('nft', ['delete', 'table', 'inet', 'truth']);
}
