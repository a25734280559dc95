import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import { inSlices } from './in-slices.ts';
import type { Metrics, Standing } from '../telemetry/metrics.ts';

/** What is counted and how things stand, as Prometheus reads it. */
export function registerMetrics(
  server: FastifyInstance,
  { metrics, controller }: { metrics: Pick<Metrics, 'text'>; controller: Controller },
): void {
  server.get('/metrics', { config: { needs: 'view' } }, async (_, reply) =>
    reply.type('text/plain; version=0.0.4').send(await metrics.text(await standingOf(controller))),
  );
}

async function standingOf(controller: Controller): Promise<Standing> {
  const { inventory } = controller.view;
  const clusters = await inSlices(inventory.clusters, ({ id }) => controller.cluster(id));
  const clusterOf = new Map(
    clusters.flatMap(({ alias, instances }) => instances.map(({ instance }) => [instance, alias] as const)),
  );
  const findings = await controller.findings();
  return {
    isLeader: controller.leader()?.isOurs ?? false,
    clusters: clusters.map(({ alias, readiness }) => ({ cluster: alias, readiness })),
    instances: clusters.flatMap(({ alias, instances }) =>
      instances.map(({ answering }) => ({ cluster: alias, answering })),
    ),
    findings: findings.map(({ code, instance, verdict }) => ({
      code,
      cluster: clusterOf.get(instance) ?? '',
      verdict: verdict?.says ?? '',
    })),
  };
}
