import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HookOutcome } from '../../engine/record.ts';
import { outcomeFile } from './outcome-files.ts';

/** Null where none was written, or what was written cannot be read: then nobody knows how the run ended. */
export function readOutcome(directory: string, key: string): HookOutcome | null {
  try {
    return Written.parse(JSON.parse(readFileSync(outcomeFile(directory, key), 'utf8'))).outcome;
  } catch {
    return null;
  }
}

const Written = z.object({ outcome: HookOutcome });
