import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScripts } from './run-scripts.ts';
import { substitute } from '../../../src/hooks/quoting/substitute.ts';
import { alias, filled } from './values.ts';

/** By these ways a value comes to somebody who reads it as a program. */
const ways = [
  // Through the input of a group, a loop, a substitution.
  'echo "{alias}" | (bash)',
  'echo "{alias}" | { bash; }',
  'echo "{alias}" | if true; then bash; fi',
  'echo "{alias}" | case a in a) bash ;; esac',
  'echo "{alias}" | while read -r x; do eval "$x"; done',
  'while read -r x; do eval "$x"; done <<EOF\n{alias}\nEOF\n',
  'cat <<EOF | { read -r a; eval "$a"; }\n{alias}\nEOF\n',
  '{ bash; } <<< "{alias}"',
  'echo "{alias}" | cat $(bash)',
  'echo "{alias}" | tee >(bash) > /dev/null; sleep 0.1',
  // As a file.
  'bash <(echo "{alias}")',
  'bash /dev/stdin <<< "{alias}"',
  'echo "{alias}" | sh -- /dev/fd/0',
  'echo "{alias}" | bash -o pipefail',
  // Through a variable, an argument of a function, an array.
  'x="{alias}"; eval "$x"',
  'x="{alias}"; y="a $x"; bash -c "$y"',
  'export x="{alias}"; eval "$x"',
  'x={alias}; echo "$x" | bash',
  'x="{alias}"; echo $((x))',
  'x="{alias}"; [[ $x -gt 0 ]]',
  'for x in "{alias}"; do eval "$x"; done',
  'set -- "{alias}"; eval "$1"',
  'f() { eval "$1"; }; f "{alias}"',
  'function f { bash; }; echo "{alias}" | f',
  'g() { bash -c "$1"; }; f() { g "$1"; }; f "{alias}"',
  // Through what a shell evaluates by itself.
  `PS4='+ {alias} '; set -x; true`,
  'export PS4="{alias}"; set -x; true',
  'x="{alias}"; PS4=$x; set -x; true',
  'for PS4 in "{alias}"; do set -x; true; done',
  'BASH_ENV="{alias}" bash /dev/null',
  'env BASH_ENV="{alias}" bash /dev/null',
  'declare "{alias}"',
  'declare -a x="({alias})"',
  'compgen -W "{alias}"',
  // By a name that is only known when it runs.
  'x=bash; env $x -c "{alias}"',
  'x=eval; command $x "{alias}"',
  // Past the end of a here-document that seemed to have none.
  "x=`cat <<'E'\n{alias}\nE\n`",
];

const values = [
  '$(touch pwned)',
  '`touch pwned`',
  'touch pwned',
  '`; touch pwned; `',
  'a[$(touch pwned)]',
  'a[$(touch pwned)]=1',
];

it.each(['bash', 'dash'])('a value does not become a program on any way that %s knows (P5)', (shell) => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-flows-'));
  try {
    const cases = ways.flatMap((command) =>
      values.flatMap((value) => {
        const substituted = substitute(command, alias(value));
        return 'script' in substituted ? [{ command, value, ...substituted }] : [];
      }),
    );
    const wrong = cases.filter((one) => {
      runScripts(shell, [one, { value: '', script: 'true' }], directory);
      const isRun = existsSync(join(directory, 'pwned'));
      rmSync(join(directory, 'pwned'), { force: true });
      return isRun;
    });
    expect(wrong).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it.each(ways)('a plain value goes that way all the same: %s', (command) => {
  expect(filled(command, '42')).toBe(command.replaceAll('{alias}', '42'));
});

it.each([
  'if ssh db1 true; then echo "{alias}" >> log; fi',
  'while read -r h; do ssh "$h" true; echo "{alias}"; done < hosts',
  'x=$(ssh db1 hostname); echo "$x {alias}"',
  'echo "$(ssh db1 date) {alias}" >> log',
  'log() { echo "$1" >> log; }; log "{alias}"',
  'f() { ssh db1 "$1"; }; f date; echo "{alias}"',
  'x="{alias}"; curl -d "cluster=$x" http://pager; y=1; eval "$y"',
  'export CLUSTER="{alias}"; notify',
  'env CLUSTER="{alias}" notify',
  'bash notify.sh "{alias}"',
  'bash -o pipefail notify.sh "{alias}"',
  'timeout $T notify "{alias}"',
  'sudo -u "$U" notify "{alias}"',
  'n=1; (( n > 0 )) && echo "{alias}"',
  'local x="$1"; echo "{alias}"',
])('a value goes where nobody reads it as a program: %s', (command) => {
  expect(filled(command, "x'; touch pwned; '")).toBe(
    command.replaceAll('{alias}', `\${ORC_FAILURE_CLUSTER_ALIAS}`),
  );
});

it('lists of servers flow through loops that start other programs, as in orchestrator', () => {
  const command =
    'echo {hosts} | tr , "\\n" | while read -r h; do n=$((n + 1)); [[ $n -gt 2 ]] || ssh "$h" true; done';
  const text = 'db2:3306,db3:3306';
  const hosts = new Map([['hosts', { text, variable: 'ORC_REPLICA_HOSTS', from: 'instance' } as const]]);
  expect(substitute(command, hosts)).toEqual({ script: command.replace('{hosts}', text) });
});

it('what begins with a dash goes to nobody who could take it for an option that names a program', () => {
  expect(filled('ssh {alias} true', '-oProxyCommand=reboot')).toMatch(/^refused: .* and ssh reads/);
  expect(filled('notify {alias}', '-v')).toBe('notify -v');
});
