import { messageOf } from '../kernel/errors.ts';
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
  /** `cancel ann b we wait for the site`, `cancel ann - enough`: what changes the cluster of b, or the only change there is. */
  async cancel(world, [who = '', name, ...why]) {
    const { controller, clock } = world;
    let answer: string | null = null;
    controller?.requests.cancel(name === '-' ? null : named(name), { by: who, why: why.join(' ') }).then(
      ({ sentence }) => (answer = `cancelled: ${sentence}`),
      (error: unknown) => (answer = `refused: ${messageOf(error)}`),
    );
    // What is under way is let end before it is left; the controller may die before it answers.
    while (answer === null && controller !== null && world.controller === controller) await clock.advance(1);
    return answer === null ? [] : [answer];
  },
  async 'release-brake'({ controller }, [who = '', ...why]) {
    await controller?.restraints.releaseBrake(who, why.join(' '));
    return [];
  },
};
