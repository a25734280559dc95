import { useLive } from '../live/use-live.ts';
import { timeText } from '../parts/moments.ts';
import { Notice } from '../parts/notice.tsx';

/** Nothing is heard of the controller: what is shown is how things stood when it was. */
export function Lost() {
  const line = useLive((state) => state.line);
  const knows = useLive((state) => state.clusters !== null);
  if (line.is !== 'lost' || !knows) return null;
  return (
    <Notice tone="bad" title={`No word from the controller since ${timeText(line.since)}`}>
      What you see is how things stood then. The page goes on trying; nothing that the controller does depends
      on it.
    </Notice>
  );
}
