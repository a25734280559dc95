import { Box, Drawer, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { ActButton } from '../acts/act-button.tsx';
import type { LiveCluster } from '../live/standing.ts';
import { useLive } from '../live/use-live.ts';
import { go } from '../router/history.ts';
import { Link } from '../router/link.tsx';
import { Unknown } from '../shell/unknown.tsx';
import classes from './cluster.module.css';
import { ClusterNotices, Forbidden } from './cluster-notices.tsx';
import { Drawing } from './drawing.tsx';
import { InstanceDetails } from './instance-details.tsx';
import { InstanceList } from './instance-list.tsx';
import { looksOf } from './looks.ts';
import { clusterMeant } from './meant.ts';
import { ReadinessMark } from './readiness-mark.tsx';

/** orchestrator's own default, until the controller has said. */
const usualLagSeconds = 10;

/** A cluster by its name or one of its instances, and the instance that is looked at. */
export default function Cluster({ cluster, instance }: { cluster: string | null; instance: string | null }) {
  const clusters = useLive((state) => state.clusters);
  const meant = clusterMeant(clusters, { cluster, instance });
  if (meant === null) return <Unknown what={`${cluster ?? instance} is not known here`} />;
  return <Known cluster={meant} chosen={instance} />;
}

function Known({ cluster, chosen }: { cluster: LiveCluster; chosen: string | null }) {
  const lagSeconds = useLive((state) => state.session?.reasonableLagSeconds ?? usualLagSeconds);
  const looks = useMemo(() => looksOf(cluster, lagSeconds), [cluster, lagSeconds]);
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [wanted, setWanted] = useState<'tree' | 'list' | null>(null);
  const form = wanted ?? (isNarrow ? 'list' : 'tree');
  const instance = cluster.instances.find((each) => each.instance === chosen);
  const look = chosen === null ? undefined : looks.get(chosen);
  const details =
    instance === undefined || look === undefined ? null : (
      <InstanceDetails cluster={cluster} instance={instance} look={look} />
    );
  return (
    <div className={classes['view']}>
      <Head cluster={cluster} form={form} change={setWanted} />
      <Forbidden />
      <ClusterNotices cluster={cluster} />
      <div className={classes['body']}>
        <Box className={classes['main'] ?? ''} data-form={form}>
          {form === 'tree' ? (
            <Drawing cluster={cluster} looks={looks} chosen={chosen} />
          ) : (
            <InstanceList cluster={cluster} looks={looks} chosen={chosen} />
          )}
        </Box>
        {details === null || isNarrow ? null : (
          <aside className={classes['aside']} aria-label={`Details of ${chosen}`}>
            {details}
          </aside>
        )}
      </div>
      <Drawer.Root
        opened={details !== null && isNarrow}
        onClose={() => go({ view: 'cluster', cluster: cluster.alias, instance: null })}
        position="bottom"
        size="80%"
        padding={0}
      >
        <Drawer.Overlay />
        <Drawer.Content aria-label={`Details of ${chosen}`}>{details}</Drawer.Content>
      </Drawer.Root>
    </div>
  );
}

function Head({
  cluster,
  form,
  change,
}: {
  cluster: LiveCluster;
  form: 'tree' | 'list';
  change: (form: 'tree' | 'list') => void;
}) {
  return (
    <Group className={classes['head'] ?? ''} gap="sm">
      <Box miw={0}>
        <Title order={1} className="wrap-anywhere">
          {cluster.alias}
        </Title>
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          primary <span className="mono">{cluster.name}</span>, {cluster.instances.length} instances
        </Text>
      </Box>
      <ReadinessMark readiness={cluster.readiness} />
      <Group gap="xs" ml="auto">
        <Link to={{ view: 'recoveries', cluster: cluster.alias }} size="sm">
          Recoveries
        </Link>
        <ActButton act={{ is: 'takeover', cluster: cluster.alias, to: null }}>Change the primary…</ActButton>
        <SegmentedControl
          size="xs"
          aria-label="How the cluster is shown"
          value={form}
          onChange={(value) => change(value === 'tree' ? 'tree' : 'list')}
          data={[
            { value: 'tree', label: 'Tree' },
            { value: 'list', label: 'List' },
          ]}
        />
      </Group>
    </Group>
  );
}
