import type { Drive, Sample } from './samples.ts';

const one = { A: 'keepalived.conf', B: 'keepalived.conf' };
const old = { A: 'keepalived-A.conf', B: 'keepalived-B.conf' };

/** B was started so much after A. */
const laterSeconds = 0.045;

/** What the drives of a recording did, by the first pattern that their words match. */
function by(table: readonly (readonly [RegExp, (at: number) => readonly string[]])[]): Sample['faults'] {
  return (drives: readonly Drive[]) =>
    drives
      .flatMap(({ t, text }) => {
        const found = table.find(([pattern]) => pattern.test(text));
        if (found === undefined) throw new Error(`nobody knows what "${text}" did`);
        return found[1](t);
      })
      .join('\n');
}

const both = (at: number) => [`${at + 0.03} A start`, `${at + 0.03 + laterSeconds} B start`];
const common = [
  [/^start both/, both],
  [/^fail script on A/, (at: number) => [`${at} A exit chk 1`]],
  [/^recover script on A/, (at: number) => [`${at} A exit chk 0`]],
  [/^fail script on B/, (at: number) => [`${at} B exit chk 1`]],
  [/^recover script on B/, (at: number) => [`${at} B exit chk 0`]],
  [/carrier lost/, (at: number) => [`${at} A link eth1 down`]],
  [/carrier back|eth1 back/, (at: number) => [`${at} A link eth1 up`]],
  [/own eth0 of A: ip link set down/, (at: number) => [`${at} A link eth0 down`]],
  [/own eth0 of A: ip link set up/, (at: number) => [`${at} A link eth0 up`]],
  [/^SIGTERM A/, (at: number) => [`${at} A stop`]],
  [/^SIGTERM B/, (at: number) => [`${at} B stop`]],
  [/^SIGKILL A/, (at: number) => [`${at} A kill`]],
  [/^(restart A|start A again)/, (at: number) => [`${at + 0.03} A start`]],
  [/^stop( B)?$/, (at: number) => [`${at} A stop`, `${at + 0.005} B stop`]],
  [/^X/, (at: number) => [`${at} A stop`, `${at + 0.005} B stop`]],
] as const;

/** What was tried on the pair of s7, whose recovery depends on what went before. */
const takeovers: Sample['faults'] = (drives) => {
  let last = '';
  return drives
    .flatMap(({ t, text }) => {
      const [, tried = ''] = /^T (.*)/.exec(text) ?? [];
      if (text === 'start both') return both(t + 0.08);
      if (text.startsWith('X')) return [`${t} A stop`, `${t} B stop`];
      if (tried !== '') {
        last = tried;
        return [
          `${t} A ${{ 'fault-file': 'file role -254', 'weight-drop': 'file role -100', sigterm: 'stop' }[tried] ?? 'kill'}`,
        ];
      }
      return last === 'sigterm' || last === 'sigkill' ? [`${t + 0.03} A start`] : [`${t} A file role 0`];
    })
    .join('\n');
};

export const drives: readonly Sample[] = [
  { name: 's1-weight', profile: '2.x', files: one, faults: by(common) },
  { name: 's2-noweight', profile: '2.x', files: one, faults: by(common) },
  { name: 's3-if-fault', profile: '2.x', files: one, faults: by(common) },
  { name: 's3-if-neg60', profile: '2.x', files: one, faults: by(common) },
  { name: 's5-group-track-fault', profile: '2.x', files: one, faults: by(common) },
  { name: 's5-group-weight', profile: '2.x', files: one, faults: by(common) },
  { name: 's6-nopreempt', profile: '2.x', files: one, faults: by(common) },
  { name: 's7-v2-1', profile: '2.x', files: one, faults: takeovers },
  { name: 's7-v3-0.1', profile: '2.x', files: one, faults: takeovers },
  {
    name: 's13-notify-mechanics',
    profile: '2.x',
    files: { A: 'keepalived.conf' },
    faults: by([
      [/^start A/, (at) => [`${at + 0.03} A start`]],
      [/^SIGKILL vrrp child/, (at) => [`${at} A kill`, `${at + 0.04} A start`]],
      [/^(SIGTERM A|SIGKILL parent only)/, (at) => [`${at} A stop`]],
      [/^addresses left/, () => []],
    ]),
  },
  {
    name: 's16-vip-follows-primary',
    profile: '2.x',
    files: one,
    faults: by([
      [/^start both/, (at) => [`${at} A file mysql_primary 1`, `${at} B file mysql_primary 1`, ...both(at)]],
      [/^role A=0/, (at) => [`${at + 0.07} A file mysql_primary 0`]],
      [
        /^planned move: A=1/,
        (at) => [`${at + 0.08} A file mysql_primary 1`, `${at + 0.085} B file mysql_primary 0`],
      ],
      [
        /^planned move back/,
        (at) => [`${at + 0.1} B file mysql_primary 1`, `${at + 0.105} A file mysql_primary 0`],
      ],
      [/^A dies/, (at) => [`${at} A kill`, `${at + 0.075} B file mysql_primary 0`]],
      [/^A returns/, (at) => [`${at + 0.06} A start`]],
      [/^A=1/, (at) => [`${at + 0.1} A file mysql_primary 1`]],
      // The lease may be 3 s old, and the script looks once a second.
      [/^B loses its lease/, (at) => [`${at + 3} B exit lease 1`]],
      [/^lease back/, (at) => [`${at} B exit lease 0`]],
      [/^X/, (at) => [`${at} A stop`, `${at} B stop`]],
    ]),
  },
  { name: 'old-1.2.13-noweight', profile: '1.2', files: old, faults: by(common) },
  { name: 'old-1.2.13-weight', profile: '1.2', files: old, faults: by(common) },
];

/** One router whose 25 instances each track a script of another kind. */
export const matrix: Sample = {
  name: 's8-script-matrix',
  profile: '2.x',
  files: { A: 'keepalived.conf' },
  faults: by([
    [
      /^start A/,
      (at) => [
        ...[
          's_fail',
          's_fail_pos',
          's_fail_neg',
          's_fail_neg200',
          's_fail_rise3fall3',
          's_seg',
          's_selfterm',
        ].map((name) => `${at} A exit ${name} 7`),
        `${at} A exit s_hang stuck`,
        `${at} A exit s_hangtrap deaf`,
        `${at} A exit s_missing missing`,
        `${at} A exit s_noexec missing`,
        `${at + 0.03} A start`,
        // What it answered, run by run: 0 1 1 1 0 0 0 0 1 0 1 1 0 …
        ...[1, 4, 8, 9, 10, 12].map((run, nth) => `${at + run - 0.5} A exit s_flip ${1 - (nth % 2)}`),
      ],
    ],
    [/^dump/, () => []],
    [/^stop/, (at) => [`${at} A stop`]],
  ]),
};
