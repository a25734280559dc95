import { Box, Title } from '@mantine/core';
import { useLive } from '../live/use-live.ts';
import { Link } from '../router/link.tsx';

/** All clusters. */
export function Clusters() {
  const clusters = useLive((state) => state.clusters);
  return (
    <Box p="md">
      <Title order={1}>Clusters</Title>
      {clusters?.map(({ id, alias }) => (
        <div key={id}>
          <Link to={{ view: 'cluster', cluster: alias, instance: null }}>{alias}</Link>
        </div>
      ))}
    </Box>
  );
}
