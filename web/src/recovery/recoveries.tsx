import { Box, Table, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { headline, outcomeOf } from '../../../src/drawing/conclusion.ts';
import { ask } from '../api/client.ts';
import { Refusal, refusalOf } from '../api/refusal.ts';
import type { Recovery } from '../api/types.ts';
import { live } from '../live/live.ts';
import { Busy } from '../parts/busy.tsx';
import { Notice } from '../parts/notice.tsx';
import { dayText, timeText } from '../parts/moments.ts';
import { Link } from '../router/link.tsx';
import { Outcome } from './recovery.tsx';

/** What was and is being recovered, the newest first. */
export default function Recoveries({ cluster }: { cluster: string | null }) {
  const known = useRecoveries();
  const rows =
    known instanceof Refusal
      ? []
      : (known ?? []).filter((one) => cluster === null || one.cluster === cluster);
  return (
    <Box p="md">
      <Title order={1} mb="sm">
        Recoveries{cluster === null ? '' : ` of ${cluster}`}
      </Title>
      {known === null ? <Busy says="Reading the journal" /> : null}
      {known instanceof Refusal ? (
        <Notice tone="bad" title={known.message}>
          {known.fix}
        </Notice>
      ) : null}
      {known !== null && !(known instanceof Refusal) && rows.length === 0 ? <Nothing /> : null}
      {rows.length === 0 ? null : <Rows rows={rows} />}
    </Box>
  );
}

function Nothing() {
  return (
    <Box className="panel" p="xl" ta="center">
      <Title order={2}>Nothing has been recovered</Title>
      <Text c="dimmed" mt="xs">
        What would be done if a primary died is rehearsed by <code>baton explain</code>, and played by{' '}
        <code>baton demo</code>.
      </Text>
    </Box>
  );
}

function Rows({ rows }: { rows: readonly Recovery[] }) {
  return (
    <Box className="panel" style={{ overflowX: 'auto' }}>
      <Table verticalSpacing={8} highlightOnHover aria-label="Recoveries">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Came out</Table.Th>
            <Table.Th visibleFrom="sm">Cluster</Table.Th>
            <Table.Th visibleFrom="sm">Began</Table.Th>
            <Table.Th visibleFrom="md">In words</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((one) => (
            <Table.Tr key={one.uid}>
              <Table.Td>
                <Link to={{ view: 'recovery', uid: one.uid, seq: null }} fw={600} className="wrap-anywhere">
                  {headline(one)}
                </Link>
              </Table.Td>
              <Table.Td>
                <Outcome outcome={outcomeOf(one)} state={one.state} />
              </Table.Td>
              <Table.Td visibleFrom="sm">{one.cluster}</Table.Td>
              <Table.Td visibleFrom="sm" className="mono">
                {dayText(one.startedAt)} {timeText(one.startedAt)}
              </Table.Td>
              <Table.Td visibleFrom="md" className="wrap-anywhere">
                {one.successor === null ? '' : `${one.successor} serves now. `}
                {one.reason ?? one.sentence}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

/** Read again whenever a run begins or ends. */
function useRecoveries(): readonly Recovery[] | Refusal | null {
  const [known, setKnown] = useState<readonly Recovery[] | Refusal | null>(null);
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      const next = await ask<readonly Recovery[]>('/recoveries?limit=100&kind=all').catch(refusalOf);
      if (!isOver) setKnown(next);
    };
    const stop = live.onRecord((told) => {
      if (told === 'gap' || told.kind === 'opened' || told.kind === 'ended') void read();
    });
    void read();
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  return known;
}
