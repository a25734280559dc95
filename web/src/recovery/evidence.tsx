import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { hidden } from '../../../src/drawing/hidden.ts';
import type { HookTold, Moment, ServerTold } from '../../../src/drawing/moment.ts';
import { standingText } from '../../../src/drawing/said.ts';
import { toldOutcome } from '../../../src/engine/telling.ts';
import { GateList } from '../acts/gate-list.tsx';
import { Icon } from '../parts/icon.tsx';
import { Tag } from '../parts/tag.tsx';
import classes from './recovery.module.css';
import { StepWords } from './standing-now.tsx';
import type { Voices } from './use-voices.ts';

/** What was known and done at a moment; what was not yet is left out. */
export function Evidence({ moment, voices }: { moment: Moment; voices: Voices }) {
  const { loss, votes, gates, servers, hooks, steps } = moment;
  return (
    <>
      {loss === null ? null : (
        <Part title="The data">
          <p>
            <Tag tone={loss.says === 'nothing-lost' ? 'good' : loss.says === 'at-most' ? 'bad' : 'warn'}>
              {lossWords[loss.says]}
            </Tag>{' '}
            {hidden(loss.because)}.
          </p>
        </Part>
      )}
      {hooks.length === 0 ? null : (
        <Part title="Hooks">
          {hooks.map((hook) => (
            <HookWords
              key={`${hook.run} ${hook.seq}`}
              hook={hook}
              voice={voices.get(`${hook.run}/${hook.seq}`) ?? ''}
            />
          ))}
        </Part>
      )}
      {servers.length === 0 ? null : (
        <Part title="Servers">
          {servers.map((server) => (
            <ServerWords key={server.instance} server={server} />
          ))}
        </Part>
      )}
      {gates.length === 0 ? null : (
        <Part title="Gates">
          <GateList gates={gates} />
        </Part>
      )}
      {votes.length === 0 ? null : (
        <Part title="Observers">
          <Table.ScrollContainer minWidth={320}>
            <Table verticalSpacing={4} fz="sm" aria-label="Observers">
              <Table.Tbody>
                {votes.map(({ observer, says, because }) => (
                  <Table.Tr key={observer}>
                    <Table.Td className="mono">{observer}</Table.Td>
                    <Table.Td>
                      <Tag tone={says === 'dead' ? 'bad' : says === 'alive' ? 'good' : 'calm'}>{says}</Tag>
                    </Table.Td>
                    <Table.Td>{hidden(because)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Part>
      )}
      {steps.length === 0 ? null : (
        <Part title="Steps">
          {steps.map((step) => (
            <StepWords key={`${step.run} ${step.seq}`} step={step} />
          ))}
        </Part>
      )}
    </>
  );
}

const lossWords = {
  'nothing-lost': 'nothing lost, proven',
  'at-most': 'some may be lost',
  unknown: 'nobody can know',
} as const;

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`panel ${classes['part']}`} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function HookWords({ hook, voice }: { hook: HookTold; voice: string }) {
  const { name, command, ended, isDetached } = hook;
  // While it runs, what it has written so far.
  const output = hidden(ended === null ? voice : ended.outcome.output);
  const came = ended === null ? (isDetached ? 'not waited for' : 'runs') : toldOutcome(ended.outcome);
  const icon = ended === null ? 'pause' : ended.class === 'ok' ? 'check' : 'cross';
  return (
    <div className={classes['hook']}>
      <p>
        <Icon name={icon} size={14} /> <b>{name}</b> {came}
      </p>
      <p className="mono wrap-anywhere">{hidden(command)}</p>
      {output.trim() === '' ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard.
        <pre tabIndex={0}>{output}</pre>
      )}
    </div>
  );
}

function ServerWords({ server: { instance, before, after, acts } }: { server: ServerTold }) {
  return (
    <div className={classes['hook']}>
      <p>
        <b className="mono">{instance}</b>
      </p>
      <p className={classes['quiet']}>
        was {standingText(before)}; is now {standingText(after)}
      </p>
      <ul>
        {acts.map(({ seq, run, words, outcome, because, statements }) => (
          <li key={`${run} ${seq}`}>
            <Icon
              name={outcome === 'failed' ? 'cross' : outcome === 'under way' ? 'pause' : 'check'}
              size={13}
            />{' '}
            {words}
            {because === null ? '' : `: ${hidden(because)}`}
            {statements.length === 0 ? null : (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard.
              <pre tabIndex={0}>{hidden(statements.join(';\n'))}</pre>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
