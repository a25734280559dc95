import { spoken } from '../kernel/duration.ts';
import { shortUid } from '../kernel/uid.ts';
import { coordinatesText } from '../topology/coordinates.ts';
import type { Order } from './ports.ts';
import type { HookOutcome, JournalRecord } from './record.ts';

/**
 * One record of the journal as a sentence for a person, or null where it says nothing that its
 * neighbours do not. The command line, the demo and the page tell a run by these.
 */
export function told(record: JournalRecord, records: readonly JournalRecord[]): string | null {
  switch (record.kind) {
    case 'asked':
      return record.sentence;
    case 'answered':
      return isLate(record, records) ? null : toldAnswer(record.answer, record.step);
    case 'act':
      return null;
    case 'acted':
      return toldAct(record, records);
    case 'publish':
      return null;
    case 'published':
      return toldPublication(record, records);
    case 'stage':
      return record.hooks.length === 0 ? null : `${record.stage}: ${record.hooks.length} to run.`;
    case 'hook':
      return record.detached
        ? `${hookName(record)} was started and is not waited for: ${record.command}`
        : null;
    case 'hooked':
      return toldHook(record, records);
    case 'command':
      return `${record.name} is run: ${record.command}`;
    case 'commanded':
      return toldCommand(record, records);
    case 'awaiting':
      return `Nobody saw how ${runName(record.run, records)} ended, and a person is asked what to do: baton approve, until ${new Date(record.deadline).toISOString()}.`;
    case 'approved':
      return `${record.who} said to ${answers[record.answer]}: ${record.why}`;
    case 'timer':
      return `A timer was set for ${spoken(record.due - record.at)} from here.`;
    case 'fired':
      return 'The timer ran out.';
    case 'said':
      return `${record.who} said ${record.event}: ${record.why}`;
    case 'resumed':
    case 'abandoned':
      return `${record.because}.`;
    case 'ended':
      return record.sentence;
  }
}

/** An order in the words of whoever gives it: `follow db2:3306`. */
export function spelled(order: Order): string {
  switch (order.verb) {
    case 'stopReceiving':
      return 'stop receiving from its source';
    case 'startReceiving':
      return 'receive from its source again';
    case 'reconnect':
      return 'connect to its source anew';
    case 'stopApplying':
      return 'stop applying what it has received';
    case 'startApplying':
      return 'apply what it has received';
    case 'promote':
      return 'be the primary';
    case 'follow':
      return `follow ${order.source}${order.at === undefined ? '' : ` from ${coordinatesText(order.at)}`}`;
    case 'forget':
      return 'forget its source';
    case 'detach':
      return 'look for its source where there is none';
    case 'reattach':
      return 'look for its source where it was';
    case 'setReadOnly':
      if (!order.readOnly) return 'take writes';
      return `be read-only${order.evenCommitting === true ? ', whatever commits wait for' : ''}`;
    case 'endConnections':
      return `end the connections of applications${order.evenCommitting === true ? ', those that commit too' : ''}`;
    case 'setSemiSync':
      return `${order.enabled ? 'take' : 'take no'} part in semi-sync as a ${order.side}`;
    case 'setDelay':
      return order.seconds === 0
        ? 'apply what it receives at once'
        : `apply what it receives ${order.seconds} seconds late`;
    case 'useGtid':
      return order.on
        ? 'find its place in its source’s log by GTID'
        : 'find its place in its source’s log by file and position';
    case 'rotateBinlog':
      return 'begin another file of its binary log';
    case 'purgeBinlog':
      return `remove the files of its binary log before ${order.before}`;
    case 'endStatement':
      return `end the statement of connection ${order.connection}`;
    case 'skipTransaction':
      return 'leave out the transaction at which applying has stopped';
    case 'injectEmpty':
      return `write empty transactions for ${order.gtids}`;
    case 'clone':
      return `throw away all that it has and be a copy of ${order.donor}`;
    case 'resetBinlog':
      return `begin its binary log anew after ${order.executed === '' ? 'nothing' : order.executed}`;
  }
}

/** What a person may say to the hook of this run that waits for one: commands with what they do. */
export function toldChoices(uid: string): string {
  return `baton approve ${shortUid(uid)} --why TEXT runs it again, with --skip it is taken for done, with --fail for failed`;
}

const answers = {
  rerun: 'run it again',
  skip: 'take it for done',
  fail: 'take it for failed',
} as const;

/** `exited 0 after 12 ms`, `did not end in time and was killed after 30 s: …`. */
export function toldOutcome({ ended, exitCode, signal, tookMs, because }: HookOutcome): string {
  const after = `after ${spoken(tookMs)}`;
  const why = because === null ? '' : `: ${because}`;
  switch (ended) {
    case 'exited':
      // Requests alone say why; their exit codes are ours.
      if (because !== null) return `failed ${after}${why}`;
      return `exited ${exitCode} ${after}${exitMeans(exitCode)}${why}`;
    case 'signalled':
      return `was ended by ${signal} ${after}${why}`;
    case 'timed-out':
      return `did not end in time and was killed ${after}${why}`;
    case 'not-started':
      return `was not started${why}`;
    case 'unknown':
      return `ended in a way that nobody saw${why}`;
  }
}

/** What a shell's own codes say. */
function exitMeans(exitCode: number | null): string {
  if (exitCode === 126) return ' (something in it may not be executed)';
  return exitCode === 127 ? ' (a command in it was not found)' : '';
}

type Kind<K extends JournalRecord['kind']> = Extract<JournalRecord, { kind: K }>;

function toldAnswer(answer: Kind<'answered'>['answer'], step: string): string | null {
  if (answer.kind === 'refused') return `No: ${answer.because}.`;
  if (answer.kind === 'error') return `${step} failed: ${answer.because}.`;
  const because = (answer.value as { because?: unknown } | null)?.because;
  return typeof because === 'string' ? asSentence(because) : null;
}

/** The machine had left the state that asked, and never heard it. */
function isLate({ to, seq }: Kind<'answered'>, records: readonly JournalRecord[]): boolean {
  return records.some(
    (one) => one.seq > to && one.seq < seq && (one.kind === 'asked' || one.kind === 'said'),
  );
}

/** A reason as a sentence of its own; the name of a server keeps its spelling. */
export function asSentence(because: string): string {
  const [first = ''] = because.split(' ', 1);
  const spelt = first.includes(':') ? because : `${because.slice(0, 1).toUpperCase()}${because.slice(1)}`;
  return `${spelt}.`;
}

function toldAct(acted: Kind<'acted'>, records: readonly JournalRecord[]): string | null {
  const act = records.find((one): one is Kind<'act'> => one.kind === 'act' && one.seq === acted.of);
  if (act === undefined) return null;
  // The order was written by this house; its shape is checked where it is carried out.
  const wish = spelled(act.order as Order);
  if (acted.outcome === 'failed') return `${act.instance} would not ${wish}: ${acted.because}.`;
  return `${act.instance} was asked to ${wish}.`;
}

function toldHook(hooked: Kind<'hooked'>, records: readonly JournalRecord[]): string | null {
  const hook = records.find((one): one is Kind<'hook'> => one.kind === 'hook' && one.seq === hooked.run);
  if (hook === undefined) return null;
  const warning = hooked.class === 'warning' ? ', which is a warning' : '';
  return `${hookName(hook)} ${toldOutcome(hooked.outcome)}${warning}: ${hook.command}`;
}

function toldPublication(
  { of, because }: Kind<'published'>,
  records: readonly JournalRecord[],
): string | null {
  const publication = records.find((one): one is Kind<'publish'> => one.kind === 'publish' && one.seq === of);
  if (publication === undefined) return null;
  const { primary, before } = publication;
  const words = primary === null ? `${before} was withdrawn` : `The world was told of ${primary}`;
  const wish = primary === null ? `${before} was to be withdrawn` : `The world was to be told of ${primary}`;
  return because === null ? `${words}.` : `${wish}: ${because}.`;
}

function toldCommand({ run, outcome }: Kind<'commanded'>, records: readonly JournalRecord[]): string | null {
  const command = records.find((one): one is Kind<'command'> => one.kind === 'command' && one.seq === run);
  return command === undefined ? null : `${command.name} ${toldOutcome(outcome)}`;
}

function runName(seq: number, records: readonly JournalRecord[]): string {
  const hook = records.find((one): one is Kind<'hook'> => one.kind === 'hook' && one.seq === seq);
  return hook === undefined ? 'a hook' : hookName(hook);
}

function hookName({ stage, index, of, attempt }: Kind<'hook'>): string {
  return `${stage} hook ${index + 1} of ${of}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}
