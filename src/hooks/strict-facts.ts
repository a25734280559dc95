import { createHash } from 'node:crypto';
import type { HookFacts } from '../engine/ports.ts';
import type { HookStage } from '../engine/record.ts';

/**
 * What orchestrator tells the hooks of a stage, to the letter (orchestrator 3.2.6, section 1.1): detection
 * hooks get a uid that no recovery has; hooks before a planned takeover get none, and are told of its success.
 */
export function asToldAt(stage: HookStage, facts: HookFacts): HookFacts {
  if (stage === 'OnFailureDetectionProcesses')
    return { ...facts, recoveryUid: anotherUid(facts.recoveryUid) };
  if (stage !== 'PreGracefulTakeoverProcesses') return facts;
  const { successor } = facts;
  return {
    ...facts,
    recoveryUid: '',
    isSuccessful: true,
    successor: successor && { ...successor, alias: '', binlogCoordinates: null },
    lostReplicas: [],
  };
}

/** The same again when the detection is continued. */
function anotherUid(uid: string): string {
  const [at = '0'] = uid.split(':', 1);
  return `${at}:${createHash('sha256').update(uid).digest('hex')}`;
}
