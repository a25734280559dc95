import { Box, Title } from '@mantine/core';

/** Where a workflow is walked by hand. `rest` is what stands behind `workbench/` in the address. */
export default function Workbench({ rest }: { rest: readonly string[] }) {
  return (
    <Box p="md">
      <Title order={1}>Workbench {rest.join(' ')}</Title>
    </Box>
  );
}
