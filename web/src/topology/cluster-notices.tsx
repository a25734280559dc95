import { Group } from '@mantine/core';
import { useState } from 'react';
import { ActButton } from '../acts/act-button.tsx';
import { GateList } from '../acts/gate-list.tsx';
import type { Finding, Restraints } from '../api/types.ts';
import type { LiveCluster } from '../live/standing.ts';
import { useLive } from '../live/use-live.ts';
import { dayText, timeText } from '../parts/moments.ts';
import { Notice } from '../parts/notice.tsx';

/** What is wrong in a cluster, and what keeps Baton from doing something about it. */
export function ClusterNotices({ cluster }: { cluster: LiveCluster }) {
  const findings = useLive((state) => state.findings);
  const members = new Set(cluster.instances.map(({ instance }) => instance));
  const own = findings.filter(({ instance, treatment }) => members.has(instance) && treatment !== 'none');
  return own.map((finding) => <Found key={`${finding.instance} ${finding.code}`} finding={finding} />);
}

/** People have forbidden all recoveries. */
export function Forbidden() {
  const disabled = useLive((state) => state.restraints.disabled);
  return disabled === null ? null : <ForbiddenNotice disabled={disabled} />;
}

function ForbiddenNotice({ disabled: { who, why, at } }: { disabled: NonNullable<Restraints['disabled']> }) {
  return (
    <Notice
      tone="warn"
      title="Baton begins no recovery: somebody has forbidden it"
      actions={<ActButton act={{ is: 'enable' }}>Allow…</ActButton>}
    >
      {who}, {dayText(at)} {timeText(at)}: {why}
    </Notice>
  );
}

function Found({
  finding: { code, description, instance, isDowntimed, gates, verdict },
}: {
  finding: Finding;
}) {
  const [isOpen, setOpen] = useState(false);
  const shut = gates.filter(({ open }) => !open).length;
  return (
    <Notice
      tone={isDowntimed ? 'calm' : 'bad'}
      title={`${code}: ${instance}`}
      actions={isDowntimed ? null : <ActButton act={{ is: 'recover', instance }}>Recover…</ActButton>}
    >
      {description}
      {verdict === null ? null : (
        <div>
          {verdict.votes.map(({ observer, says, because }) => (
            <div key={observer}>
              <b>{observer}</b>: {says}, {because}
            </div>
          ))}
        </div>
      )}
      <Group gap="xs" mt={4}>
        <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{shut === 0 ? 'All gates are open' : `${shut} of ${gates.length} gates are shut`}</summary>
          <GateList gates={gates} />
        </details>
      </Group>
    </Notice>
  );
}
