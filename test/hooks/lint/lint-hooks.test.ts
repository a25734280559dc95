import { describe, expect, it } from 'vitest';
import { linted, rewriteOf, saidOf } from './hooks.ts';

const strict = { compatibility: 'strict' } as const;

it('has nothing to say of hooks as people write them', () => {
  const hooks = [
    "echo 'Detected {failureType} on {failureCluster}. Affected replicas: {countSlaves}' >> /tmp/recovery.log",
    '/opt/vip --from {failedHost}:{failedPort} --to {successorHost} --alias "{failureClusterAlias}" &',
    'ssh -o BatchMode=yes {successorHost} "systemctl restart proxysql # {failureType} {replicaHosts}"',
    'mysql -h {successorHost} -P {successorPort} -e "set global read_only = 0"',
    'curl -sw "%{http_code}" -d "{\\"text\\": \\"{failureClusterAlias}\\"}" http://chat/{a,b}',
    "awk '{print}' /etc/hosts; { true; } && exec {fd}>/tmp/lock; echo ${HOME} {{.Name}} # {todo}",
    { Exec: ['notify', '{failureClusterAlias}', '{"a": 1}'] },
    { Exec: ['awk', '{print}', '/etc/hosts'] },
    { Http: { Url: 'https://chat/{room}' } },
  ];
  expect(linted(hooks)).toEqual([]);
});

it('names each hook by its stage and its place in the list', () => {
  expect(linted(['true', 'echo {foo}'], { stage: 'PreFailoverProcesses' })).toMatchObject([
    { stage: 'PreFailoverProcesses', index: 1 },
  ]);
});

describe('a word in braces that is no placeholder', () => {
  it.each([
    ['echo {succesorPort} {failedHost} &', '{successorPort}', 'echo {successorPort} {failedHost} &'],
    ['echo "{failed_host}"', '{failedHost}', 'echo "{failedHost}"'],
    ['echo {ORC_FAILED_HOST}', '{failedHost}', 'echo {failedHost}'],
    [{ Exec: ['notify', 'to {failedhost}'] }, '{failedHost}', '["notify","to {failedHost}"]'],
  ])('is an error that says which one was meant: %j', (hook, meant, rewrite) => {
    const said = [expect.stringMatching(new RegExp(`^error: .* did you mean \\${meant}\\?$`))];
    expect(saidOf(hook)).toEqual(said);
    expect(saidOf(hook, strict)).toEqual(said);
    expect(rewriteOf(hook)).toBe(rewrite);
  });

  it.each([
    ['echo {room}', '{""room}'],
    ['echo "to {room}"', '{""room}'],
    ["echo 'to {room}'", "{''room}"],
    ['cat <<E\n{room}\nE\n', '{$()room}'],
  ])('is an error that says how it is written as text, and a warning when strict: %s', (hook, text) => {
    const said = `{room} is no placeholder, and stays as it is; if it is meant as text, write ${text}.`;
    expect(saidOf(hook)).toEqual([`error: ${said}`]);
    expect(saidOf(hook, strict)).toEqual([`warning: ${said}`]);
    expect(saidOf(hook.replace('{room}', text))).toEqual([]);
  });

  it.each(["awk '{command2}' f", "cat <<'E'\n{comand}\nE\n", { Exec: ['awk', '{comand}'] }])(
    'is only doubted where another language may mean it: %j',
    (hook) => {
      expect(saidOf(hook)).toEqual([expect.stringMatching(/^warning: .* did you mean \{command\}\?$/)]);
    },
  );
});

describe('a second reader of a value from outside', () => {
  it.each([
    ['eval notify {failureClusterAlias}', 'eval'],
    ['bash -c "notify {failureClusterDomain}"', 'bash'],
    ["ssh db1 'notify {successorAlias}'", 'ssh'],
    ['mysql -e "drop user \'{failureClusterAlias}\'"', 'mysql'],
    ['sed -i s/x/{failureClusterAlias}/ f', 'sed'],
    ['echo {failureClusterAlias} | bash &', 'bash'],
    [{ Exec: ['bash', '-c', 'notify {failureClusterAlias}'] }, 'bash'],
  ])('is a warning: %j', (hook, who) => {
    expect(saidOf(hook)).toEqual([
      expect.stringMatching(new RegExp(`^warning: ${who} reads \\{.*\\} as part of a program`)),
    ]);
    expect(saidOf(hook, { substitution: 'literal' })).toEqual([]);
  });

  it('says how it takes data where no rewriting is certain', () => {
    const [sed] = linted(['sed -i s/x/{failureClusterAlias}/ f']);
    expect(sed).toMatchObject({ rewrite: null, text: expect.stringContaining('let awk read ENVIRON[') });
    const [program] = linted(['$RUN {failureClusterAlias}']);
    expect(program?.text).toMatch(/^A command whose name .* Call a script, which reads "\$ORC_/);
  });

  it('comes with the whole line as it had better be, the ampersand at its end too', () => {
    expect(rewriteOf("nohup bash -c 'notify {failureClusterAlias} {failedHost}' &")).toBe(
      `nohup bash -c 'notify "\${ORC_FAILURE_CLUSTER_ALIAS}" {failedHost}' &`,
    );
    expect(rewriteOf({ Exec: ['bash', '-c', 'notify "{failureClusterAlias}" \'a\''] })).toBe(
      JSON.stringify(['bash', '-c', 'notify "${ORC_FAILURE_CLUSTER_ALIAS}" \'a\'']),
    );
  });
});

describe('a command', () => {
  it.each([
    ['echo "{failureClusterAlias}', 'a double quote is not closed'],
    ["echo 'x", 'a single quote is not closed'],
    ['if true; then notify', 'fi is missing'],
    ['true | ', 'no command follows |'],
    ['(true', ') is missing'],
  ])('that no shell would run is an error: %s', (hook, problem) => {
    expect(saidOf(hook)).toEqual([`error: No shell would run it: ${problem}.`]);
    expect(saidOf(hook, { shell: 'fish', substitution: 'literal' })).toEqual([]);
  });

  it('that ends in && is an error, and a warning when strict, as orchestrator takes it off', () => {
    expect(saidOf('true &&')).toEqual([
      'error: It ends in &&, so the command that should follow is missing.',
    ]);
    expect(saidOf('true &&', strict)).toEqual([
      'warning: It ends in &&, which is taken off as orchestrator does, and the hook is left in the background.',
    ]);
  });

  it('that cannot be followed is a warning where it is given a value from outside', () => {
    const declared = 'declare -i n; n=';
    expect(saidOf(`${declared}{failureClusterAlias}`)).toEqual([
      expect.stringMatching(
        /^warning: .* \(a variable is declared .*\), so the hook is refused when \{failureCl/,
      ),
    ]);
    expect(saidOf(`${declared}{failedHost}`)).toEqual([expect.stringMatching(/^note: /)]);
    expect(saidOf(`${declared}1`)).toEqual([]);
  });

  it('that would be refused with any value is an error', () => {
    expect(saidOf('echo $(( {isMaster} + 1 ))')).toEqual([
      expect.stringMatching(
        /^error: It would be refused on any day: \{isMaster\} is "true", .* whole numbers\.$/,
      ),
    ]);
  });

  it('with a value where no quoting holds is a warning', () => {
    expect(saidOf('x=${y%{failureClusterAlias}}')).toEqual([
      'warning: {failureClusterAlias} is only accepted when it is plain: it stands in the pattern of a ${…}.',
    ]);
  });
});

describe('a placeholder at its stage', () => {
  const before = { stage: 'PreFailoverProcesses' } as const;

  it('is a note where it is empty, and a warning when it stays', () => {
    expect(saidOf('echo {successorHost} {successorAlias}', before)).toEqual([
      'note: {successorHost}, {successorAlias} are not known at this stage and are empty.',
    ]);
    expect(saidOf({ Exec: ['a', '{successorHost}'] }, { ...before, ...strict })).toEqual([
      'warning: {successorHost} is not known at this stage and stays in the command as written, as with orchestrator.',
    ]);
    expect(saidOf('echo {successorHost}')).toEqual([]);
  });

  it('is known before a planned takeover, but for the binary log when strict', () => {
    const planned = { stage: 'PreGracefulTakeoverProcesses' } as const;
    const hook = 'echo {successorHost} {successorBinlogCoordinates}';
    expect(saidOf(hook, planned)).toEqual([]);
    expect(saidOf(hook, { ...planned, ...strict })).toEqual([
      expect.stringMatching(/^warning: \{successorBinlogCoordinates\} is not known/),
    ]);
  });

  it('is never replaced after a take-over of a source’s place, where arguments stand for it', () => {
    const [found] = linted([`vip {successorHost} "{failedPort}" '{failedHost}'`], {
      stage: 'PostTakeMasterProcesses',
    });
    expect(found).toMatchObject({
      severity: 'warning',
      text: expect.stringContaining(
        '{successorHost}, {failedPort}, {failedHost} are not replaced at this stage',
      ),
      rewrite: 'vip "${1%:*}" "${2##*:}" "${2%:*}"',
    });
  });
});

it('a placeholder in the request of an Http hook is a warning, for it stays as it is', () => {
  const Headers = { 'X-Cluster': '{failureClusterAlias}' };
  expect(saidOf({ Http: { Url: 'http://h/{failedHost}', Headers } })).toEqual([
    expect.stringMatching(
      /^warning: \{failedHost\}, \{failureClusterAlias\} are not replaced in the request/,
    ),
  ]);
});

describe('an option', () => {
  it('that asks a hook left behind to veto has no effect, which is a warning', () => {
    expect(saidOf({ Command: 'true &', OnFailure: 'abort' })).toEqual([
      expect.stringMatching(/^warning: .* its OnFailure "abort" has no effect\.$/),
    ]);
    expect(saidOf({ Exec: ['true'], Detached: true, OnFailure: 'abort' })).toHaveLength(1);
  });

  it('is missed, in a note, where a hook left behind can veto nothing', () => {
    const stage = 'PreFailoverProcesses';
    expect(saidOf('true &', { stage })).toEqual([expect.stringMatching(/^note: .* does not veto/)]);
    expect(saidOf({ Command: 'true &', OnFailure: 'continue' }, { stage })).toEqual([]);
    expect(saidOf('true &')).toEqual([]);
  });

  it('that goes with another one is pointless alone', () => {
    expect(saidOf({ Command: 'true', AskTimeoutSeconds: 9 })).toEqual([
      expect.stringMatching(/^warning: AskTimeoutSeconds has no effect/),
    ]);
    expect(saidOf({ Command: 'true', AskTimeoutSeconds: 9, OnResume: 'ask' })).toEqual([]);
    expect(saidOf({ Command: 'true', ExitClasses: true })).toEqual([
      expect.stringMatching(/^note: ExitClasses without Retries/),
    ]);
    expect(saidOf({ Command: 'true', ExitClasses: true, Retries: 1 })).toEqual([]);
  });
});

describe('ProcessesShellCommand', () => {
  it.each(['sh', 'dash', '/usr/local/bin/bash'])('may be %s', (shell) => {
    expect(saidOf('echo {failedHost}', { shell })).toEqual([]);
  });

  it.each(['/usr/bin/python3', 'zsh'])('must not be %s where values go into a command', (shell) => {
    const said = [expect.stringMatching(/^error: ProcessesShellCommand is .* "literal", .*"Exec"/)];
    expect(saidOf('echo {failedHost}', { shell })).toEqual(said);
    expect(saidOf('echo $1', { shell, stage: 'PostTakeMasterProcesses' })).toEqual(said);
    expect(saidOf('echo {failedHost}', { shell, substitution: 'literal' })).toEqual([]);
    expect(saidOf('echo', { shell })).toEqual([]);
    expect(saidOf({ Exec: ['echo', '{failedHost}'] }, { shell })).toEqual([]);
  });

  it.each(['', ' ', 'bash -e'])('is one program: %j is an error where there is a command for it', (shell) => {
    expect(saidOf('true', { shell })).toEqual([expect.stringMatching(/^error: ProcessesShellCommand/)]);
    expect(saidOf({ Exec: ['true'] }, { shell })).toEqual([]);
  });
});
