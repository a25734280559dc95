import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/protocols/keepalived/conf/command.ts';
import { importConf } from '../../../src/protocols/keepalived/conf/import.ts';

const read = (text: string, id = 'A') => importConf({ file: 'k.conf', text }, { id });
const instance = (...lines: readonly string[]) =>
  ['vrrp_instance VI_1 {', 'interface eth0', 'virtual_router_id 51', ...lines, '}'].join('\n');
const complaints = (text: string) =>
  read(text).complaints.map(({ line, code, severity }) => `${line} ${severity} ${code}`);

describe('a line', () => {
  it('ends at # or ! outside double quotes, unless a backslash stands before it', () => {
    const { instances } = read(
      instance('priority 7 # seven', 'notify_master "/x # y ! z" ! no', '! all of it'),
    );
    expect(instances[0]?.priority).toBe(7);
    expect(instances[0]?.calls.master?.argv).toEqual(['/x', '#', 'y', '!', 'z']);
    expect(read('global_defs {\nrouter_id a\\#b\n}').global.routerId).toBe('a#b');
  });

  it('ends at a brace wherever that stands', () => {
    const { instances, complaints: none } = read(
      'vrrp_script chk { script /x\n}\nvrrp_instance V { interface e\nvirtual_router_id 1\ntrack_script { chk } }',
    );
    expect(instances[0]?.tracked.map(({ name }) => name)).toEqual(['chk']);
    expect(none).toEqual([]);
  });

  it('holds one value: what stands behind the first on it is lost, as keepalived loses it', () => {
    const { scripts } = read('vrrp_script c { script "/bin/true" interval 2 }');
    expect(scripts[0]?.intervalSeconds).toBe(1);
    expect(scripts[0]?.command?.owner).toEqual({ user: 'interval', group: '2' });
  });

  it('with @id or @^id is there for whom it names', () => {
    const text = instance('@A priority 150', '@B priority 100', '@^A nopreempt');
    expect(read(text, 'A').instances[0]).toMatchObject({ priority: 150, nopreempt: false });
    expect(read(text, 'B').instances[0]).toMatchObject({ priority: 100, nopreempt: true });
  });

  it('keeps its own number behind macros of several lines and includes', () => {
    const included = importConf(
      {
        file: 'k.conf',
        text: `$TWO=priority 9\\\nnopreempt\n\ninclude more/*.conf\n${instance('$TWO', 'state X')}`,
      },
      {
        id: '',
        include: (pattern, from) => [{ file: `${from}>${pattern}`, text: '\nstray\n' }],
      },
    );
    expect(included.instances[0]).toMatchObject({ priority: 9, nopreempt: true, line: 5 });
    expect(included.complaints.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'k.conf:9 state',
      'k.conf>more/*.conf:2 unknown-keyword',
    ]);
  });
});

describe('a macro', () => {
  it('is expanded where it is used, in others too, and stays as written where it is unknown', () => {
    const { instances } = read(
      ['$DIR=/opt', '$REC=$\u007bDIR}/rec', instance('notify_master "$\u007bREC} $HOME x"')].join('\n'),
    );
    expect(instances[0]?.calls.master?.argv).toEqual(['/opt/rec', '$HOME', 'x']);
  });

  it('that uses itself, or grows without end, ends', () => {
    const grows = '$A=$\u007bA}$\u007bA}\n';
    expect(read(`${grows}${instance('notify_master $A')}`).instances).toHaveLength(1);
  });

  it('of a sequence or a list makes a line of each', () => {
    const { global } = read(
      'global_defs {\nnotification_email {\n~SEQ(n, 1, 2, 5) a$n\n~LST(x, p, q) $x\n}\n}',
    );
    expect(global.mailTo).toEqual(['a1', 'a3', 'a5', 'p', 'q']);
  });
});

describe('a command', () => {
  it('is read as the real daemon read it: no shell, quotes within quotes', () => {
    const { argv } = commandOf(`"/rec q1 plain 'one arg' a\\ b '' $HOME * ;id # x ! y"`, 1);
    expect(argv).toEqual([
      '/rec',
      'q1',
      'plain',
      'one arg',
      'a',
      'b',
      '',
      '$HOME',
      '*',
      ';id',
      '#',
      'x',
      '!',
      'y',
    ]);
    expect(commandOf(`"/q plain 'one arg' \\\\"x \\$HOME * ;id"`, 1).argv).toEqual([
      '/q',
      'plain',
      'one arg',
      'x',
    ]);
  });

  it('may be followed by a user and a group', () => {
    expect(commandOf('"/x nobody" nobody nogroup', 1)).toMatchObject({
      argv: ['/x', 'nobody'],
      owner: { user: 'nobody', group: 'nogroup' },
    });
    expect(commandOf('/x nobody', 1).owner).toEqual({ user: 'nobody', group: null });
    expect(commandOf('/x', 1).owner).toBeNull();
  });

  it('of a tracked script may have its user on a line of its own, and of all others in script_user', () => {
    const { scripts, global } = read(
      'global_defs {\nscript_user a b\n}\nvrrp_script c {\nscript /x\nuser nobody\n}\nvrrp_script d {\nscript /x\n}',
    );
    expect(scripts.map(({ command }) => command?.owner)).toEqual([{ user: 'nobody', group: null }, null]);
    expect(global.scriptUser).toEqual({ user: 'a', group: 'b' });
  });
});

describe('what keepalived complains of', () => {
  it.each([
    ['an unknown keyword', 'vrp_instance V {\nx\n}', ['1 error unknown-keyword']],
    ['a brace that closes nothing', '}\n', ['1 error brace']],
    ['a block without end', 'global_defs {\n', ['1 error brace']],
    ['a quote without end', 'global_defs {\nrouter_id "a\n}', ['2 error quote']],
    ['a priority that is none', instance('priority 256'), ['4 error not-a-number']],
    ['an instance without a router id', 'vrrp_instance V {\n}', ['1 error vrid-missing']],
    ['a script without a script', 'vrrp_script c {\n}', ['1 error script-missing']],
    ['an interval with a fraction', 'vrrp_script c {\nscript /x\ninterval 0.5\n}', ['3 error not-a-number']],
    ['a block without a name', 'vrrp_script {\n}', ['1 error block-broken']],
    ['two notify of one kind', instance('notify /a', 'notify /b'), ['5 error duplicate']],
    [
      'a line that is too long',
      `# fine\nglobal_defs {\nrouter_id ${'x'.repeat(1_100)}\n}`,
      ['3 error line-too-long'],
    ],
  ])('%s is told with its line', (_, text, told) => {
    expect(complaints(text)).toEqual(told);
  });

  it('takes the first of two notify of one kind', () => {
    expect(read(instance('notify /a', 'notify /b')).instances[0]?.calls.any?.argv).toEqual(['/a']);
  });
});

it('keeps what it does not know', () => {
  const { others } = read(`virtual_server 10.0.0.1 80 {\nlb_algo rr\n}\n${instance('garp_master_delay 1')}`);
  expect(others.map(({ key, words }) => [key, ...words].join(' '))).toEqual([
    'virtual_server 10.0.0.1 80',
    'garp_master_delay 1',
  ]);
});

it('reads whatever it is given', () => {
  const line = fc.constantFrom(
    '{',
    '}',
    '"',
    '$A=$A',
    '$A',
    '@B x',
    'vrrp_instance V {',
    'priority 1',
    '~SEQ(a,1,9) $a',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 30 }), (lines) => {
      read(lines.join('\n'));
    }),
  );
});

it('does not let a text of its size make more lines than are bounded', () => {
  const { complaints: told } = read(Array.from({ length: 20 }, () => '~SEQ(a, 1, 1, 10000) x$a').join('\n'));
  expect(told.some(({ code }) => code === 'too-long')).toBe(true);
});
