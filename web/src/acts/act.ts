import type { Begun, Gate, OperationPreview, Session, TakeoverPreview } from '../api/types.ts';

/** What a person can have done from the page. */
export type Act =
  | { readonly is: 'relocate'; readonly instance: string; readonly below: string }
  /** `to` is null where Baton chooses. */
  | { readonly is: 'takeover'; readonly cluster: string; readonly to: string | null }
  | { readonly is: 'recover'; readonly instance: string }
  | { readonly is: 'begin-downtime'; readonly instance: string; readonly forMs: number }
  | { readonly is: 'end-downtime'; readonly instance: string }
  | { readonly is: 'disable' }
  | { readonly is: 'enable' }
  | { readonly is: 'acknowledge'; readonly uid: string }
  | { readonly is: 'cancel'; readonly uid: string }
  | { readonly is: 'approve'; readonly uid: string; readonly answer: 'rerun' | 'skip' | 'fail' };

/** What would come of an act, as far as it can be known before. */
export interface Foreseen {
  readonly gates: readonly Gate[];
  /** What speaks against it. */
  readonly refusals: readonly string[];
  /** What would be done, line by line. */
  readonly plan: readonly string[];
  /** Who would be promoted and why, where somebody would. */
  readonly because: string | null;
}

/** A question to the API. */
export interface Asking {
  readonly path: string;
  readonly body: unknown;
}

/** Who wants it and why: the API wants both of every act. */
export interface Asker {
  readonly by: string;
  readonly why: string;
}

/** A preview is nobody's and touches nothing. */
const somebody: Asker = { by: 'the page', why: 'a preview' };

/** What is asked to have it done. */
export function askingOf(act: Act, asker: Asker): Asking {
  switch (act.is) {
    case 'relocate':
      return { path: '/operations', body: { ...asker, operation: operationOf(act) } };
    case 'takeover':
      return { path: `/clusters/${named(act.cluster)}/takeover`, body: { ...asker, to: act.to, auto: true } };
    case 'recover':
      return { path: `/instances/${named(act.instance)}/recover`, body: asker };
    case 'begin-downtime':
      return { path: '/downtime/begin', body: { ...asker, instance: act.instance, forMs: act.forMs } };
    case 'end-downtime':
      return { path: '/downtime/end', body: { instance: act.instance, by: asker.by } };
    case 'disable':
    case 'enable':
      return { path: `/restraints/${act.is}`, body: asker };
    case 'acknowledge':
      return { path: `/recoveries/${named(act.uid)}/acknowledge`, body: asker };
    case 'cancel':
      return { path: '/cancel', body: { ...asker, what: act.uid } };
    case 'approve':
      return { path: `/recoveries/${named(act.uid)}/approve`, body: { ...asker, answer: act.answer } };
  }
}

/** What is asked to know what would come of it; null where that can be said without asking. */
export function previewOf(act: Act): Asking | null {
  switch (act.is) {
    case 'relocate':
      return { path: '/operations/preview', body: { operation: operationOf(act) } };
    case 'takeover':
    case 'recover': {
      const { path, body } = askingOf(act, somebody);
      return { path: `${path}/preview`, body };
    }
    default:
      return null;
  }
}

/** What a preview answered, whichever it was. */
export function foreseenIn(answer: TakeoverPreview | OperationPreview): Foreseen {
  if ('refusals' in answer) {
    // A gate that is shut says it already.
    const refusals = answer.refusals.filter((one) => answer.gates.every(({ because }) => because !== one));
    return { ...answer, refusals, because: null };
  }
  const { gates, plan, successor, because, comparisons } = answer;
  const chosen = successor === null ? because : `${successor} would be promoted: ${because}`;
  return {
    gates,
    plan,
    refusals: [],
    because: [chosen, ...comparisons].filter((each) => each !== '').join('\n') || null,
  };
}

/** What is known beforehand of an act that has no preview. */
export function foreseenOf(act: Act): Foreseen {
  return { gates: [], refusals: [], because: null, plan: consequencesOf(act) };
}

/** Nothing speaks against it. */
export function isClear({ gates, refusals }: Foreseen): boolean {
  return refusals.length === 0 && gates.every(({ open }) => open);
}

/** The words of an act: what it is called, and what its button says. */
export function wordsOf(act: Act): { readonly title: string; readonly button: string } {
  switch (act.is) {
    case 'relocate':
      return { title: `Move ${act.instance} below ${act.below}`, button: 'Move it' };
    case 'takeover':
      return { title: `Change the primary of ${act.cluster}`, button: 'Change the primary' };
    case 'recover':
      return { title: `Recover ${act.instance}`, button: 'Recover' };
    case 'begin-downtime':
      return { title: `Leave ${act.instance} alone for a time`, button: 'Begin the downtime' };
    case 'end-downtime':
      return { title: `End the downtime of ${act.instance}`, button: 'End it' };
    case 'disable':
      return { title: 'Forbid all recoveries', button: 'Forbid them' };
    case 'enable':
      return { title: 'Allow recoveries again', button: 'Allow them' };
    case 'acknowledge':
      return { title: 'Acknowledge how this ended', button: 'Acknowledge' };
    case 'cancel':
      return { title: 'Have this stop where it still can', button: 'Stop it' };
    case 'approve':
      return hookWords[act.answer];
  }
}

const hookWords = {
  rerun: { title: 'Run the hook again', button: 'Run it again' },
  skip: { title: 'Go on without the hook', button: 'Go on without it' },
  fail: { title: 'Take the hook for failed', button: 'Take it for failed' },
} as const;

/** The role that the API wants for it. */
export function needOf(act: Act): Session['role'] {
  if (act.is === 'acknowledge') return 'acknowledge';
  return act.is === 'approve' ? 'approve' : 'recover';
}

/** The uid of what was begun; null where it was done at once. */
export function begunIn(answer: unknown): string | null {
  const { uid } = Object(answer) as Partial<Begun>;
  return typeof uid === 'string' ? uid : null;
}

function consequencesOf(act: Act): readonly string[] {
  switch (act.is) {
    case 'begin-downtime':
      return [
        `What is wrong with ${act.instance} is found and shown, and Baton does nothing about it.`,
        'It is not promoted in the place of another while the downtime lasts.',
      ];
    case 'end-downtime':
      return [`Baton acts again on what is wrong with ${act.instance}, at once if something is.`];
    case 'disable':
      return [
        'Baton goes on looking, and begins no recovery of any cluster by itself until somebody allows it.',
        'What is under way goes on. What people ask for is done as before.',
      ];
    case 'enable':
      return ['Baton recovers again by itself, at once where a primary is dead.'];
    case 'acknowledge':
      return ['It holds back no further recovery of its cluster or its instance.'];
    case 'cancel':
      return [
        'Before the promotion everything is put back as it was, or it is said what could not be.',
        'From the promotion on it is carried to its end, for half of it would be worse; then this is refused.',
      ];
    case 'approve':
      return [hookConsequences[act.answer]];
    default:
      return [];
  }
}

const hookConsequences = {
  rerun: 'The hook whose outcome nobody saw is run once more; it may have done its work before.',
  skip: 'The hook whose outcome nobody saw is not run again; it may have done nothing.',
  fail: 'The hook whose outcome nobody saw counts as failed, and what follows is as after a failed hook.',
} as const;

function operationOf({ instance, below }: Extract<Act, { is: 'relocate' }>) {
  return { verb: 'relocate', instance, below };
}

function named(name: string): string {
  return encodeURIComponent(name);
}
