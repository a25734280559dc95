/**
 * Releases of Pacemaker whose texts differ: 1.1.10, then 1.1.11 to 2.0, then 2.1, then 3.0. A text is for people;
 * nothing may be decided by it.
 */
export type Release = '1.1.10' | '2.0' | '2.1' | '3.0';

export const usualRelease: Release = '2.1';
