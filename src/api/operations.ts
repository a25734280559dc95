import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Operation } from '../../workflows/operation.ts';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { BegunRun, OperationPreview } from './answers/common.ts';
import { RunReport } from './answers/recovery.ts';
import { route } from './route.ts';

/** Operations on topologies that work: moving a replica, stopping a thread, changing a setting. */
export function registerOperations(server: FastifyInstance, controller: Controller): void {
  route(server, {
    method: 'POST',
    needs: 'view',
    path: '/operations/preview',
    says: 'What an operation would do, and what speaks against it; nothing is touched.',
    body: z.object({ operation: Operation }),
    answer: OperationPreview,
    handle: ({ body }) => controller.operations.preview(body.operation),
  });
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/operations',
    says: 'Begins an operation, which goes on by itself.',
    body: Asker.extend({ operation: Operation }),
    answer: BegunRun,
    handle: async ({ body: { operation, by, why } }) => ({
      uid: await controller.operations.begin(operation, { by, why }),
    }),
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/operations/:uid',
    says: 'How an operation stands.',
    params: z.object({ uid: z.string().min(1) }),
    answer: RunReport,
    handle: ({ params }) => controller.operations.report(params.uid),
  });
}
