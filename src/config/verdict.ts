import { type KeyName, keys } from './keys.ts';

/** What becomes of a key: acted upon, taken over by another, of no effect, or relied on by somebody and not acted upon. */
export type KeyVerdict = 'honoured' | 'mapped' | 'ignored' | 'unsafe';

/** The verdict on a key, and why where that is not plain. */
export function verdictOn(name: KeyName): { readonly verdict: KeyVerdict; readonly because: string } {
  const { standing } = keys[name];
  switch (standing.use) {
    case 'used':
      return { verdict: 'honoured', because: '' };
    case 'mapped':
      return { verdict: 'mapped', because: `Its value is taken over by ${standing.to}.` };
    case 'accepted':
      return {
        verdict: standing.whenSet === 'warning' ? 'unsafe' : 'ignored',
        because: standing.because,
      };
  }
}
