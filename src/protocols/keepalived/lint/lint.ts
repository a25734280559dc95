import type { Complaint, Place } from '../conf/complaint.ts';
import type { KeepalivedConf, Tracked } from '../conf/conf.ts';
import { groupRules } from './groups.ts';
import { peerRules } from './peers.ts';
import { type Look, scriptRules } from './scripts.ts';

/** A configuration as one router reads it. */
export interface Reader {
  readonly id: string;
  readonly conf: KeepalivedConf;
}

export type Warn = (at: Place, code: string, message: string) => void;

/**
 * What keepalived complains of in these configurations, and what it takes without a word although it hardly means what was
 * meant. Each rule is a trap that the real daemon was seen to set. `look` tells of the files that scripts are; without it
 * they are not looked at. What several routers read in one line is said once.
 */
export function lintConfs(readers: readonly Reader[], look?: Look): readonly Complaint[] {
  const found = new Map<string, Complaint>();
  const add = (one: Complaint) => {
    found.set(`${one.file}:${one.line}:${one.code}:${one.message}`, one);
  };
  const warn: Warn = ({ file, line }, code, message) =>
    add({ file, line, severity: 'warning', code, message });
  for (const { conf } of readers) {
    for (const one of conf.complaints) add(one);
    for (const one of wrongReferences(conf)) add(one);
    weightRules(conf, warn);
    instanceRules(conf, warn);
    fileRules(conf, warn);
    groupRules(conf, warn);
    scriptRules(conf, look, warn);
  }
  peerRules(readers, warn);
  return [...found.values()].toSorted((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}

function everyTracked(conf: KeepalivedConf): readonly Tracked[] {
  return [...conf.instances, ...conf.groups].flatMap(({ tracked }) => tracked);
}

/** What is tracked must be defined, and above (a group may stand before its instances, not before its scripts). */
function wrongReferences(conf: KeepalivedConf): readonly Complaint[] {
  return everyTracked(conf).flatMap((tracked): readonly Complaint[] => {
    const { kind, name, file, line } = tracked;
    if (kind === 'interface') return [];
    const keyword = kind === 'script' ? 'vrrp_script' : 'track_file';
    const defined = (kind === 'script' ? conf.scripts : conf.files).find((one) => one.name === name);
    const error = (message: string): readonly Complaint[] => [
      { file, line, severity: 'error', code: 'reference', message },
    ];
    if (defined === undefined)
      return error(
        `No ${keyword} is called ${name}; keepalived says so and tracks nothing, so nothing ever fails.`,
      );
    if (defined.file === file && defined.line > line)
      return error(
        `${keyword} ${name} is defined further below; keepalived does not know it here and tracks nothing.`,
      );
    return [];
  });
}

function weightRules(conf: KeepalivedConf, warn: Warn): void {
  const weights = [...everyTracked(conf), ...conf.scripts].filter(
    ({ weight }) => Math.abs(weight ?? 0) > 253,
  );
  for (const { weight, ...at } of weights)
    warn(
      at,
      'weight-254',
      `The weight ${weight} is more than keepalived 2.x takes; it says so and takes ${(weight ?? 0) < 0 ? -253 : 253}.`,
    );
}

function instanceRules(conf: KeepalivedConf, warn: Warn): void {
  for (const one of conf.instances) {
    if (one.interface === '')
      warn(
        one,
        'interface-missing',
        `${one.name} names no interface; keepalived calls it unknown and leaves the instance out.`,
      );
    if (one.version === 3 && one.addresses.length === 0)
      warn(
        one,
        'address-missing',
        `${one.name} speaks version 3 and has no virtual_ipaddress; keepalived requires one there, and leaves the instance out.`,
      );
    if (one.startsAsMaster && (one.nopreempt || one.preemptDelaySeconds > 0))
      warn(
        one,
        'master-nopreempt',
        `${one.name} has state MASTER and ${one.nopreempt ? 'nopreempt' : 'preempt_delay'}; keepalived drops the latter. Write state BACKUP on both routers.`,
      );
    if (one.ignoresOwnInterface)
      warn(
        one,
        'dont-track-primary',
        `${one.name} has dont_track_primary: it stays MASTER while its own interface ${one.interface} is down, and so is the other router until that is mended.`,
      );
    if (one.nopreempt && one.tracked.some((tracked) => weightOf(conf, tracked) !== 0))
      warn(
        one,
        'nopreempt-weight',
        `${one.name} has nopreempt and weighted trackers: a backup with nopreempt obeys a master of lower priority, so a weight never moves the address. Use weight 0.`,
      );
    if (one.calls.stop !== null)
      warn(
        { file: one.file, line: one.calls.stop.line },
        'notify-stop',
        `${one.name} has a notify_stop: keepalived ends one second after it is called, and ends the script with it.`,
      );
  }
}

function fileRules(conf: KeepalivedConf, warn: Warn): void {
  for (const one of conf.files)
    if (one.init === null)
      warn(
        one,
        'file-missing-is-good',
        `track_file ${one.name} has no init_file: while the file is missing it reads 0, so a weight of 0 then allows MASTER.`,
      );
}

/** The weight that counts: the one of the line, else the one of what is tracked. */
export function weightOf(conf: KeepalivedConf, { kind, name, weight }: Tracked): number {
  if (weight !== null || kind === 'interface') return weight ?? 0;
  return (kind === 'script' ? conf.scripts : conf.files).find((one) => one.name === name)?.weight ?? 0;
}
