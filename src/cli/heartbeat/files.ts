import { readFileSync, statSync } from 'node:fs';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import {
  type Complaint,
  complaintText,
  type HaConf,
  type KeyRing,
  readAuthkeys,
  readHaCf,
  readHaresources,
  type ResourceGroup,
} from '../../protocols/heartbeat/index.ts';
import type { Terminal } from '../terminal.ts';

/** The keys that a file holds; what is doubtful about them is said. Throws `heartbeat-unreadable`, without any secret. */
export function keysOf(file: string, terminal: Terminal): KeyRing {
  const { text, mode } = fileAt(file);
  const { ring, complaints } = readAuthkeys(text, mode);
  return sound(file, ring, complaints, terminal);
}

/** Throws `heartbeat-unreadable`. */
export function haConfOf(file: string, terminal: Terminal): HaConf {
  const { conf, complaints } = readHaCf(fileAt(file).text);
  return sound(file, conf, complaints, terminal);
}

/** Throws `heartbeat-unreadable`. */
export function groupsOf(file: string, { nodes }: HaConf, terminal: Terminal): readonly ResourceGroup[] {
  const { groups, complaints } = readHaresources(fileAt(file).text, nodes);
  return sound(file, complaints.length === 0 ? groups : null, complaints, terminal);
}

function sound<Value>(
  file: string,
  value: Value | null,
  complaints: readonly Complaint[],
  terminal: Terminal,
): Value {
  const lines = complaints.map(complaintText);
  if (value === null)
    throw new BatonError('heartbeat-unreadable', `${file} cannot be used:\n${lines.join('\n')}`);
  for (const line of lines) terminal.say(line);
  return value;
}

function fileAt(file: string): { readonly text: string; readonly mode: number } {
  try {
    return { text: readFileSync(file, 'utf8'), mode: statSync(file).mode };
  } catch (error) {
    throw new BatonError('heartbeat-unreadable', `${file} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
