import { Box, CloseButton, Group, Stack, Text } from '@mantine/core';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import { ActButton } from '../acts/act-button.tsx';
import type { Instance } from '../api/types.ts';
import type { LiveCluster } from '../live/standing.ts';
import { timeText } from '../parts/moments.ts';
import { sentence } from '../parts/sentence.ts';
import { Tag } from '../parts/tag.tsx';
import { go } from '../router/history.ts';
import { Link } from '../router/link.tsx';
import classes from './instance-details.module.css';
import { toneIcons } from './tone-icons.ts';
import { roleWords, toneWords } from './words.ts';

const hourMs = 3_600_000;

/** One instance: what is wrong with it, what it says of itself, and what can be done with it. */
export function InstanceDetails({
  cluster,
  instance,
  look,
}: {
  cluster: LiveCluster;
  instance: Instance;
  look: InstanceLook;
}) {
  return (
    <Stack gap="sm" p="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Box>
          <h2 className={`mono ${classes['name'] ?? ''}`}>{instance.instance}</h2>
          <Text size="sm" c="dimmed">
            {roleWords[look.role]} of{' '}
            {instance.source === null ? cluster.alias : sourceLink(cluster.alias, instance.source)}
          </Text>
        </Box>
        <CloseButton
          aria-label="Close the details"
          onClick={() => go({ view: 'cluster', cluster: cluster.alias, instance: null })}
        />
      </Group>
      <div>
        <Tag tone={look.tone} icon={toneIcons[look.tone]}>
          {toneWords[look.tone]}
        </Tag>
      </div>
      {look.flaws.length === 0 ? null : (
        <ul className={classes['flaws']}>
          {look.flaws.map(({ short, says, tone }) => (
            <li key={short} data-tone={tone}>
              {sentence(says)}
            </li>
          ))}
        </ul>
      )}
      <dl className={classes['facts']}>
        {factRows(instance, look).map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className={term === 'GTID' ? 'mono' : ''}>{text}</dd>
          </div>
        ))}
      </dl>
      <Group gap="xs">
        {deedsOf(cluster, instance, look).map(({ act, label }) => (
          <ActButton key={label} act={act}>
            {label}
          </ActButton>
        ))}
      </Group>
    </Stack>
  );
}

function sourceLink(cluster: string, source: string) {
  return (
    <Link to={{ view: 'cluster', cluster, instance: source }} size="sm">
      {source}
    </Link>
  );
}

function factRows(instance: Instance, look: InstanceLook): readonly (readonly [string, string])[] {
  const { readOnly, ioThread, sqlThread, lastSeen, awaitsSemiSync, acknowledgesSemiSync } = instance;
  const semiSync = [
    awaitsSemiSync ? 'commits wait for a replica' : '',
    acknowledgesSemiSync ? 'acknowledges to its source' : '',
  ];
  const place = [instance.dataCenter, instance.region, instance.environment].filter(Boolean).join(', ');
  const rows: readonly (readonly [string, string])[] = [
    ['Alias', instance.alias],
    ['Version', instance.version],
    ['Writes', readOnly === null ? '' : readOnly ? 'read-only' : 'writable'],
    ['Receiving', ioThread ?? ''],
    ['Applying', sqlThread ?? ''],
    ['Lag', look.lag === 'none' ? 'it cannot tell' : look.lag],
    ['Semi-sync', semiSync.filter(Boolean).join(', ') || 'no'],
    ['GTID', instance.executedGtid || (instance.usesGtid ? 'empty' : 'not used')],
    ['Candidate', instance.promotionRule.replace('_', ' ')],
    ['Stands in', place],
    ['Downtime', instance.downtime ?? ''],
    ['Maintenance', instance.inMaintenance ? 'it is not judged' : ''],
    ['Last seen', lastSeen === null ? '' : timeText(lastSeen)],
  ];
  return rows.filter(([, text]) => text !== '');
}

function deedsOf(
  cluster: LiveCluster,
  { instance, source, downtime, answering }: Instance,
  look: InstanceLook,
) {
  const others = cluster.instances.filter((each) => each.instance !== instance);
  const below = others.find((each) => each.instance !== source)?.instance ?? others[0]?.instance;
  const isReplica = source !== null;
  return [
    ...(isReplica && below !== undefined
      ? [{ label: 'Move below another…', act: { is: 'relocate', instance, below } as const }]
      : []),
    ...(isReplica && answering
      ? [
          {
            label: 'Make it the primary…',
            act: { is: 'takeover', cluster: cluster.alias, to: instance } as const,
          },
        ]
      : []),
    ...(look.tone === 'bad' ? [{ label: 'Recover…', act: { is: 'recover', instance } as const }] : []),
    downtime === null
      ? { label: 'Begin a downtime…', act: { is: 'begin-downtime', instance, forMs: hourMs } as const }
      : { label: 'End the downtime…', act: { is: 'end-downtime', instance } as const },
  ];
}
