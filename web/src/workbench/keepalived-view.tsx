import { Button, FileButton, Group, Select, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Profile, ToldState, WhenEntry } from '../../../src/protocols/keepalived/index.ts';
import type { DrawnMachine } from '../api/types.ts';
import { Busy } from '../parts/busy.tsx';
import { Notice } from '../parts/notice.tsx';
import { Statechart } from '../recovery/statechart.tsx';
import { litFor, meantBy, toldAs } from './keepalived-conf.ts';
import { useAsked } from './use-asked.ts';
import classes from './workbench.module.css';

/** When keepalived calls which script of a keepalived.conf: the machine of a VRRP instance, the scripts at its states. */
export function KeepalivedView() {
  const [text, setText] = useState('');
  const [profile, setProfile] = useState<Profile>('2.x');
  return (
    <>
      <Group mb="sm" align="flex-end">
        <Select
          label="keepalived"
          data={['2.x', '1.2']}
          value={profile}
          onChange={(value) => setProfile(value === '1.2' ? '1.2' : '2.x')}
          allowDeselect={false}
          w={110}
        />
        <FileButton onChange={(file) => void file?.text().then(setText)} accept=".conf,text/plain">
          {(props) => (
            <Button {...props} variant="default">
              Open a file
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label="keepalived.conf"
        description="It stays in this page. As baton vrrp when FILE reads it; files that it includes are left out."
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        autosize
        minRows={4}
        maxRows={14}
        mb="sm"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      />
      {text.trim() === '' ? (
        <Notice tone="calm" title="Open a keepalived.conf, or paste one">
          The states in which it calls scripts are then marked in the machine of a VRRP instance.
        </Notice>
      ) : (
        <MeantView text={text} profile={profile} />
      )}
    </>
  );
}

function MeantView({ text, profile }: { text: string; profile: Profile }) {
  const { complaints, parts } = useMemo(() => meantBy(text, profile), [text, profile]);
  const [name, setName] = useState<string | null>(null);
  const part = parts.find((one) => one.name === name) ?? parts[0];
  return (
    <>
      {complaints.length === 0 ? null : (
        <Notice tone="warn" title={`keepalived reads it otherwise in ${complaints.length} places`}>
          {complaints.map(({ line, code, message }) => (
            <div key={`${line} ${code}`}>
              Line {line}: {message}
            </div>
          ))}
        </Notice>
      )}
      {part === undefined ? (
        <Notice tone="calm" title="There is no vrrp_instance in it" />
      ) : (
        <>
          <Select
            label="Of"
            data={parts.map((one) => one.name)}
            value={part.name}
            onChange={setName}
            allowDeselect={false}
            w={300}
            mb="sm"
          />
          <PartView key={part.name} about={part.about} entries={part.entries} />
        </>
      )}
    </>
  );
}

function PartView({ about, entries }: { about: string; entries: readonly WhenEntry[] }) {
  const { answer: machine, because } = useAsked<DrawnMachine>('/machines/role');
  const [looked, setLooked] = useState<ToldState | null>(null);
  const lit = useMemo(() => litFor(entries, looked), [entries, looked]);
  return (
    <div className={classes['columns']}>
      <section className={`panel ${classes['chart']}`} aria-label="The machine">
        {because === null ? null : <Notice tone="bad" title={because} />}
        {machine === null ? (
          <Busy says="Drawing the machine" />
        ) : (
          <Statechart drawing={machine.drawing} lit={lit} onState={(id) => setLooked(toldAs(id))} />
        )}
        <p>▶ looked at · ✓ scripts are called there</p>
      </section>
      <section className="panel" aria-label="Scripts" style={{ padding: 12 }}>
        <p style={{ marginTop: 0 }}>{about}</p>
        {entries.map((entry) => (
          <EntryView key={entry.state} entry={entry} isLooked={entry.state === looked} />
        ))}
      </section>
    </div>
  );
}

function EntryView({
  entry: { state, when, calls, fifo },
  isLooked,
}: {
  entry: WhenEntry;
  isLooked: boolean;
}) {
  return (
    <article aria-current={isLooked ? 'step' : undefined} className={classes['choice'] ?? ''}>
      <b>
        {isLooked ? '▶ ' : ''}
        {state}
      </b>
      <div>{when}</div>
      {calls.length === 0 ? <div>No script.</div> : null}
      <ol style={{ margin: '4px 0' }}>
        {calls.map(({ keyword, argv, line }) => (
          <li key={`${keyword} ${line} ${argv.join(' ')}`} className="wrap-anywhere">
            {keyword} (line {line}): <code>{argv.join(' ')}</code>
          </li>
        ))}
      </ol>
      {fifo === null ? null : (
        <div className="wrap-anywhere">
          FIFO: <code>{fifo}</code>
        </div>
      )}
    </article>
  );
}
