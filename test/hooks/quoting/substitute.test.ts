import { describe, expect, it } from 'vitest';
import { alias, filled } from './values.ts';
import { substitute } from '../../../src/hooks/quoting/substitute.ts';

const variable = 'ORC_FAILURE_CLUSTER_ALIAS';

describe('a plain value', () => {
  it.each([
    ['notify {alias}'],
    ["notify '{alias}' \"{alias}\" $'{alias}' `echo {alias}` $(echo {alias}) ${X:-{alias}}"],
    ['cat <<EOF\n{alias}\nEOF\n'],
    ["cat <<'EOF'\n{alias}\nEOF\n"],
    ['true # {alias}'],
    ['mysql -h {alias} -e "select 1"'],
    ['ssh {alias} "systemctl stop mysql"'],
    ['echo "not closed {alias}'],
    ['echo ${alias} \\{alias}'],
  ])('goes in as it is: %s', (command) => {
    expect(filled(command, 'db1.example:3306')).toBe(command.replaceAll('{alias}', 'db1.example:3306'));
  });

  it('is not searched for placeholders', () => {
    const values = new Map(alias('a{port}'));
    expect(substitute("echo '{alias}{port}'", values)).toEqual({ script: `echo ''"\${${variable}}"'3306'` });
  });

  it.each([
    ['echo $(( {alias} + 1 ))'],
    ['echo ${x:{alias}}'],
    ['(( {alias} > 1 ))'],
    ['a[{alias}]=1'],
    ['[[ {alias} -eq 1 ]]'],
    ['let {alias}'],
  ])('is refused where it would be evaluated: %s', (command) => {
    expect(filled(command, 'ORC_FAILED_HOST')).toMatch(
      /^refused: \{alias\} is "ORC_FAILED_HOST", and .*whole number/,
    );
    expect(filled(command, '42')).toBe(command.replaceAll('{alias}', '42'));
  });

  it('does not become a reserved word, an assignment or the end of a here-document', () => {
    expect(filled('case x in {alias}) ;; esac', 'esac')).toBe(`case x in "\${${variable}}") ;; esac`);
    expect(filled('{alias} ls', 'LD_PRELOAD=/x.so')).toMatch(/^refused: .* the name of a command/);
    expect(filled('cat <<E\n{alias}\ntouch x\nE\n', 'E')).toMatch(/^refused: .* would end the here-document/);
    expect(filled('cat <<-E\n\t\t{alias}E\nE\n', '')).toMatch(/^refused: .* would end the here-document/);
  });
});

describe('a value that means something to a shell', () => {
  it.each([
    ['notify {alias}', `notify "\${${variable}}"`],
    ["notify 'a {alias} b'", `notify 'a '"\${${variable}}"' b'`],
    ['notify "a {alias} b"', `notify "a \${${variable}} b"`],
    ["notify $'a {alias} b'", `notify $'a '"\${${variable}}"$' b'`],
    ['cat <<EOF\n{alias}\nEOF\n', `cat <<EOF\n\${${variable}}\nEOF\n`],
    ['true # {alias}', `true # \${${variable}}`],
    ['X={alias} notify', `X="\${${variable}}" notify`],
    ['notify > /tmp/{alias}.log', `notify > /tmp/"\${${variable}}".log`],
    ['echo ${X:-{alias}} "${X:-{alias}}"', `echo \${X:-"\${${variable}}"} "\${X:-\${${variable}}}"`],
    ['if [ "$1" ]; then\n  notify {alias}\nfi', `if [ "$1" ]; then\n  notify "\${${variable}}"\nfi`],
    ['python3 notify.py {alias}', `python3 notify.py "\${${variable}}"`],
    ['sudo -u mysql notify {alias}', `sudo -u mysql notify "\${${variable}}"`],
    ['notify \\\n  {alias} 2>&1 | tee -a log', `notify \\\n  "\${${variable}}" 2>&1 | tee -a log`],
  ])('is put by reference to its variable: %s', (command, script) => {
    expect(filled(command, "x'; touch pwned; '")).toBe(script);
  });

  it('goes into a quoted here-document as it is, unless a line of it could end there', () => {
    expect(filled("cat <<'E'\n{alias}\nE\n", '$(x)')).toBe("cat <<'E'\n$(x)\nE\n");
    expect(filled("cat <<'E'\n{alias}\nE\n", 'a\nE\ntouch x')).toMatch(/^refused: .*a line break in it, and/);
  });

  it.each([
    ['eval notify {alias}', 'eval'],
    ["bash -c 'notify {alias}'", 'bash'],
    ['/bin/sh -ec "notify {alias}"', 'sh'],
    ['sudo -u mysql bash -lc "notify {alias}"', 'bash'],
    ['nohup ssh -o BatchMode=yes db1 "stop {alias}" &', 'ssh'],
    ['mysql -e "drop user \'{alias}\'"', 'mysql'],
    ['awk \'{print "{alias}"}\' f', 'awk'],
    ['xargs notify {alias} < f', 'xargs'],
    ['python3 -c "print(\'{alias}\')"', 'python3'],
    ['echo {alias} | bash', 'bash'],
    ['{ echo a; echo {alias}; } | mysql', 'mysql'],
    ['for h in a b; do echo {alias}; done | ssh db1', 'ssh'],
    ['mysql <<EOF\nselect "{alias}"\nEOF\n', 'mysql'],
    ['cat <<EOF | bash\n{alias}\nEOF\n', 'bash'],
    ['echo {alias} |\n  bash', 'bash'],
    ['ssh db1 "stop $(cat {alias})"', 'ssh'],
    ['trap "echo {alias}" EXIT', 'trap'],
    ['timeout 5 mysql -e {alias}', 'mysql'],
    ['"$RUN" {alias}', 'a command whose name is only known when it runs'],
  ])('is refused to whoever reads it as a program: %s', (command, who) => {
    expect(filled(command, '$(touch pwned)')).toBe(
      `refused: {alias} is "$(touch pwned)", which has "$" in it, and ${who} reads what it is given as a program, past all quoting`,
    );
  });

  it.each([
    ['echo "{alias}', 'a double quote is not closed'],
    ["echo '{alias}", 'a single quote is not closed'],
    ['echo `echo {alias}', 'a backtick is not closed'],
    ['echo $(echo {alias}', ') is missing'],
    ['cat <<E\n{alias}\n', 'a here-document is not ended by E'],
    ['cat <<"{alias}"\n', 'the word that ends a here-document is not a plain one'],
    ["echo $'\\'{alias}'", "$'…' has \\' in it, which shells read differently"],
    ['if true; then {alias}', 'fi is missing'],
    ['declare -i n; n={alias}', 'a variable is declared that evaluates what it is given'],
  ])('is refused by a command that cannot be followed: %s', (command, problem) => {
    expect(filled(command, 'a b')).toBe(
      `refused: {alias} is "a b", which has a space in it, and the command cannot be followed: ${problem}`,
    );
  });

  it.each([
    ['echo \\{alias}', 'behind a backslash'],
    ['echo ${alias}', 'behind a dollar sign'],
    ['echo "${x%{alias}}"', 'the pattern of a ${…}'],
    ['{alias} now', 'the name of a command'],
  ])('is refused where no quoting holds: %s', (command, why) => {
    expect(filled(command, 'a b')).toContain(why);
    expect(filled(command, 'a b')).toMatch(/^refused: /);
  });

  it('is refused when it has a NUL byte, which nothing can hold', () => {
    expect(filled('echo {alias}', 'a\0b')).toBe(
      'refused: {alias} is "a\\u0000b", which has a NUL byte in it, and no variable and no script can hold a NUL byte',
    );
  });
});

it('keeps an empty value as a word of its own, and within quotes as nothing', () => {
  expect(filled(`notify {alias} '{alias}' "{alias}"`, '')).toBe(`notify '' '' ""`);
});

it('trusts Baton’s own sentences with the spaces between their words, even before a second reader', () => {
  expect(filled('ssh db1 "notify {description}"', 'x')).toBe('ssh db1 "notify Master cannot be reached"');
});

describe('a list of instances', () => {
  it('goes to a second reader with the brackets of IPv6, as in orchestrator', () => {
    expect(filled('ssh db1 "notify {hosts}"', 'x')).toBe(`ssh db1 "notify \${ORC_REPLICA_HOSTS}"`);
  });

  it('goes as it is into a command that cannot be followed', () => {
    expect(filled('echo "{hosts}\' x', 'x')).toBe('echo "[::1]:3307,db2:3306\' x');
  });

  it.each(['db1;x', 'db 1', 'a/b[1]', 'x[ORC_FAILED_HOST]', 'x[BATON_REASON]'])(
    'with %j in it goes to nobody who reads it again',
    (text) => {
      const values = new Map([...alias('x'), ['hosts', { text, variable: 'V', from: 'instance' }] as const]);
      expect(substitute('ssh db1 "notify {hosts}"', values)).toMatchObject({
        refused: expect.stringContaining('ssh reads what it is given as a program'),
      });
    },
  );
});

it('leaves braces alone that are no placeholder', () => {
  expect(filled('echo {a,b} {other} ${HOME} {alias}', 'x')).toBe('echo {a,b} {other} ${HOME} x');
});
