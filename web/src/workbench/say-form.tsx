import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Control } from '../../../src/simulation/stage/stage.ts';

/** Whatever a story can say, said by hand. */
export function SayForm({ control }: { control: (wish: Control) => void }) {
  const [command, setCommand] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (command.trim() === '') return;
        control({ do: 'say', command });
        setCommand('');
      }}
    >
      <Group mt="sm" align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label="Say what happens next"
          description="As a story would: write 10 a · lag b 5000 · cut baton a · takeover a b · explain · topology"
          value={command}
          onChange={(event) => setCommand(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
        />
        <Button type="submit" variant="default">
          Say
        </Button>
      </Group>
    </form>
  );
}
