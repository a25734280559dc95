import { named } from './names.ts';
import type { Verb } from './verbs.ts';

/** What people say to a controller in a story. Each begins with who says it, and ends with why. */
export const people: Readonly<Record<string, Verb>> = {
  /** `disable ann upgrading the network` */
  async disable({ controller }, [who = '', ...why]) {
    await controller?.restraints.disable(who, why.join(' '));
    return [];
  },
  async enable({ controller }, [who = '', ...why]) {
    await controller?.restraints.enable(who, why.join(' '));
    return [];
  },
  /** `downtime ann a 60 a new disk`: in downtime for so many seconds. */
  async downtime({ controller }, [who = '', name, seconds, ...why]) {
    const forMs = Number(seconds) * 1_000;
    await controller?.restraints.beginDowntime(named(name), { who, why: why.join(' '), forMs });
    return [];
  },
  async 'end-downtime'({ controller }, [who = '', name]) {
    await controller?.restraints.endDowntime(named(name), who);
    return [];
  },
  async maintenance({ controller }, [who = '', name, seconds, ...why]) {
    const forMs = Number(seconds) * 1_000;
    await controller?.restraints.beginMaintenance(named(name), { who, why: why.join(' '), forMs });
    return [];
  },
  async 'end-maintenance'({ controller }, [who = '', name]) {
    await controller?.restraints.endMaintenance(named(name), who);
    return [];
  },
  /** `acknowledge-instance ann b seen`, `acknowledge-cluster ann b seen`: the cluster of b. */
  async 'acknowledge-instance'({ controller }, [who = '', name, ...why]) {
    await controller?.acknowledge({ kind: 'instance', instance: named(name) }, who, why.join(' '));
    return [];
  },
  async 'acknowledge-cluster'({ controller }, [who = '', name = '', ...why]) {
    const cluster = controller?.clusterMeant(named(name));
    if (cluster !== undefined)
      await controller?.acknowledge({ kind: 'cluster', cluster }, who, why.join(' '));
    return [];
  },
  async 'acknowledge-all'({ controller }, [who = '', ...why]) {
    await controller?.acknowledge({ kind: 'all' }, who, why.join(' '));
    return [];
  },
  async 'release-brake'({ controller }, [who = '', ...why]) {
    await controller?.restraints.releaseBrake(who, why.join(' '));
    return [];
  },
};
