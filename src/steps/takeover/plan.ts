import type { TakeoverInput } from '../../../workflows/takeover.ts';
import type { Planned } from '../../engine/plan.ts';
import type { Order } from '../../engine/ports.ts';
import type { HookStage } from '../../engine/record.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';

/** What would be done, in its order. Stages without hooks are left out. */
export function takeoverPlan(
  { finding, compatibility, auto }: TakeoverInput,
  successor: InstanceKey,
  hasHooks: (stage: HookStage) => boolean,
): readonly Planned[] {
  const { instance } = finding;
  const others = finding.replicas.filter((key) => key !== successor);
  const stages = (...names: HookStage[]) => names.filter(hasHooks).map((name) => said(`${name} are run`));
  const gather = others.flatMap((key) => [
    asked({ verb: 'stopReceiving', instance: key }),
    { kind: 'await' as const, instance: successor, has: key },
    asked({ verb: 'follow', instance: key, source: successor }),
  ]);
  const prepare = stages('PreGracefulTakeoverProcesses');
  const announce = stages('OnFailureDetectionProcesses', 'PreFailoverProcesses');
  const freeze = [
    said(`${successor} is waited for until it is close behind ${instance}`),
    asked({ verb: 'setReadOnly', instance, readOnly: true }),
    asked({ verb: 'endConnections', instance }),
    { kind: 'await' as const, instance: successor, has: instance },
  ];
  const before =
    compatibility === 'strict'
      ? [...gather, ...prepare, ...freeze, ...announce]
      : [...prepare, ...announce, ...gather, ...freeze];
  return [
    ...before,
    asked({ verb: 'promote', instance: successor }),
    asked({ verb: 'follow', instance, source: successor }),
    ...(compatibility === 'strict' && !auto ? [asked({ verb: 'stopReceiving', instance })] : []),
    ...stages('PostMasterFailoverProcesses', 'PostFailoverProcesses', 'PostGracefulTakeoverProcesses'),
  ];
}

function asked(order: Order): Planned {
  return { kind: 'order', order };
}

function said(sentence: string): Planned {
  return { kind: 'said', sentence };
}
