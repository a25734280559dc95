import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { Candidate } from './answers/kept.ts';
import { listOf, Named, route } from './route.ts';

/** Promotion rules that are registered for instances. */
export function registerCandidates(server: FastifyInstance, controller: Controller): void {
  const report = () => controller.kept.candidates.report();
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/candidates',
    says: 'Which promotion rules are registered, and until when.',
    answer: listOf(Candidate),
    handle: report,
  });
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/instances/:name/promotion-rule',
    says: 'Registers a promotion rule for an instance: prefer, neutral, prefer_not, must_not.',
    params: Named,
    body: Asker.extend({ rule: z.string().min(1) }),
    answer: listOf(Candidate),
    async handle({ params, body: { rule, ...asker } }) {
      await controller.kept.candidates.register(controller.instanceMeant(params.name), rule, asker);
      return report();
    },
  });
}
