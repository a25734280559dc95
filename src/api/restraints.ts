import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import { Acknowledgement, Release, Restraint, Seen } from '../controller/reports.ts';
import { read } from './read.ts';

/** What people forbid, what they allow again, and what they have seen. */
export function registerRestraints(server: FastifyInstance, controller: Controller): void {
  server.get('/baton/v1/restraints', { config: { needs: 'view' } }, async () =>
    controller.restraints.report(),
  );
  server.post('/baton/v1/restraints/disable', { config: { needs: 'recover' } }, async ({ body }) => {
    const { by, why } = read(Acknowledgement, body);
    await controller.restraints.disable(by, why);
    return controller.restraints.report();
  });
  server.post('/baton/v1/restraints/enable', { config: { needs: 'recover' } }, async ({ body }) => {
    const { by, why } = read(Acknowledgement, body);
    await controller.restraints.enable(by, why);
    return controller.restraints.report();
  });
  for (const [kind, begin, end] of [
    ['downtime', 'beginDowntime', 'endDowntime'],
    ['maintenance', 'beginMaintenance', 'endMaintenance'],
  ] as const) {
    server.post(`/baton/v1/${kind}/begin`, { config: { needs: 'recover' } }, async ({ body }) => {
      const { instance, by, why, forMs } = read(Restraint, body);
      await controller.restraints[begin](controller.instanceMeant(instance), { who: by, why, forMs });
      return controller.restraints.report();
    });
    server.post(`/baton/v1/${kind}/end`, { config: { needs: 'recover' } }, async ({ body }) => {
      const { instance, by } = read(Release, body);
      await controller.restraints[end](controller.instanceMeant(instance), by);
      return controller.restraints.report();
    });
  }
  server.post('/baton/v1/acknowledge', { config: { needs: 'acknowledge' } }, async ({ body }) => {
    const seen = read(Seen, body);
    const { by, why } = seen;
    switch (seen.kind) {
      case 'brake':
        await controller.restraints.releaseBrake(by, why);
        return { acknowledged: [] };
      case 'all':
        return { acknowledged: await controller.acknowledge({ kind: 'all' }, by, why) };
      case 'recovery':
        return {
          acknowledged: await controller.acknowledge({ kind: 'recovery', name: seen.name }, by, why),
        };
      case 'instance': {
        const instance = controller.instanceMeant(seen.name);
        return { acknowledged: await controller.acknowledge({ kind: 'instance', instance }, by, why) };
      }
      case 'cluster': {
        const cluster = controller.clusterMeant(seen.name);
        return { acknowledged: await controller.acknowledge({ kind: 'cluster', cluster }, by, why) };
      }
    }
  });
}
