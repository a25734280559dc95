import { Tag } from '../parts/tag.tsx';

/** How well a failover would go now, 0 to 100. */
export function ReadinessMark({ readiness }: { readiness: number }) {
  const tone = readiness >= 80 ? 'good' : readiness >= 50 ? 'warn' : 'bad';
  const icon = tone === 'good' ? 'check' : 'warning';
  return (
    <Tag tone={tone} icon={icon} title="How well a failover would go now, 0 to 100">
      readiness {readiness}
    </Tag>
  );
}
