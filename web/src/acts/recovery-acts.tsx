import { Group } from '@mantine/core';
import type { Recovery } from '../api/types.ts';
import { ActButton } from './act-button.tsx';

/** What a person may say of a recovery. `isAsked` where it waits for a word about a hook whose outcome nobody saw. */
export function RecoveryActs({
  recovery: { uid, endedAt, acknowledged },
  isAsked,
}: {
  recovery: Pick<Recovery, 'uid' | 'endedAt' | 'acknowledged'>;
  isAsked: boolean;
}) {
  const answers = ['rerun', 'skip', 'fail'] as const;
  return (
    <Group gap="xs">
      {isAsked
        ? answers.map((answer) => <ActButton key={answer} act={{ is: 'approve', uid, answer }} />)
        : null}
      {endedAt === null ? <ActButton act={{ is: 'cancel', uid }}>Stop it…</ActButton> : null}
      {endedAt !== null && acknowledged === null ? (
        <ActButton act={{ is: 'acknowledge', uid }}>Acknowledge…</ActButton>
      ) : null}
    </Group>
  );
}
