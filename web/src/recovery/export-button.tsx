import { Button } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { refusalOf } from '../api/refusal.ts';

/** Gives the incident to whoever asks, as one file that needs no controller any more. */
export function ExportButton({ uid }: { uid: string }) {
  const [says, setSays] = useState<string | null>(null);
  const take = async () => {
    setSays('Writing…');
    try {
      save(await ask<{ file: string; html: string }>(`/recoveries/${encodeURIComponent(uid)}/report`));
      setSays(null);
    } catch (error) {
      setSays(refusalOf(error).message);
    }
  };
  return (
    <Button size="xs" variant="default" onClick={() => void take()}>
      {says ?? 'Save as a file'}
    </Button>
  );
}

function save({ file, html }: { file: string; html: string }): void {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  URL.revokeObjectURL(url);
}
