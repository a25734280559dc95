import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { tell } from '../api/client.ts';
import { Refusal, refusalOf } from '../api/refusal.ts';
import { useLive } from '../live/use-live.ts';
import { Notice } from '../parts/notice.tsx';
import { sentence } from '../parts/sentence.ts';
import { Link } from '../router/link.tsx';
import { type Act, askingOf, begunIn, isClear, wordsOf } from './act.ts';
import { ActWishes } from './act-wishes.tsx';
import { Foresight } from './foresight.tsx';
import { keptName, keepName } from './kept-name.ts';
import { openAct } from './open-act.ts';
import { useForeseen } from './use-foreseen.ts';

/** `change` is called with the act as the person has changed it, another target for instance. */
export function ActForm({ act, change }: { act: Act; change: (act: Act) => void }) {
  const session = useLive((state) => state.session);
  const foreseen = useForeseen(act);
  const [by, setBy] = useState(session?.name ?? keptName());
  const [why, setWhy] = useState('');
  const [outcome, setOutcome] = useState<Outcome>({ is: 'none' });
  // Whoever presses twice has it done once.
  const key = useId();
  const [asked, setAsked] = useState(() => `${Date.now()}${key}`);
  const isClearNow = foreseen !== null && !(foreseen instanceof Refusal) && isClear(foreseen);
  const isReady = isClearNow && by.trim() !== '' && why.trim() !== '' && outcome.is !== 'asking';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    keepName(by);
    setOutcome({ is: 'asking' });
    try {
      const { path, body } = askingOf(act, { by, why });
      setOutcome({ is: 'done', uid: begunIn(await tell(path, body, asked)) });
    } catch (error) {
      setAsked(`${Date.now()}${key}`);
      setOutcome({ is: 'refused', refusal: refusalOf(error) });
    }
  };

  if (outcome.is === 'done') return <Done uid={outcome.uid} />;
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <ActWishes act={act} change={change} />
        <Foresight foreseen={foreseen} />
        <Group grow align="flex-start">
          {session?.speaksForOthers === false ? null : (
            <TextInput
              label="Who you are"
              value={by}
              onChange={(event) => setBy(event.currentTarget.value)}
              required
            />
          )}
        </Group>
        <Textarea
          label="Why"
          description="It stands in the journal and in the audit."
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          autosize
          minRows={1}
          required
        />
        {outcome.is === 'refused' ? (
          <Notice tone="bad" title={sentence(outcome.refusal.message)}>
            {sentence(outcome.refusal.fix)}
          </Notice>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => openAct(null)}>
            Leave it
          </Button>
          <Button type="submit" disabled={!isReady} loading={outcome.is === 'asking'}>
            {wordsOf(act).button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Outcome =
  | { readonly is: 'none' | 'asking' }
  | { readonly is: 'done'; readonly uid: string | null }
  | { readonly is: 'refused'; readonly refusal: Refusal };

function Done({ uid }: { uid: string | null }) {
  return (
    <Stack gap="sm" role="status">
      <Text>{uid === null ? 'It is done.' : 'It stands in the journal and goes on by itself.'}</Text>
      <Group justify="flex-end">
        {uid === null ? null : <Link to={{ view: 'recovery', uid, seq: null }}>Watch it</Link>}
        <Button variant="default" onClick={() => openAct(null)} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
