import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BatonError } from '../kernel/errors.ts';
import { allSettled } from './all-settled.ts';
import { writeBatonConfig } from './baton-config.ts';
import { cacheDirectory } from './cache.ts';
import { freePorts } from './free-ports.ts';
import { findServerPackage } from './packages.ts';
import { Sandbox } from './sandbox.ts';
import { lifeOfMember, placeOf } from './server.ts';
import { type Flavour, flavourNames, type Tell } from './server-package.ts';
import { readState, type SandboxState, writeState } from './state.ts';
import { copyTemplate, templateFor } from './template.ts';
import { inTurn } from './turn.ts';

export interface SandboxWish {
  /** Empty, or not there yet. */
  readonly directory: string;
  readonly servers: number;
  /** Each replicates from the one before it; else all from the first. */
  readonly chain: boolean;
  readonly flavour: Flavour;
  /** Take the server of this Debian suite (`trixie`), whatever is installed here. */
  readonly suite?: string;
  readonly semiSync: boolean;
  /** More arguments for each server, as `--require-secure-transport=ON`. */
  readonly serverArguments?: readonly string[];
  readonly tell: Tell;
  readonly signal: AbortSignal;
}

/**
 * Starts private servers in a directory of their own and resolves when they replicate. What fails or is
 * aborted on the way is taken down again.
 */
export async function startSandbox(wish: SandboxWish): Promise<Sandbox> {
  const directory = resolve(wish.directory);
  if (!existsSync('/proc/self/cmdline')) {
    throw new BatonError(
      'sandbox',
      'The sandbox tells its servers from others by /proc, which only Linux has.',
    );
  }
  return inTurn(directory, wish.signal, async () => {
    await makeRoom(directory);
    return start(directory, wish);
  });
}

async function start(directory: string, wish: SandboxWish): Promise<Sandbox> {
  const { servers, chain, flavour, semiSync, serverArguments = [], tell, signal } = wish;
  const cache = cacheDirectory(process.env);
  const found = await findServerPackage(wish, { cacheDirectory: cache, tell, signal });
  const template = await templateFor(found, { cacheDirectory: cache, tell, signal });
  const ports = await freePorts(servers);
  const members = ports.map((port) => ({ port, directory: join(directory, String(port)), pid: null }));
  const { credentials } = template;
  const state: SandboxState = {
    format: 1,
    found,
    chain,
    semiSync,
    serverArguments: [...serverArguments],
    credentials,
    members,
  };
  tell(`Starting ${servers} servers of ${flavourNames[flavour]} ${found.version} in ${directory}.`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  writeState(directory, state);
  const sandbox = new Sandbox(directory, state);
  try {
    for (const member of members) await mkdir(member.directory, { mode: 0o700 });
    await allSettled(members.map((member) => copyTemplate(template, placeOf(member).dataDirectory)));
    await writeBatonConfig(directory, state);
    await sandbox.startAll(signal);
    return sandbox;
  } catch (error) {
    await sandbox.down();
    throw error;
  }
}

/** The longest path that the kernel takes for a socket: sockaddr_un of unix(7). */
const longestSocketPath = 107;

/** Sees that the directory may become a sandbox: one of which nothing runs any more is cleared away. */
async function makeRoom(directory: string): Promise<void> {
  if (
    Buffer.byteLength(placeOf({ port: 65_535, directory: join(directory, '65535') }).socket) >
    longestSocketPath
  ) {
    throw new BatonError(
      'usage',
      `${directory} is too long a path for a server's socket; choose a shorter one.`,
    );
  }
  const earlier = readState(directory);
  if (earlier?.members.some((member) => lifeOfMember(member) !== 'dead')) {
    const { length } = earlier.members;
    throw new BatonError('sandbox', `A sandbox of ${length} servers is already up in ${directory}.`);
  }
  if (earlier !== null) await new Sandbox(directory, earlier).down();
  const names = existsSync(directory) ? await readdir(directory) : [];
  if (names.length === 0) return;
  throw new BatonError(
    'usage',
    `${directory} is not empty and holds no sandbox. A sandbox wants a directory of its own, for down removes it.`,
  );
}
