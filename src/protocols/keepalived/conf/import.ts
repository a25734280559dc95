import { type Command, commandOf, ownerOf } from './command.ts';
import type { Complaint } from './complaint.ts';
import type { GlobalDefs, KeepalivedConf, SyncGroup, TrackFile, TrackScript, VrrpInstance } from './conf.ts';
import { type Reading, type ReadOptions, readFileLines } from './logical-lines.ts';
import { Macros } from './macros.ts';
import { Block, callsOf, trackedOf, weightBounds } from './take.ts';
import { type Entry, treeOf } from './tree.ts';

/**
 * Reads a keepalived.conf as keepalived 2.2 does. It refuses nothing: what keepalived complains of is a complaint with
 * its line, what nobody here knows is kept in `others`.
 */
export function importConf(
  { file, text }: { readonly file: string; readonly text: string },
  options: ReadOptions = { id: '' },
): KeepalivedConf {
  const complaints: Complaint[] = [];
  const reading: Reading = { options, macros: new Macros(), lines: [], complaints };
  readFileLines(reading, file, text);
  const entries = treeOf(reading.lines, complaints);
  const blocks = (key: string) => entries.filter((one) => one.key === key);
  const global = globalDefs(blocks('global_defs'), complaints);
  const others = entries.filter(({ key }) => !known.has(key));
  const read = <T>(key: string, one: (block: Block) => T | null): readonly T[] =>
    blocks(key).flatMap((entry) => {
      const block = new Block(entry, complaints);
      const value = named(block) ? one(block) : null;
      return value === null ? [] : [value];
    });
  const scripts = read('vrrp_script', scriptOf);
  const files = [...read('track_file', fileOf), ...read('vrrp_track_file', fileOf)];
  const instances = read('vrrp_instance', (block) => {
    const instance = instanceOf(block, global);
    others.push(...block.unknown());
    return instance;
  });
  const groups = read('vrrp_sync_group', groupOf);
  for (const entry of entries) if (!keepalivedKnows(entry)) complaints.push(unknownBlock(entry));
  return { global, scripts, files, instances, groups, others, complaints };
}

const known = new Set([
  'global_defs',
  'vrrp_script',
  'track_file',
  'vrrp_track_file',
  'vrrp_instance',
  'vrrp_sync_group',
]);
const knownToKeepalived =
  /^(virtual_server(_group)?|static_\w+|track_(process|bfd|group)|vrrp_track_process|bfd_instance|linkbeat_\w+|interface_up_down_delays|garp_group|net_namespace|namespace_with_ipsets|instance|use_pid_dir|child_wait_time|script_user|enable_script_security|include\w?)$/;

function keepalivedKnows({ key }: Entry): boolean {
  return known.has(key) || knownToKeepalived.test(key);
}

function unknownBlock({ file, line, key }: Entry): Complaint {
  const message = `${key} is no keyword of keepalived; it says so, and leaves the line and its block out.`;
  return { file, line, severity: 'error', code: 'unknown-keyword', message };
}

function named(block: Block): boolean {
  if (block.entry.words[0] !== undefined && block.entry.children !== null) return true;
  const { key } = block.entry;
  block.error(block.entry, 'block-broken', `${key} wants a name and a block; keepalived leaves it out.`);
  return false;
}

function nameOf({ entry }: Block): string {
  return entry.words[0] ?? '';
}

function placeOf({ entry: { file, line } }: Block) {
  return { file, line };
}

function globalDefs(entries: readonly Entry[], complaints: Complaint[]): GlobalDefs {
  const empty: Entry = { file: '', line: 0, key: 'global_defs', words: [], rest: '', children: [] };
  const block = new Block(
    { ...empty, children: entries.flatMap(({ children }) => children ?? []) },
    complaints,
  );
  return {
    routerId: block.text('router_id'),
    version: block.number('vrrp_version', { from: 2, to: 3, whole: true }) === 3 ? 3 : 2,
    scriptUser: ownerOf(block.all('script_user').at(-1)?.words ?? []),
    scriptSecurity: block.has('enable_script_security'),
    notifyFifo: block.text('notify_fifo'),
    vrrpNotifyFifo: block.text('vrrp_notify_fifo'),
    notifyPriorityChanges: block.flag('vrrp_notify_priority_changes') ?? false,
    smtpAlert: block.flag('smtp_alert_vrrp') ?? block.flag('smtp_alert') ?? false,
    noEmailFaults: block.has('no_email_faults'),
    smtpServer: block.all('smtp_server').at(-1)?.words.join(' ') || null,
    mailFrom: block.text('notification_email_from'),
    mailTo: block.all('notification_email').flatMap(({ children }) => (children ?? []).map(({ key }) => key)),
  };
}

function scriptOf(block: Block): TrackScript {
  const script = block.all('script').at(-1);
  if (script === undefined)
    block.error(
      block.entry,
      'script-missing',
      `vrrp_script ${nameOf(block)} has no script; keepalived leaves it out.`,
    );
  const weightLine = block.all('weight').at(-1);
  const intervalSeconds = block.number('interval', { from: 1, to: 4_294, whole: true }) ?? 1;
  return {
    ...placeOf(block),
    name: nameOf(block),
    command: script === undefined ? null : owned(block, commandOf(script.rest, script.line)),
    intervalSeconds,
    timeoutSeconds: block.number('timeout', { from: 0, to: 4_294, whole: true }) || intervalSeconds,
    weight: block.number('weight', weightBounds) ?? 0,
    reverse: weightLine?.words[1] === 'reverse',
    rise: block.number('rise', { from: 1, to: 2_147_483_647, whole: true }) ?? 1,
    fall: block.number('fall', { from: 1, to: 2_147_483_647, whole: true }) ?? 1,
    initFail: block.has('init_fail'),
  };
}

/** `user` of a vrrp_script has a line of its own. */
function owned(block: Block, command: Command): Command {
  const owner = ownerOf(block.all('user').at(-1)?.words ?? []);
  return owner === null ? command : { ...command, owner };
}

function fileOf(block: Block): TrackFile {
  const weightLine = block.all('weight').at(-1);
  const init = block.all('init_file').at(-1);
  const value = init?.words.find((word) => /^-?\d+$/.test(word));
  return {
    ...placeOf(block),
    name: nameOf(block),
    path: block.text('file'),
    weight: block.number('weight', weightBounds) ?? 1,
    reverse: weightLine?.words[1] === 'reverse',
    init:
      init === undefined ? null : { value: Number(value ?? 0), overwrite: init.words.includes('overwrite') },
  };
}

function instanceOf(block: Block, global: GlobalDefs): VrrpInstance | null {
  const states = block.all('state');
  for (const state of states)
    if (!/^(MASTER|BACKUP)$/.test(state.words[0] ?? ''))
      block.error(
        state,
        'state',
        `state is ${state.words[0] ?? 'empty'}, neither MASTER nor BACKUP; keepalived takes BACKUP.`,
      );
  // A BACKUP after a MASTER is passed over (keepalived 2.2.7).
  const startsAsMaster = states.some(({ words }) => words[0] === 'MASTER');
  const routerId = block.number('virtual_router_id', {
    from: 1,
    to: 255,
    whole: true,
    instead: 'leaves the instance out',
  });
  const version = block.number('version', { from: 2, to: 3, whole: true });
  const advert = block.number('advert_int', { from: 0.01, to: 255, whole: false });
  if (routerId === null) {
    if (!block.has('virtual_router_id'))
      block.error(
        block.entry,
        'vrid-missing',
        `vrrp_instance ${nameOf(block)} has no virtual_router_id; keepalived leaves it out.`,
      );
    return null;
  }
  const preemptDelaySeconds = block.number('preempt_delay', { from: 0, to: 1_000, whole: false }) ?? 0;
  return {
    ...placeOf(block),
    name: nameOf(block),
    interface: block.text('interface') ?? '',
    routerId,
    priority: block.number('priority', { from: 1, to: 255, whole: true }) ?? (startsAsMaster ? 255 : 100),
    version: (version ?? global.version) === 3 ? 3 : 2,
    advertSeconds: advert ?? 1,
    startsAsMaster,
    nopreempt: block.has('nopreempt'),
    preemptDelaySeconds,
    downAdverts: block.number('down_timer_adverts', { from: 1, to: 100, whole: true }) ?? 3,
    ignoresOwnInterface: block.has('dont_track_primary'),
    notifyPriorityChanges: block.flag('notify_priority_changes'),
    smtpAlert: block.flag('smtp_alert'),
    tracked: trackedOf(block),
    calls: callsOf(block),
    addresses: block
      .all('virtual_ipaddress')
      .flatMap(({ children }) => (children ?? []).map(({ key, rest }) => `${key} ${rest}`.trim())),
  };
}

function groupOf(block: Block): SyncGroup {
  return {
    ...placeOf(block),
    name: nameOf(block),
    members: block.all('group').flatMap(({ children }) => (children ?? []).map(({ key }) => key)),
    tracked: trackedOf(block),
    trackingWeight: block.has('sync_group_tracking_weight') || block.has('global_tracking'),
    notifyPriorityChanges: block.flag('notify_priority_changes'),
    smtpAlert: block.flag('smtp_alert'),
    calls: callsOf(block),
  };
}
