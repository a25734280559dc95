import { runProgram } from '../../process/run-program.ts';
import type { GroupsOf } from './sign-in.ts';

/** A name that a proxy gives is an argument of a program, and is none that the program would take for an option. */
const userName = /^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,255}$/;

/** How long an answer is kept: users change their groups seldom and ask often. */
const keptMs = 60_000;
const mostKept = 1_000;

const kept = new Map<string, { groups: Promise<readonly string[]>; until: number }>();

/** The groups of a user as this machine knows them, those of its directory services too; none for an unknown one. */
export const groupsOnThisMachine: GroupsOf = (user) => {
  if (!userName.test(user)) return Promise.resolve([]);
  const known = kept.get(user);
  if (known !== undefined && known.until > performance.now()) return known.groups;
  const groups = asked(user);
  if (kept.size >= mostKept) kept.clear();
  kept.set(user, { groups, until: performance.now() + keptMs });
  return groups;
};

async function asked(user: string): Promise<readonly string[]> {
  const { exitCode, stdout } = await runProgram('id', ['-Gn', user], { timeoutMs: 2_000 });
  return exitCode === 0 ? stdout.trim().split(/\s+/) : [];
}
