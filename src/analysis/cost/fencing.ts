import type { Server } from '../../topology/observation.ts';

/**
 * How sure it is that the old primary takes no more writes, the least first: nothing was tried; all that could be
 * tried was; its lease has run out by the clock; it was seen on the server itself that nobody can write there, or its power is off.
 */
export const fencingLevels = ['none', 'attempted', 'timed', 'proven'] as const;
export type FencingLevel = (typeof fencingLevels)[number];

export function reaches(level: FencingLevel, required: FencingLevel): boolean {
  return fencingLevels.indexOf(level) >= fencingLevels.indexOf(required);
}

/** What being read-only proves of a server that answers: MySQL has super_read_only, MariaDB lets in whoever has READ ONLY ADMIN. */
export function readOnlyReaches(flavour: Server['flavour']): FencingLevel {
  return flavour === 'mariadb' ? 'attempted' : 'proven';
}

export function highest(levels: readonly FencingLevel[]): FencingLevel {
  return levels.reduce<FencingLevel>((most, level) => (reaches(level, most) ? level : most), 'none');
}
