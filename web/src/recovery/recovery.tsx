import { Box, Title } from '@mantine/core';

/** One recovery. `seq` is the record up to which it is looked at; null for as it stands. */
export default function Recovery({ uid, seq }: { uid: string; seq: number | null }) {
  return (
    <Box p="md">
      <Title order={1}>
        Recovery {uid} {seq}
      </Title>
    </Box>
  );
}
