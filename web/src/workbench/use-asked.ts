import { useEffect, useState } from 'react';
import { ask } from '../api/client.ts';

/** What a question was answered; null until then, or the words of the refusal. */
export function useAsked<T>(path: string): { readonly answer: T | null; readonly because: string | null } {
  const [answer, setAnswer] = useState<T | null>(null);
  const [because, setBecause] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    ask<T>(path, leaving.signal).then(setAnswer, (error: unknown) => {
      if (!leaving.signal.aborted) setBecause(error instanceof Error ? error.message : String(error));
    });
    return () => leaving.abort();
  }, [path]);
  return { answer, because };
}
