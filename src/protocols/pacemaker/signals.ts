/** What Pacemaker told an agent of ours on one node, by the environment that it was called with. */
export type Signal = Origin & (ResourceSignal | FencingSignal | NodeSignal | AttributeSignal);

interface Origin {
  /** Alerts say when they were; crm_mon's calls neither when nor in which order. */
  readonly via: 'alert' | 'crm_mon';
  /** Whom or what it is about; of a fencing the target. */
  readonly node: string;
  /** Milliseconds since 1970, with a fraction. */
  readonly at: number | null;
  /** Counts the alerts of one node, from 1 each time its daemons start. */
  readonly sequence: number | null;
}

export interface ResourceSignal {
  readonly kind: 'resource';
  readonly resource: string;
  readonly task: string;
  readonly status: number;
  readonly rc: number;
  readonly targetRc: number;
  readonly description: string;
}

export interface FencingSignal {
  readonly kind: 'fencing';
  /** 0, or what went wrong as a negative errno. */
  readonly rc: number;
  readonly description: string;
  /** Names the fencing on all nodes that tell of it. */
  readonly reference: string | null;
}

export interface NodeSignal {
  readonly kind: 'node';
  readonly state: 'member' | 'lost';
}

export interface AttributeSignal {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: string;
}

type Variables = Readonly<Record<string, string>>;

/** The variables that crm_mon sets (Pacemaker before 3.0 sets them for alerts too). */
const told = ['node', 'rsc', 'task', 'desc', 'rc', 'target_rc', 'status', 'recipient'];
/** Those that only alerts have. */
const toldByAlerts = [
  'kind',
  'version',
  'node_sequence',
  'timestamp_epoch',
  'timestamp_usec',
  'nodeid',
  'interval',
  'exec_time',
  'attribute_name',
  'attribute_value',
];

/** All that an agent keeps of its environment. */
export const signalVariables: readonly string[] = [
  ...told.map((name) => `CRM_notify_${name}`),
  ...[...told, ...toldByAlerts].map((name) => `CRM_alert_${name}`),
];

/** Null where the variables tell of nothing that is known, or a number is none. */
export function signalOf(variables: Variables): Signal | null {
  const isAlert = variables['CRM_alert_kind'] !== undefined;
  const word = (name: string) => variables[`${isAlert ? 'CRM_alert' : 'CRM_notify'}_${name}`];
  const node = word('node');
  const what = contentOf(word);
  if (node === undefined || what === null) return null;
  return { via: isAlert ? 'alert' : 'crm_mon', node, ...whenOf(word), ...what };
}

type Word = (name: string) => string | undefined;

function contentOf(word: Word): ResourceSignal | FencingSignal | NodeSignal | AttributeSignal | null {
  // Of a fencing, crm_mon's variable of the resource is the one of the event before.
  const kind = word('kind') ?? (word('task')?.startsWith('st_notify') ? 'fencing' : 'resource');
  if (kind === 'resource') return resourceOf(word);
  if (kind === 'fencing') return fencingOf(word);
  if (kind === 'node') return nodeOf(word);
  return kind === 'attribute' ? attributeOf(word) : null;
}

function resourceOf(word: Word): ResourceSignal | null {
  const [resource, task] = [word('rsc'), word('task')];
  const [status, rc, targetRc] = [number(word('status')), number(word('rc')), number(word('target_rc'))];
  if (resource === undefined || task === undefined) return null;
  if (status === null || rc === null || targetRc === null) return null;
  return { kind: 'resource', resource, task, status, rc, targetRc, description: word('desc') ?? '' };
}

function fencingOf(word: Word): FencingSignal | null {
  const rc = number(word('rc'));
  const description = word('desc') ?? '';
  const [, reference = null] = /\(ref=([^()\s]+)\)\s*$/.exec(description) ?? [];
  return rc === null ? null : { kind: 'fencing', rc, description, reference };
}

function nodeOf(word: Word): NodeSignal | null {
  const state = word('desc');
  return state === 'member' || state === 'lost' ? { kind: 'node', state } : null;
}

function attributeOf(word: Word): AttributeSignal | null {
  const name = word('attribute_name');
  return name === undefined ? null : { kind: 'attribute', name, value: word('attribute_value') ?? '' };
}

function whenOf(word: Word): Pick<Origin, 'at' | 'sequence'> {
  const [seconds, micro] = [number(word('timestamp_epoch')), number(word('timestamp_usec'))];
  const at = seconds === null ? null : seconds * 1_000 + (micro ?? 0) / 1_000;
  return { at, sequence: number(word('node_sequence')) };
}

function number(written: string | undefined): number | null {
  return written !== undefined && /^-?\d{1,15}$/.test(written) ? Number(written) : null;
}
