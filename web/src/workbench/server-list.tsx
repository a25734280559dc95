import { Button, Group } from '@mantine/core';
import type { Control } from '../../../src/simulation/stage/stage.ts';
import type { IconName } from '../parts/icon.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import type { StageState } from './stage.ts';
import classes from './workbench.module.css';

type StageServer = StageState['servers'][number];

const looks: Record<StageServer['state'], { tone: Tone; icon: IconName; word: string }> = {
  alive: { tone: 'good', icon: 'check', word: 'alive' },
  dead: { tone: 'bad', icon: 'cross', word: 'dead' },
  frozen: { tone: 'warn', icon: 'pause', word: 'answers nothing' },
  crowded: { tone: 'warn', icon: 'lock', word: 'no connection left' },
};

/** What can be done to a server, by what it is. */
const acts: Record<StageServer['state'], readonly (readonly [label: string, verb: string])[]> = {
  alive: [
    ['Kill', 'kill'],
    ['Freeze', 'freeze'],
  ],
  dead: [['Restart', 'restart']],
  frozen: [
    ['Thaw', 'thaw'],
    ['Kill', 'kill'],
  ],
  crowded: [
    ['Give connections back', 'uncrowd'],
    ['Kill', 'kill'],
  ],
};

/** More are looked at on the page of their cluster. */
const mostServers = 60;

/** The pretended servers and the controller, each with what can be done to it. */
export function ServerList({ stage, control }: { stage: StageState; control: (wish: Control) => void }) {
  const say = (command: string) => control({ do: 'say', command });
  const lives = stage.controller === 'lives';
  return (
    <section className={classes['panel']} aria-label="Servers">
      <h2>Servers and controller</h2>
      <div className={classes['scroll']}>
        <div className={classes['server']}>
          <span>the controller</span>
          <Tag tone={lives ? 'good' : 'bad'} icon={lives ? 'check' : 'cross'}>
            {lives ? 'lives' : 'dead'}
          </Tag>
          <Button size="compact-xs" variant="default" onClick={() => say(lives ? 'die' : 'start')}>
            {lives ? 'Kill' : 'Start'}
          </Button>
        </div>
        {stage.servers.slice(0, mostServers).map((server) => (
          <Row key={server.instance} server={server} say={say} />
        ))}
      </div>
      {stage.servers.length > mostServers ? `and ${stage.servers.length - mostServers} more` : null}
    </section>
  );
}

function Row({ server, say }: { server: StageServer; say: (command: string) => void }) {
  const { instance, state, takesWrites } = server;
  const { tone, icon, word } = looks[state];
  return (
    <div className={classes['server']}>
      <span className="mono">{instance}</span>
      {takesWrites ? (
        <Tag tone="mark" icon="pen">
          takes writes
        </Tag>
      ) : null}
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      <Group gap={4}>
        {acts[state].map(([label, verb]) => (
          <Button
            key={verb}
            size="compact-xs"
            variant="default"
            aria-label={`${label} ${instance}`}
            onClick={() => say(`${verb} ${instance}`)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </div>
  );
}
