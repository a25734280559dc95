import { Center, Loader, Text } from '@mantine/core';

/** Something is under way, and there is nothing to show yet. */
export function Busy({ says }: { says: string }) {
  return (
    <Center p="xl" role="status" data-busy>
      <Loader size="sm" mr="sm" aria-hidden="true" />
      <Text c="dimmed">{says}…</Text>
    </Center>
  );
}
