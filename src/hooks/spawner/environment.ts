import { ownVariables } from '../own-variables.ts';

/** What hooks get besides their own variables. */
export interface HookEnvironment {
  /** HookEnvironment: the controller's own, or next to nothing. */
  readonly kind: 'inherit' | 'clean';
  /** Names that hold Baton's own secrets. */
  readonly withhold: readonly string[];
}

const cleanNames = ['PATH', 'HOME', 'LANG', 'TMPDIR'];

export function environmentOf(
  { kind, withhold }: HookEnvironment,
  own: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const kept = (name: string) =>
    (kind === 'inherit' || cleanNames.includes(name)) && !withhold.includes(name) && !ownVariables.has(name);
  return Object.fromEntries(Object.entries(own).filter(([name]) => kept(name)));
}
