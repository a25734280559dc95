import { useEffect, useState } from 'react';
import { apiUrl } from '../router/base.ts';

/** What hooks that run have written so far, by the keys of their runs, `<uid>/<seq>`; nothing while nobody listens. */
export type Voices = ReadonlyMap<string, string>;

const nobody: Voices = new Map();

/** Listens to the hooks of a recovery as they write, while `isOn`. */
export function useVoices(uid: string, isOn: boolean): Voices {
  const [voices, setVoices] = useState<Voices>(nobody);
  useEffect(() => {
    if (!isOn) return;
    const source = new EventSource(apiUrl(`/recoveries/${encodeURIComponent(uid)}/hooks/output`));
    // Each time it is opened it tells what was written from the beginning.
    source.onopen = () => setVoices(nobody);
    source.addEventListener('output', ({ data }: MessageEvent<string>) => {
      const { run, text } = JSON.parse(data) as { run: string; text: string };
      setVoices((before) => new Map(before).set(run, `${before.get(run) ?? ''}${text}`));
    });
    return () => source.close();
  }, [uid, isOn]);
  return voices;
}
