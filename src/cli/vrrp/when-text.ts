import type { When, WhenEntry, WhenInstance } from '../../protocols/keepalived/index.ts';

/** The answer of `baton vrrp when` for a person. */
export function whenText(when: When): string {
  const order =
    when.profile === '2.x'
      ? 'At each entry: adverts and addresses first, then the state, then notify_…, then notify, then the line of the FIFO. keepalived starts the two scripts in this order and waits for neither.'
      : 'At each entry: the addresses, then the state, then notify_…, then notify, each started by a shell that nobody waits for. There is no FIFO.';
  return [
    `keepalived ${when.profile}. ${order}`,
    ...when.scripts.map(({ name, argv, line, when: at }) =>
      ['', `vrrp_script ${name} (line ${line}): ${shown(argv)}`, `  ${at}`].join('\n'),
    ),
    ...when.instances.map(instanceText),
    ...when.groups.map(({ name, entries }) =>
      ['', `vrrp_sync_group ${name}`, ...entries.map(entryText)].join('\n'),
    ),
  ].join('\n');
}

function instanceText(one: WhenInstance): string {
  const group = one.group === null ? '' : `, member of ${one.group}`;
  return [
    '',
    `vrrp_instance ${one.name}: priority ${one.priority}, version ${one.version}, an advert every ${one.advertMs} ms${group}`,
    `  It takes over ${Math.round(one.masterDownMs)} ms after the last advert, ${Math.round(one.skewMs)} ms after the master takes leave.`,
    ...one.trackers.map((tracker) => `  tracks ${tracker}`),
    ...one.entries.map(entryText),
  ].join('\n');
}

function entryText({ state, when, calls, fifo }: WhenEntry): string {
  const numbered = calls.map(
    ({ keyword, argv, line }, at) => `      ${at + 1}. ${keyword} (line ${line}): ${shown(argv)}`,
  );
  return [
    `  ${state}: ${when}`,
    ...(numbered.length === 0 ? ['      no script'] : numbered),
    ...(fifo === null ? [] : [`      FIFO: ${fifo}`]),
  ].join('\n');
}

/** As words of a shell would be quoted, so that their bounds are seen. */
function shown(argv: readonly string[]): string {
  return argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
