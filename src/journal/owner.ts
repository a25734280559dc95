import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Who holds a state file, for the sentence that a second one is told. The lock itself is the kernel's. */
const Owner = z.object({ pid: z.number(), host: z.string(), since: z.string() });

const ownerFile = (file: string) => `${file}.owner`;

export function writeOwner(file: string): void {
  const owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  writeFileSync(ownerFile(file), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
}

export function removeOwner(file: string): void {
  rmSync(ownerFile(file), { force: true });
}

/** `process 4711 on db-admin, since 2026-11-22T00:31:00.000Z`, as far as it is known. */
export function spokenOwner(file: string): string {
  try {
    const { pid, host, since } = Owner.parse(JSON.parse(readFileSync(ownerFile(file), 'utf8')));
    return `process ${pid} on ${host}, since ${since}`;
  } catch {
    return 'another process';
  }
}
