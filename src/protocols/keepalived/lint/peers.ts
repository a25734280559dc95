import type { KeepalivedConf, VrrpInstance } from '../conf/conf.ts';
import { contributionOf, effectivePriority, fileContribution } from '../role/priority.ts';
import { type Reader, type Warn, weightOf } from './lint.ts';

interface Mine {
  readonly id: string;
  readonly conf: KeepalivedConf;
  readonly instance: VrrpInstance;
}

/** What only shows when two routers of one virtual router are looked at together, or two instances of one router. */
export function peerRules(readers: readonly Reader[], warn: Warn): void {
  const all = readers.flatMap(({ id, conf }) =>
    conf.instances.map((instance): Mine => ({ id, conf, instance })),
  );
  for (const one of all) {
    const peers = all.filter(
      (other) => other.id !== one.id && other.instance.routerId === one.instance.routerId,
    );
    for (const peer of peers) differenceRules(one, peer, warn);
    gapRules(one, peers, warn);
    const twins = all.filter((other) => other.id === one.id && other !== one);
    twinRules(one, twins, warn);
  }
}

function differenceRules({ instance: one }: Mine, { instance: other }: Mine, warn: Warn): void {
  if (one.version === 2 && other.version === 2 && one.advertSeconds !== other.advertSeconds)
    warn(
      one,
      'advert-differs',
      `${one.name} advertises every ${one.advertSeconds} s, its peer every ${other.advertSeconds} s: version 2 drops such adverts, and both become MASTER.`,
    );
  if (one.version !== other.version)
    warn(
      one,
      'version-differs',
      `${one.name} speaks version ${one.version}, its peer version ${other.version}: neither hears the other, and both become MASTER.`,
    );
  const listed = ({ addresses }: VrrpInstance) => addresses.map((text) => text.split(' ')[0]).join(' ');
  if (listed(one) !== listed(other))
    warn(
      one,
      'addresses-differ',
      `${one.name} and its peer list other addresses, or in another order: keepalived complains of each advert that differs from its own list.`,
    );
}

/** A weight that does not reach below the peer's priority never moves the address. */
function gapRules({ conf, instance }: Mine, peers: readonly Mine[], warn: Warn): void {
  const own = bestPriority(conf, instance);
  const below = peers
    .map((peer) => bestPriority(peer.conf, peer.instance))
    .filter((priority) => priority < own);
  if (below.length === 0) return;
  const next = Math.max(...below);
  const weighted = instance.tracked.filter(
    (tracked) => tracked.kind !== 'file' && weightOf(conf, tracked) !== 0 && tracked.reverse !== true,
  );
  for (const tracked of weighted) {
    const weight = weightOf(conf, tracked);
    const left = effectivePriority(instance.priority, totalOf(conf, instance) - Math.abs(weight));
    if (left >= next)
      warn(
        tracked,
        'weight-too-small',
        `When ${tracked.name} fails ${instance.name} still has priority ${left}, and its peer ${next}: the address does not move. The weight must be more than ${own - next}.`,
      );
  }
}

function twinRules({ instance: one }: Mine, twins: readonly Mine[], warn: Warn): void {
  for (const { instance: other } of twins) {
    if (other.interface === one.interface && other.routerId === one.routerId && other.line < one.line)
      warn(
        one,
        'vrid-twice',
        `${one.name} has the virtual_router_id ${one.routerId} of ${other.name} on ${one.interface}; keepalived leaves the second out.`,
      );
    const shared = one.addresses.filter((address) => other.addresses.includes(address));
    if (shared.length > 0 && other.line < one.line)
      warn(
        one,
        'same-address',
        `${one.name} lists ${shared.join(', ')}, as ${other.name} does: each of them adds and drops it as if it were alone.`,
      );
  }
}

/** With all that it tracks in order. */
function bestPriority(conf: KeepalivedConf, instance: VrrpInstance): number {
  return effectivePriority(instance.priority, totalOf(conf, instance));
}

function totalOf(conf: KeepalivedConf, instance: VrrpInstance): number {
  return instance.tracked.reduce((sum, tracked) => {
    if (tracked.kind === 'file') return sum + Number(fileContribution(0, weightOf(conf, tracked)));
    return sum + contributionOf(weightOf(conf, tracked), true) * (tracked.reverse === true ? -1 : 1);
  }, instance.priority);
}
