import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Acknowledgement, Release, Restraint, Seen } from '../controller/reports.ts';
import { Sentences } from './answers/common.ts';
import { Restraints } from './answers/restraints.ts';
import { route } from './route.ts';

/** What people forbid, what they allow again, and what they have seen. */
export function registerRestraints(server: FastifyInstance, controller: Controller): void {
  const change = { method: 'POST', needs: 'recover', answer: Restraints } as const;
  const report = () => controller.restraints.report();
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/restraints',
    says: 'What people forbid at this moment.',
    answer: Restraints,
    handle: report,
  });
  route(server, {
    ...change,
    path: '/restraints/disable',
    says: 'Forbids all recoveries.',
    body: Acknowledgement,
    handle: ({ body: { by, why } }) => controller.restraints.disable(by, why).then(report),
  });
  route(server, {
    ...change,
    path: '/restraints/enable',
    says: 'Allows them again.',
    body: Acknowledgement,
    handle: ({ body: { by, why } }) => controller.restraints.enable(by, why).then(report),
  });
  for (const [kind, says, begin, end] of [
    ['downtime', 'found, and left alone', 'beginDowntime', 'endDowntime'],
    ['maintenance', 'not even judged', 'beginMaintenance', 'endMaintenance'],
  ] as const) {
    route(server, {
      ...change,
      path: `/${kind}/begin`,
      says: `An instance is ${says} for a time.`,
      body: Restraint,
      async handle({ body: { instance, by, why, forMs } }) {
        await controller.restraints[begin](controller.instanceMeant(instance), { who: by, why, forMs });
        return report();
      },
    });
    route(server, {
      ...change,
      path: `/${kind}/end`,
      says: 'That is over.',
      body: Release,
      async handle({ body: { instance, by } }) {
        await controller.restraints[end](controller.instanceMeant(instance), by);
        return report();
      },
    });
  }
  route(server, {
    method: 'POST',
    needs: 'acknowledge',
    path: '/acknowledge',
    says: 'Somebody has seen how runs ended, so they hold nothing back any more; or releases the brake.',
    body: Seen,
    answer: z.strictObject({ acknowledged: Sentences }),
    handle: async ({ body }) => ({ acknowledged: await acknowledged(controller, body) }),
  });
}

async function acknowledged(controller: Controller, seen: z.output<typeof Seen>): Promise<readonly string[]> {
  const { by, why } = seen;
  switch (seen.kind) {
    case 'brake':
      await controller.restraints.releaseBrake(by, why);
      return [];
    case 'all':
      return controller.acknowledge({ kind: 'all' }, by, why);
    case 'recovery':
      return controller.acknowledge({ kind: 'recovery', name: seen.name }, by, why);
    case 'instance': {
      const instance = controller.instanceMeant(seen.name);
      return controller.acknowledge({ kind: 'instance', instance }, by, why);
    }
    case 'cluster': {
      const cluster = controller.clusterMeant(seen.name);
      return controller.acknowledge({ kind: 'cluster', cluster }, by, why);
    }
  }
}
