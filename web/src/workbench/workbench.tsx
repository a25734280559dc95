import './no-eval.ts';
import { Box, Group, Tabs, Title } from '@mantine/core';
import { useLive } from '../live/use-live.ts';
import { Notice } from '../parts/notice.tsx';
import { go } from '../router/history.ts';
import { CompareView } from './compare-view.tsx';
import { KeepalivedView } from './keepalived-view.tsx';
import { CoverageView } from './coverage-view.tsx';
import { StageView } from './stage-view.tsx';
import { WalkView } from './walk-view.tsx';

const tabs = [
  ['stage', 'Stage'],
  ['walk', 'Walk a workflow'],
  ['coverage', 'Coverage'],
  ['compare', 'Compare'],
  ['keepalived', 'keepalived.conf'],
] as const;

/** What `baton dev` has beside the page of any controller. `rest` is what stands behind `workbench/` in the address. */
export default function Workbench({ rest }: { rest: readonly string[] }) {
  const session = useLive((state) => state.session);
  const [tab = 'stage', ...words] = rest;
  if (session !== null && !session.isPretended)
    return (
      <Box p="md">
        <Notice tone="calm" title="There is no workbench here">
          The servers of this controller are real. <code>baton dev</code> has a workbench, and pretended
          servers.
        </Notice>
      </Box>
    );
  return (
    <Box p="md">
      <Group mb="xs">
        <Title order={1} fz={20}>
          Workbench
        </Title>
      </Group>
      <Tabs
        value={tab}
        onChange={(value) => go({ view: 'workbench', rest: value === null ? [] : [value] })}
        keepMounted={false}
      >
        <Tabs.List mb="sm">
          {tabs.map(([name, label]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="stage">
          <StageView />
        </Tabs.Panel>
        <Tabs.Panel value="walk">
          <WalkView name={words[0] ?? null} />
        </Tabs.Panel>
        <Tabs.Panel value="coverage">
          <CoverageView name={words[0] ?? null} />
        </Tabs.Panel>
        <Tabs.Panel value="compare">
          <CompareView />
        </Tabs.Panel>
        <Tabs.Panel value="keepalived">
          <KeepalivedView />
        </Tabs.Panel>
      </Tabs>
    </Box>
  );
}
