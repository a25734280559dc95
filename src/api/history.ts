import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { AuditEntry, Changed } from './answers/kept.ts';
import { Recovery } from './answers/recovery.ts';
import { listOf, route } from './route.ts';

const limit = z.coerce.number().int().min(1).max(200).default(20);
/** The page is counted from 0. */
const Page = z.object({ page: z.coerce.number().int().min(0).max(1_000).default(0), limit });

/** What happened. */
export function registerHistory(server: FastifyInstance, controller: Controller): void {
  const view = { method: 'GET', needs: 'view' } as const;
  route(server, {
    ...view,
    path: '/audit',
    says: 'Who did what to which instance and why, the newest first, a page at a time.',
    query: Page.extend({ instance: z.string().min(1).optional() }),
    answer: listOf(AuditEntry),
    handle({ query: { instance, page, limit: most } }) {
      const only = instance === undefined ? null : controller.instanceMeant(instance);
      return controller.history.audit({ instance: only, skip: page * most, limit: most });
    },
  });
  route(server, {
    ...view,
    path: '/detections',
    says: 'Failures that were detected, the newest first, a page at a time.',
    query: Page,
    answer: listOf(Recovery),
    handle: async ({ query: { page, limit: most } }) =>
      (await controller.history.detections((page + 1) * most)).slice(page * most),
  });
  route(server, {
    ...view,
    path: '/changelog',
    says: 'What analysis came to say of each instance, and when.',
    answer: listOf(Changed),
    handle: () =>
      controller.history.changelog().map(({ instance, changes }) => ({
        instance,
        changes: changes.map(({ at, codes }) => ({ at: new Date(at).toISOString(), codes })),
      })),
  });
}
