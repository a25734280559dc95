import { NativeSelect } from '@mantine/core';
import { useLive } from '../live/use-live.ts';
import type { LiveCluster } from '../live/standing.ts';
import type { Act } from './act.ts';

const hourMs = 3_600_000;
const spans = [
  { label: '15 minutes', value: String(hourMs / 4) },
  { label: '1 hour', value: String(hourMs) },
  { label: '4 hours', value: String(4 * hourMs) },
  { label: '1 day', value: String(24 * hourMs) },
  { label: '1 week', value: String(168 * hourMs) },
];

/** What of an act is left for the person to choose. */
export function ActWishes({ act, change }: { act: Act; change: (act: Act) => void }) {
  const clusters = useLive((state) => state.clusters);
  switch (act.is) {
    case 'begin-downtime':
      return (
        <NativeSelect
          label="For how long"
          data={spans}
          value={String(act.forMs)}
          onChange={({ currentTarget }) => change({ ...act, forMs: Number(currentTarget.value) })}
        />
      );
    case 'takeover':
      return (
        <NativeSelect
          label="The new primary"
          data={[
            { label: 'The one that Baton would choose', value: '' },
            ...replicasOf(act.cluster, clusters),
          ]}
          value={act.to ?? ''}
          onChange={({ currentTarget }) =>
            change({ ...act, to: currentTarget.value === '' ? null : currentTarget.value })
          }
        />
      );
    case 'relocate':
      return (
        <NativeSelect
          label="Below"
          data={othersBeside(act.instance, clusters)}
          value={act.below}
          onChange={({ currentTarget }) => change({ ...act, below: currentTarget.value })}
        />
      );
    default:
      return null;
  }
}

function replicasOf(cluster: string, clusters: readonly LiveCluster[] | null): readonly string[] {
  const found = clusters?.find(({ alias }) => alias === cluster);
  return found?.instances.filter(({ source }) => source !== null).map(({ instance }) => instance) ?? [];
}

function othersBeside(instance: string, clusters: readonly LiveCluster[] | null): string[] {
  const found = clusters?.find(({ instances }) => instances.some((each) => each.instance === instance));
  return found?.instances.map((each) => each.instance).filter((each) => each !== instance) ?? [];
}
