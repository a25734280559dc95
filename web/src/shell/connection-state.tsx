import { useLive } from '../live/use-live.ts';
import { Tag } from '../parts/tag.tsx';

/** Whether what the page shows is how things stand now. */
export function ConnectionState() {
  const line = useLive((state) => state.line);
  const refusal = useLive((state) => state.refusal);
  return (
    <output aria-live="polite" style={{ display: 'flex' }}>
      {tagOf(line.is, refusal?.status ?? null)}
    </output>
  );
}

function tagOf(line: 'opening' | 'open' | 'lost', refused: number | null) {
  if (line === 'open')
    return (
      <Tag tone="good" icon="check">
        Live
      </Tag>
    );
  if (refused === 401)
    return (
      <Tag tone="warn" icon="lock">
        Not signed in
      </Tag>
    );
  if (line === 'lost' || refused !== null)
    return (
      <Tag tone="bad" icon="cross">
        Not connected
      </Tag>
    );
  return <Tag>Connecting…</Tag>;
}
