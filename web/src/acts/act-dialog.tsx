import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Act } from './act.ts';
import { wordsOf } from './act.ts';
import { ActForm } from './act-form.tsx';
import { openAct, useOpenAct } from './open-act.ts';

/** What an act would do and every gate, then who wants it and why, then the act. */
export function ActDialog() {
  const asked = useOpenAct();
  const [act, setAct] = useState<Act | null>(asked);
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  useEffect(() => setAct(asked), [asked]);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => openAct(null)}
      title={act === null ? '' : wordsOf(act).title}
      size="lg"
      // Above the details of an instance, wherever those are drawn.
      zIndex={300}
      fullScreen={isNarrow}
      styles={{ title: { fontWeight: 600, fontSize: 16, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {act === null ? null : <ActForm act={act} change={setAct} />}
    </Modal>
  );
}
