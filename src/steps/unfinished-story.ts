/**
 * What a run that this build cannot continue has come to know, as far as whoever settles it may rely on it: nothing but
 * that its hooks were told of a beginning.
 */
export const unfinishedStory = {
  election: null,
  fencing: null,
  lost: [],
  unapplied: '',
  verdict: null,
  prepared: true,
  hookFailure: null,
  reason: null,
} as const;
