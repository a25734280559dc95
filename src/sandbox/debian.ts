import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import { type Flavour, flavourNames, type ServerPackage, type Tell } from './server-package.ts';
import { findUnpacked } from './unpacked.ts';

/** What to ask apt for; `suite` is null where this machine's own suites have it. */
interface Wanted {
  readonly packages: readonly string[];
  readonly suite: string | null;
}

/** Debian's stable suites have no MySQL. */
const wanted: Record<Flavour, Wanted> = {
  mariadb: { packages: ['mariadb-server-core', 'mariadb-client-core'], suite: null },
  mysql: { packages: ['mysql-server-core', 'mysql-client-core'], suite: 'sid' },
};

const sizes: Record<Flavour, string> = { mariadb: '17 MB', mysql: '66 MB' };

/** Servers and clients run without them, and they are a third of what MySQL would take. */
const notNeeded = /^(perl|libperl)/;

/**
 * Fetches a server with every library that it needs and unpacks it in `home`: with its own C library it
 * runs whatever this machine has.
 */
export async function fetchFromDebian(options: {
  flavour: Flavour;
  /** The one to take it from; else the usual one. */
  suite?: string | undefined;
  home: string;
  tell: Tell;
  signal: AbortSignal;
}): Promise<ServerPackage> {
  const { flavour, home, tell, signal } = options;
  const { packages, suite: usual } = wanted[flavour];
  const suite = options.suite ?? usual;
  tell(
    `Fetching ${flavourNames[flavour]} with apt, about ${sizes[flavour]}, into ${home}; nothing is installed.`,
  );
  const isWhole = async (root: string) => (await findUnpacked(flavour, root, signal)) !== null;
  await fetchPackages({ packages, suite }, { home, isWhole, signal });
  const found = await findUnpacked(flavour, home, signal);
  if (found === null) throw new Error(`the server in ${home} does not run`);
  return found;
}

/**
 * Fetches packages with all that they depend on and unpacks them in `home`, through apt with lists,
 * cache and package state of its own: apt believes that nothing is installed, touches nothing of the
 * system, and needs no root. What is fetched lies aside until it is whole.
 */
export async function fetchPackages(
  wanted: Wanted,
  options: { home: string; isWhole: (root: string) => Promise<boolean>; signal: AbortSignal },
): Promise<void> {
  const { home, isWhole, signal } = options;
  await mkdir(dirname(home), { recursive: true, mode: 0o700 });
  const work = await mkdtemp(`${home}.unfinished-`);
  try {
    const root = join(work, 'root');
    for (const archive of await download(wanted, work, signal)) {
      await run('dpkg-deb', ['-x', archive, root], { signal });
    }
    if (!(await isWhole(root))) throw new Error('what was fetched does not run on this machine');
    await rm(home, { recursive: true, force: true });
    await rename(root, home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The archives of the packages and of all that they depend on. */
async function download(
  { packages, suite }: Wanted,
  work: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const configuration = await makeAptHome(work);
  const apt = (args: readonly string[]) => run('apt-get', ['-c', configuration, ...args], { signal });
  // One of many sources may fail and the right one still answer: the installation says whether enough did.
  const update = () => apt(['-qq', 'update']).catch((error: unknown) => void error);
  await update();
  if (suite !== null) {
    await useSuite(suite, work, await apt(['indextargets', '--format', '$(ORIGIN) $(REPO_URI)']));
    await update();
  }
  await apt(['-qq', '-y', '--download-only', 'install', ...packages]);
  const archives = join(work, 'cache', 'archives');
  const names = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  return names.filter((name) => !notNeeded.test(name)).map((name) => join(archives, name));
}

/**
 * Private state for apt beside the machine's own sources and keys. The machine's hooks are cleared:
 * some of them empty the system's package cache or wake its update notifier after every update.
 */
async function makeAptHome(work: string): Promise<string> {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'root']) {
    await mkdir(join(work, folder), { recursive: true });
  }
  await writeFile(join(work, 'status'), '');
  const configuration = join(work, 'apt.conf');
  const lines = [
    '#clear APT::Update;',
    '#clear DPkg;',
    `Dir::State "${work}";`,
    `Dir::State::lists "${work}/lists";`,
    `Dir::State::status "${work}/status";`,
    `Dir::Cache "${work}/cache";`,
    'Dir::Log "/dev/null";',
    'Acquire::Languages "none";',
    'APT::Install-Recommends "0";',
    // Root's apt would fetch as a user who may not read a private folder.
    'APT::Sandbox::User "";',
  ];
  await writeFile(configuration, `${lines.join('\n')}\n`);
  return configuration;
}

/** Turns apt to another suite of the Debian mirror that this machine's sources name. */
async function useSuite(suite: string, work: string, targets: string): Promise<void> {
  const mirror = /^Debian (\S+\/debian\/?)$/m.exec(targets)?.[1];
  if (mirror === undefined) {
    throw new Error(
      `it comes from Debian ${suite}, and the apt sources of this machine name no Debian mirror`,
    );
  }
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
  await writeFile(join(work, 'sources.list'), `deb ${signed}${mirror} ${suite} main\n`);
  const lines = [`Dir::Etc::sourcelist "${work}/sources.list";`, 'Dir::Etc::sourceparts "/dev/null";'];
  await writeFile(join(work, 'apt.conf'), `${lines.join('\n')}\n`, { flag: 'a' });
}

async function run(
  file: string,
  args: readonly string[],
  { signal }: { signal: AbortSignal },
): Promise<string> {
  const ran = await runProgram(file, args, {
    timeoutMs: 600_000,
    signal,
    env: { LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
  });
  signal.throwIfAborted();
  if (ran.exitCode === 127) throw new Error(`there is no ${file} on this machine`);
  if (ran.exitCode !== 0) throw new Error(`${file} says ${lastLine(ran.stderr)}`);
  return ran.stdout;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.replace(/^E: /, '') ?? 'nothing';
}
