import { Box, Title } from '@mantine/core';

export default function Cluster({ cluster, instance }: { cluster: string | null; instance: string | null }) {
  return (
    <Box p="md">
      <Title order={1}>{cluster ?? instance}</Title>
    </Box>
  );
}
