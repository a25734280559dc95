import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Credentials } from './accounts.ts';
import { ServerPackage } from './server-package.ts';

export const StateMember = z.object({
  port: z.number(),
  /** Holds the server's data, socket, pid file and log. */
  directory: z.string(),
  /** Null from before its first start until its pid was learned. */
  pid: z.number().nullable(),
});
export type StateMember = z.infer<typeof StateMember>;

/** All that a sandbox remembers of itself, in `sandbox.json`: written before anything is started. */
export const SandboxState = z.object({
  format: z.literal(1),
  found: ServerPackage,
  chain: z.boolean(),
  semiSync: z.boolean(),
  /** More arguments that each server is started with. */
  serverArguments: z.array(z.string()).optional(),
  credentials: Credentials,
  /** The first is the primary. */
  members: z.array(StateMember).min(1),
});
export type SandboxState = z.infer<typeof SandboxState>;

/** Null where the directory has no sandbox. */
export function readState(directory: string): SandboxState | null {
  let text: string;
  try {
    text = readFileSync(stateFile(directory), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return SandboxState.parse(JSON.parse(text));
}

/** Whole or not at all: a reader never sees half of it. */
export function writeState(directory: string, state: SandboxState): void {
  const aside = `${stateFile(directory)}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(aside, stateFile(directory));
}

function stateFile(directory: string): string {
  return join(directory, 'sandbox.json');
}
