import { Box, Button, Group, PasswordInput, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Refusal } from '../api/refusal.ts';
import { beginSession } from '../api/session.ts';
import { live } from '../live/live.ts';
import { sentence } from '../parts/sentence.ts';

/** A token is presented once and kept by the browser where no script reads it. A password is asked for by the browser itself. */
export function SignIn({ refusal }: { refusal: Refusal }) {
  const [token, setToken] = useState('');
  const [isAsking, setAsking] = useState(false);
  const present = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    await beginSession(token.trim()).catch(() => {});
    await live.open();
    setAsking(false);
  };
  return (
    <Box p="xl" maw={480} mx="auto" mt="xl" className="panel">
      <Title order={1}>Sign in</Title>
      <Text c="dimmed" mt={4} role={refusal.code === 'not-signed-in' ? undefined : 'alert'}>
        {sentence(refusal.message)}
      </Text>
      <form onSubmit={(event) => void present(event)}>
        <PasswordInput
          mt="md"
          label="Token"
          description="One of ApiTokens; baton token makes one."
          value={token}
          onChange={({ currentTarget }) => setToken(currentTarget.value)}
          autoComplete="current-password"
          required
          data-autofocus
        />
        <Group mt="md">
          <Button type="submit" loading={isAsking} disabled={token.trim() === ''}>
            Sign in
          </Button>
          <Button variant="default" onClick={() => void live.open()}>
            Ask again
          </Button>
        </Group>
      </form>
    </Box>
  );
}
