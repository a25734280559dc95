import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';

/** What is counted, as Prometheus reads it. */
export function registerMetrics(server: FastifyInstance, metrics: Pick<Metrics, 'text'>): void {
  server.get('/metrics', { config: { needs: 'view' } }, async (_, reply) =>
    reply.type('text/plain; version=0.0.4').send(await metrics.text()),
  );
}
