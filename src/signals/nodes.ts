import type { Config } from '../config/keys.ts';
import { hostOf, type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';

/**
 * Which node of another system is the host of which instances: as SignalNodes has it, and of nodes that it does not name by the name of
 * the host, and nothing less: what is told of a node may cost a primary its place.
 */
export function hostRule(
  config: Pick<Config, 'SignalNodes' | 'DefaultInstancePort'>,
): (node: string, instance: InstanceKey) => boolean {
  const { SignalNodes, DefaultInstancePort } = config;
  const named = new Map(
    Object.entries(SignalNodes).map(([node, instances]) => [
      node.toLowerCase(),
      new Set(instances.map((one) => parseInstanceKey(one, DefaultInstancePort)?.toLowerCase())),
    ]),
  );
  return (node, instance) => {
    const instances = named.get(node.toLowerCase());
    if (instances !== undefined) return instances.has(instance.toLowerCase());
    return hostOf(instance).toLowerCase() === node.toLowerCase();
  };
}
