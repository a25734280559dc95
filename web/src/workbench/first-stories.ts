/** A story that has a run of each workflow, to begin a walk with what it was begun with there. */
export const firstStories: Readonly<Record<string, string>> = {
  'all-clear': 'all-clear-waits-for-the-alarm',
  detection: 'dead-primary',
  hearing: 'signal-command',
  mending: 'read-only-primary',
  recovery: 'dead-primary',
  rejoin: 'replaced-primary-rejoins',
  relocation: 'dead-intermediate',
  reshaping: 'operate-relocate',
  returning: 'replaced-primary-is-silenced',
  suspicion: 'silent-primary',
  takeover: 'takeover',
};
