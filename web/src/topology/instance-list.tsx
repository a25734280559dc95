import { Table } from '@mantine/core';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { LiveCluster } from '../live/standing.ts';
import { Icon } from '../parts/icon.tsx';
import { Tag } from '../parts/tag.tsx';
import { Link } from '../router/link.tsx';
import { factsOf } from './facts.ts';
import classes from './instance-list.module.css';
import { rowsOf } from './rows.ts';
import { toneIcons } from './tone-icons.ts';
import { roleWords, toneWords } from './words.ts';

/** A cluster as a table, replicas below their source: for a narrow screen, and for whoever would rather read. */
export function InstanceList({
  cluster,
  looks,
  chosen,
}: {
  cluster: LiveCluster;
  looks: ReadonlyMap<string, InstanceLook>;
  chosen: string | null;
}) {
  return (
    <Table className={classes['list'] ?? ''} verticalSpacing={6} aria-label={`Instances of ${cluster.alias}`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Instance</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th visibleFrom="sm">Server</Table.Th>
          <Table.Th ta="right">Lag</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rowsOf(cluster.instances).map(({ instance, depth }) => {
          const look = looks.get(instance.instance);
          if (look === undefined) return null;
          return (
            <Table.Tr key={instance.instance} data-chosen={instance.instance === chosen}>
              <Table.Td style={{ paddingLeft: 12 + depth * 18 }}>
                <Link
                  to={{ view: 'cluster', cluster: cluster.alias, instance: instance.instance }}
                  className="mono"
                  aria-current={instance.instance === chosen ? 'true' : undefined}
                >
                  {instance.instance}
                </Link>
                <div className={classes['quiet']}>
                  {roleWords[look.role]}
                  {instance.promotionRule === 'neutral'
                    ? ''
                    : `, ${instance.promotionRule.replace('_', ' ')}`}
                </div>
              </Table.Td>
              <Table.Td>
                <span className={classes['tone']} data-tone={look.tone} title={toneWords[look.tone]}>
                  <Icon name={toneIcons[look.tone]} size={14} />
                </span>{' '}
                {instance.downtime === null ? null : <Tag icon="pause">downtime</Tag>}
                {look.flaws.map(({ tone, short }) => (
                  <Tag key={short} tone={tone}>
                    {short}
                  </Tag>
                ))}
                {look.flaws.length === 0 && instance.downtime === null ? 'fine' : null}
              </Table.Td>
              <Table.Td visibleFrom="sm">{factsOf(instance, look).join(' · ')}</Table.Td>
              <Table.Td ta="right" className="mono">
                {look.lag}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
