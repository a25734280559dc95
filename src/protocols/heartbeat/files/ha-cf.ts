import type { Complaint } from './complaint.ts';
import { defaults, otherDirectives } from './directives.ts';
import { millisecondsOf } from './duration.ts';
import { type HaConf, type LinkPlan, usualPort } from './ha-conf.ts';
import { type Line, linesOf } from './lines.ts';

export interface HaCfRead {
  /** Null where there is an error. */
  readonly conf: HaConf | null;
  readonly complaints: readonly Complaint[];
}

/** Directives mean something in their order: `udpport` is for the links behind it. */
export function readHaCf(text: string): HaCfRead {
  const reader = new Reader();
  for (const line of linesOf(text)) reader.take(line);
  return reader.end();
}

class Reader {
  readonly #complaints: Complaint[] = [];
  readonly #nodes: string[] = [];
  readonly #links: LinkPlan[] = [];
  readonly #pings: string[] = [];
  readonly #parameters = new Map<string, string>(Object.entries(defaults));
  #port = usualPort;

  take({ line, words: [directive, ...rest] }: Line): void {
    const error = (message: string) => this.#complain('error', line, message);
    const [first] = rest;
    this.#parameters.set(directive, rest.join(' '));
    if (directive === 'node') this.#nodes.push(...rest.map((name) => name.toLowerCase()));
    else if (directive === 'ping') this.#pings.push(...rest);
    else if (directive === 'udpport') this.#port = portIn(first) ?? this.#portWrong(line);
    else if (directive === 'bcast')
      this.#links.push(...rest.map((device) => ({ kind: 'bcast' as const, device, port: this.#port })));
    else if (directive === 'ucast') {
      const [device, address] = rest;
      if (device === undefined || !isAddress(address))
        error('ucast wants a device and the address of the peer.');
      else this.#links.push({ kind: 'ucast', device, address, port: this.#port });
    } else if (directive === 'mcast') {
      const link = multicastIn(rest);
      if (typeof link === 'string') error(link);
      else this.#links.push(link);
    } else if (otherMedia.has(directive))
      this.#complain('warning', line, `Baton does not speak over ${directive}; this link is left out.`);
    else if (!otherDirectives.has(directive) && !Object.hasOwn(defaults, directive))
      error(`${directive} is no directive of heartbeat 3.0.6.`);
    else if (first === undefined) error(`${directive} has no value.`);
  }

  end(): HaCfRead {
    const keepaliveMs = this.#time('keepalive', 1_000);
    const deadMs = this.#time('deadtime', 30_000);
    const deadPingMs = this.#time('deadping', deadMs);
    const conf: HaConf = {
      nodes: [...new Set(this.#nodes)],
      links: this.#links,
      pings: this.#pings,
      keepaliveMs,
      deadMs,
      deadPingMs,
      warnMs: this.#time('warntime', deadMs / 2),
      initialDeadMs: this.#time('initdead', usualInitialDeadMs(deadMs)),
      autoFailback: this.#word('auto_failback', ['legacy', 'on', 'off']),
      messageFormat: this.#word('msgfmt', ['classic', 'netstring']),
      autojoin: this.#word('autojoin', ['none', 'other', 'any']),
      generationFrom: this.#word('hbgenmethod', ['file', 'time']),
      hopFudge: Number(this.#parameters.get('hopfudge')) || 1,
      parameters: this.#parameters,
    };
    this.#judge(conf);
    const isSound = this.#complaints.every(({ severity }) => severity !== 'error');
    return { conf: isSound ? conf : null, complaints: this.#complaints };
  }

  /** What the real daemon looks at before it starts (3.0.6). */
  #judge({ nodes, links, keepaliveMs, deadMs, deadPingMs, initialDeadMs }: HaConf): void {
    const error = (message: string) => this.#complain('error', null, message);
    if (nodes.length === 0) error('No node is named.');
    if (links.length === 0) error('No link is named that Baton can speak over: bcast, ucast or mcast.');
    if (keepaliveMs <= 0) error('keepalive is 0.');
    if (deadMs <= 2 * keepaliveMs)
      error(`deadtime (${deadMs} ms) must be more than twice keepalive (${keepaliveMs} ms).`);
    if (deadPingMs <= 2 * keepaliveMs)
      error(`deadping (${deadPingMs} ms) must be more than twice keepalive (${keepaliveMs} ms).`);
    if (initialDeadMs < deadMs)
      error(`initdead (${initialDeadMs} ms) must not be less than deadtime (${deadMs} ms).`);
    else if (initialDeadMs < 10_000)
      this.#complain(
        'warning',
        null,
        `initdead is ${initialDeadMs} ms; a network may take longer than that to come up.`,
      );
  }

  #time(directive: string, usual: number): number {
    const word = this.#parameters.get(directive);
    if (word === undefined || word === '') return usual;
    const time = millisecondsOf(word);
    if (time === null)
      this.#complain('error', null, `${directive} is ${word}, which is no time such as 2, 1.5 or 500ms.`);
    return time ?? usual;
  }

  #word<const Word extends string>(directive: string, words: readonly [Word, ...Word[]]): Word {
    const said = this.#parameters.get(directive);
    const word = words.find((one) => one === said || sameFlag(one, said));
    if (word === undefined)
      this.#complain('error', null, `${directive} is ${said}, none of ${words.join(', ')}.`);
    return word ?? words[0];
  }

  #portWrong(line: number): number {
    this.#complain('error', line, 'udpport is no port.');
    return usualPort;
  }

  #complain(severity: Complaint['severity'], line: number | null, message: string): void {
    this.#complaints.push({ severity, file: 'ha.cf', line, message });
  }
}

const otherMedia = new Set(['serial', 'ucast6', 'mcast6', 'ping6', 'ping_group', 'hbaping']);

/** Of heartbeat 3.0.6, where initdead is not named. */
function usualInitialDeadMs(deadMs: number): number {
  if (deadMs > 10_000) return deadMs;
  return deadMs < 6_000 ? 12_000 : 2 * deadMs;
}

function multicastIn([device, group, port, timeToLive, loop]: readonly string[]): LinkPlan | string {
  const found = portIn(port);
  const first = Number(/^(\d+)\./.exec(group ?? '')?.[1]);
  if (device === undefined || !isAddress(group) || first < 224 || first > 239)
    return 'mcast wants a device and a group from 224.0.0.0 to 239.255.255.255.';
  if (found === null) return 'mcast wants a port behind its group.';
  if (!/^[1-4]$/.test(timeToLive ?? '')) return 'mcast wants a time to live from 1 to 4 behind its port.';
  if (!/^[01]$/.test(loop ?? ''))
    return 'mcast wants 0 or 1 behind its time to live: whether its own packets come back.';
  return { kind: 'mcast', device, group, port: found, timeToLive: Number(timeToLive) };
}

function portIn(word: string | undefined): number | null {
  const port = word !== undefined && /^\d{1,5}$/.test(word) ? Number(word) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

function isAddress(word: string | undefined): word is string {
  const parts = word?.split('.') ?? [];
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** auto_failback takes the other words for yes and no, too. */
function sameFlag(word: string, said: string | undefined): boolean {
  if (word === 'on') return said === 'yes' || said === 'true';
  return word === 'off' && (said === 'no' || said === 'false');
}
