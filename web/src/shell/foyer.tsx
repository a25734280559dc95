import { Box, Button, Group, Text, Title } from '@mantine/core';
import { live } from '../live/live.ts';
import { useLive } from '../live/use-live.ts';
import { Busy } from '../parts/busy.tsx';
import { SignIn } from './sign-in.tsx';

/** Before anything is known: it is being fetched, whoever asks has to sign in, or nobody answers. */
export function Foyer() {
  const refusal = useLive((state) => state.refusal);
  if (refusal === null) return <Busy says="Asking the controller" />;
  if (refusal.status === 401 || refusal.status === 403) return <SignIn refusal={refusal} />;
  return (
    <Box p="xl" maw={560} mx="auto" mt="xl" className="panel" role="alert">
      <Title order={1}>{refusal.message}</Title>
      <Text c="dimmed" mt="xs">
        {refusal.fix}
      </Text>
      <Group mt="md">
        <Button variant="default" onClick={() => void live.open()}>
          Ask again
        </Button>
        <Text size="sm" c="dimmed">
          The page asks by itself every two seconds.
        </Text>
      </Group>
    </Box>
  );
}
