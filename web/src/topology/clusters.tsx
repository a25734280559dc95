import { Box, Group, Table, Text, Title } from '@mantine/core';
import { ActButton } from '../acts/act-button.tsx';
import type { Finding } from '../api/types.ts';
import type { LiveCluster } from '../live/standing.ts';
import { useLive } from '../live/use-live.ts';
import { Tag } from '../parts/tag.tsx';
import { Link } from '../router/link.tsx';
import { Forbidden } from './cluster-notices.tsx';
import { summaryOf } from './cluster-summary.ts';
import { ReadinessMark } from './readiness-mark.tsx';

/** All clusters, those with something wrong first. */
export function Clusters() {
  const clusters = useLive((state) => state.clusters) ?? [];
  const findings = useLive((state) => state.findings);
  const disabled = useLive((state) => state.restraints.disabled);
  const lagSeconds = useLive((state) => state.session?.reasonableLagSeconds ?? 10);
  const rows = clusters
    .map((cluster) => summaryOf(cluster, findings, lagSeconds))
    .toSorted(
      (one, other) => other.weight - one.weight || one.cluster.alias.localeCompare(other.cluster.alias),
    );
  return (
    <>
      <Forbidden />
      <Box p="md">
        <Group justify="space-between" mb="sm">
          <Title order={1}>Clusters</Title>
          {disabled === null ? <ActButton act={{ is: 'disable' }}>Forbid recoveries…</ActButton> : null}
        </Group>
        {rows.length === 0 ? <Nothing /> : <Rows rows={rows} />}
      </Box>
    </>
  );
}

function Nothing() {
  return (
    <Box className="panel" p="xl" ta="center">
      <Title order={2}>No cluster is watched yet</Title>
      <Text c="dimmed" mt="xs">
        Tell Baton of one instance and it finds the others: <code>baton discover -i db1:3306</code>, or
        DiscoverySeeds in the configuration.
      </Text>
    </Box>
  );
}

function Rows({ rows }: { rows: readonly ReturnType<typeof summaryOf>[] }) {
  return (
    <Box className="panel" style={{ overflowX: 'auto' }}>
      <Table verticalSpacing={8} highlightOnHover aria-label="Clusters">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Cluster</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th visibleFrom="sm">Primary</Table.Th>
            <Table.Th ta="right" visibleFrom="xs">
              Instances
            </Table.Th>
            <Table.Th visibleFrom="sm">Failover</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ cluster, found, flawed }) => (
            <Table.Tr key={cluster.id}>
              <Table.Td>
                <Link
                  to={{ view: 'cluster', cluster: cluster.alias, instance: null }}
                  fw={600}
                  className="wrap-anywhere"
                >
                  {cluster.alias}
                </Link>
              </Table.Td>
              <Table.Td>{stateOf(found, flawed)}</Table.Td>
              <Table.Td visibleFrom="sm" className="mono">
                {cluster.name}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs" className="mono">
                {cluster.instances.length}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <ReadinessMark readiness={cluster.readiness} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function stateOf(found: readonly Finding[], flawed: readonly LiveCluster['instances'][number][]) {
  if (found.length === 0 && flawed.length === 0)
    return (
      <Tag tone="good" icon="check">
        fine
      </Tag>
    );
  return (
    <Group gap={4}>
      {found.map(({ code, instance }) => (
        <Tag key={`${code} ${instance}`} tone="bad" icon="cross" title={instance}>
          {code}
        </Tag>
      ))}
      {flawed.length === 0 ? null : (
        <Tag tone="warn" icon="warning">
          {flawed.length === 1 ? '1 instance has' : `${flawed.length} instances have`} a problem
        </Tag>
      )}
    </Group>
  );
}
