import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { machines } from '../drawing/machines.ts';
import { incidentPage } from '../drawing/report/incident-page.ts';
import { BatonError } from '../kernel/errors.ts';
import { shortUid } from '../kernel/uid.ts';
import { DrawnMachine, Incident } from './answers/incident.ts';
import { drawnAside } from './drawings.ts';
import { listOf, Named, route } from './route.ts';

/** Recoveries as they can be seen: the machines drawn, and what was told of a run record by record. */
export function registerIncidents(server: FastifyInstance, controller: Controller): void {
  const get = { method: 'GET', needs: 'view' } as const;
  route(server, {
    ...get,
    path: '/machines',
    says: 'The names of the machines that this build plays.',
    answer: listOf(z.string()),
    handle: () => machines.map(({ name }) => name),
  });
  route(server, {
    ...get,
    path: '/machines/:name',
    says: 'A machine as a statechart, with the place of everything in it.',
    params: Named,
    answer: DrawnMachine,
    async handle({ params: { name } }) {
      const machine = await drawnAside(name);
      if (machine === null) throw new BatonError('usage', `this build has no machine called "${name}"`);
      return machine;
    },
  });
  route(server, {
    ...get,
    path: '/recoveries/:name/incident',
    says: 'One of them with the runs that led to it, and where each machine stood after each record.',
    params: Named,
    answer: Incident,
    handle: ({ params }) => controller.incident(params.name),
  });
  route(server, {
    ...get,
    path: '/recoveries/:name/report',
    says: 'One of them as a file for a post-mortem: HTML that needs nothing else.',
    params: Named,
    answer: z.strictObject({ file: z.string(), html: z.string() }),
    async handle({ params }) {
      const incident = await controller.incident(params.name);
      const names = [...new Set(incident.runs.map(({ workflow }) => workflow))];
      const drawn = (await Promise.all(names.map(drawnAside))).filter((one) => one !== null);
      const html = incidentPage({ ...incident, machines: drawn });
      return { file: `recovery-${shortUid(incident.recovery.uid)}.html`, html };
    },
  });
}
