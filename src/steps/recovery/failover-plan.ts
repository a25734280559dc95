import type { RecoveryInput } from '../../../workflows/recovery.ts';
import type { Planned } from '../../engine/plan.ts';
import type { Order } from '../../engine/ports.ts';
import type { HookStage } from '../../engine/record.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';

/**
 * What replacing a primary, by force or because it has failed, would do where all goes well, in its order, were the replicas to have received by
 * then what they have now. Stages and commands that are not configured are left out.
 */
export function failoverPlan(
  { finding, request }: RecoveryInput,
  { successor, donor }: { successor: InstanceKey; donor: InstanceKey | null },
  { hasHooks, hasFenceCommand }: { hasHooks: (stage: HookStage) => boolean; hasFenceCommand: boolean },
): readonly Planned[] {
  const { instance, replicas } = finding;
  const stages = (...names: HookStage[]) => names.filter(hasHooks).map((name) => said(`${name} are run`));
  const others = replicas.filter((key) => key !== successor);
  return [
    ...stages('PreFailoverProcesses'),
    ...(request?.isForced === true
      ? [
          asked({ verb: 'setReadOnly', instance, readOnly: true }),
          asked({ verb: 'endConnections', instance }),
        ]
      : []),
    ...(hasFenceCommand ? [said(`FenceCommand is run where ${instance} cannot be asked`)] : []),
    ...replicas.map((key) => asked({ verb: 'stopReceiving', instance: key })),
    said(`${successor} is waited for until it has applied all that it has received`),
    ...(donor === null
      ? []
      : [
          asked({ verb: 'follow', instance: successor, source: donor }),
          { kind: 'await' as const, instance: successor, has: donor },
        ]),
    asked({ verb: 'promote', instance: successor }),
    ...others.map((key) => asked({ verb: 'follow', instance: key, source: successor })),
    ...stages('PostMasterFailoverProcesses', 'PostFailoverProcesses'),
  ];
}

function asked(order: Order): Planned {
  return { kind: 'order', order };
}

function said(sentence: string): Planned {
  return { kind: 'said', sentence };
}
