import type { Problem } from './types.ts';

/** An answer of the API that says no, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: Refused['code'];
  /** What a person can do. */
  readonly fix: string;

  constructor({ status, code, detail, fix }: Refused) {
    super(detail);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.fix = fix;
  }
}

/** What went wrong: of the controller's own telling, or `unreachable` where nothing came back. */
export type Refused = Pick<Problem, 'status' | 'detail' | 'fix'> & {
  readonly code: Problem['code'] | 'unreachable';
};

/** What to show of whatever went wrong. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal({
    status: 0,
    code: 'unreachable',
    detail: 'The controller does not answer.',
    fix: 'See whether it runs and whether this machine reaches it; nothing was changed by this page.',
  });
}
