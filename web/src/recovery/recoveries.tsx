import { Box, Title } from '@mantine/core';

/** What was and is being recovered. */
export default function Recoveries({ cluster }: { cluster: string | null }) {
  return (
    <Box p="md">
      <Title order={1}>Recoveries{cluster === null ? '' : ` of ${cluster}`}</Title>
    </Box>
  );
}
