import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import { configPaths, loadConfig, readTextFile } from '../config/load.ts';
import { BatonError } from '../kernel/errors.ts';
import { systemClock } from '../process/system-clock.ts';
import { remoteMessages } from '../signals/pacemaker/remote-cib.ts';
import {
  type AgentCall,
  callsForEach,
  callsForMessages,
  callsForSpool,
  messagesIn,
} from './pacemaker-calls.ts';
import type { Leave, Terminal } from './terminal.ts';

/** Where a cluster is heard. */
export interface HearingWords {
  readonly from: 'remote' | 'spool' | 'messages' | '-';
  readonly spool?: string;
  readonly messages?: string;
  readonly config?: string;
}

/** Adds the options that say where. */
export function hears(verb: Command): Command {
  return verb
    .addOption(
      new Option(
        '--from <where>',
        'what install-agent’s program kept; messages of the CIB in files, or on standard input; or a node’s remote CIB',
      )
        .choices(['remote', 'spool', 'messages', '-'])
        .makeOptionMandatory(),
    )
    .option('--spool <directory>', 'the spool, with --from spool')
    .option(
      '--messages <directory>',
      'its *.xml are messages, in the order of their names, with --from messages',
    )
    .option('--config <file>', 'has Pacemaker.Remote and PacemakerPassword, with --from remote');
}

export interface Hearing {
  readonly terminal: Terminal;
  readonly leave: Leave;
  readonly input: Readable;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly recipient: string;
  readonly watchFencing: boolean;
  /** What is told is taken out of the spool; otherwise it stays for whoever takes it. */
  readonly takes: boolean;
}

/** What is heard there, as calls of an external agent. Throws `usage`. */
export async function heardBy(words: HearingWords, hearing: Hearing): Promise<AsyncIterable<AgentCall>> {
  const { signal } = hearing;
  switch (words.from) {
    case '-':
      return callsForMessages(textOf(hearing.input, signal), hearing);
    case 'messages':
      return callsForEach(messagesIn(resolve(named(words, 'messages')), signal), hearing);
    case 'spool':
      return callsForSpool({ ...hearing, spool: resolve(named(words, 'spool')), clock: systemClock });
    case 'remote':
      return callsForEach(await remotely(words, hearing), hearing);
  }
}

function named(words: HearingWords, option: 'spool' | 'messages'): string {
  const directory = words[option];
  if (directory === undefined)
    throw new BatonError('usage', `--from ${option} needs --${option} <directory>.`);
  return directory;
}

async function remotely({ config: file }: HearingWords, { terminal, signal }: Hearing) {
  const { config } = await loadConfig({
    paths: configPaths(file),
    environment: process.env,
    readText: readTextFile,
  });
  const { Pacemaker, PacemakerPassword } = config;
  if (Pacemaker?.Remote === undefined)
    throw new BatonError(
      'config-invalid',
      'Pacemaker: --from remote needs Remote, with Host, Port and Encryption',
    );
  const { Host, Port } = Pacemaker.Remote;
  const begun = () => terminal.say(`following the CIB at ${Host}:${Port}`);
  return remoteMessages(Pacemaker.Remote, PacemakerPassword, { signal, begun });
}

async function* textOf(input: Readable, stop: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of addAbortSignal(stop, input)) yield decoder.decode(piece, { stream: true });
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  yield decoder.decode();
}
