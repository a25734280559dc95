import { Box, Text, Title } from '@mantine/core';
import { Link } from '../router/link.tsx';

/** A place that leads nowhere. */
export function Unknown({ what }: { what: string }) {
  return (
    <Box p="xl" ta="center">
      <Title order={1}>{what}</Title>
      <Text c="dimmed" mt="xs">
        It may have had another name before. <Link to={{ view: 'clusters' }}>All clusters</Link>
      </Text>
    </Box>
  );
}
