import { Stack, Text } from '@mantine/core';
import { Refusal } from '../api/refusal.ts';
import { Busy } from '../parts/busy.tsx';
import { Notice } from '../parts/notice.tsx';
import { sentence } from '../parts/sentence.ts';
import type { Foreseen } from './act.ts';
import { GateList } from './gate-list.tsx';
import { Plan } from './plan.tsx';

/** What would happen and every gate, those that are shut first; or why that cannot be said. Null while it is asked. */
export function Foresight({ foreseen }: { foreseen: Foreseen | Refusal | null }) {
  if (foreseen === null) return <Busy says="Asking what would happen" />;
  if (foreseen instanceof Refusal)
    return (
      <Notice tone="bad" title={sentence(foreseen.message)}>
        {sentence(foreseen.fix)}
      </Notice>
    );
  const { gates, refusals, plan, because } = foreseen;
  const shut = gates.filter(({ open }) => !open).length;
  const all =
    gates.length === 0 ? null : (
      <section>
        <Text fw={600} size="sm">
          {shut === 0 ? `All ${gates.length} gates are open` : `${shut} of ${gates.length} gates are shut`}
        </Text>
        <GateList gates={gates} />
      </section>
    );
  return (
    <Stack gap="xs">
      {refusals.map((refusal) => (
        <Notice key={refusal} tone="bad" title={sentence(refusal)} />
      ))}
      {shut === 0 ? null : all}
      {because === null ? null : (
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
          {because}
        </Text>
      )}
      {plan.length === 0 ? null : (
        <section>
          <Text fw={600} size="sm" mb={4}>
            What will happen
          </Text>
          <Plan lines={plan} />
        </section>
      )}
      {shut === 0 ? all : null}
    </Stack>
  );
}
