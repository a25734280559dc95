import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import type { ReloadReport } from '../controller/reloading.ts';
import type { Voices } from '../hooks/voices.ts';
import type { StoredPages } from '../journal/archive.ts';
import type { Stage } from '../simulation/stage/stage.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { registerBalancers } from './balancers.ts';
import { registerCandidates } from './candidates.ts';
import { registerCounsel } from './counsel.ts';
import type { FedJournal } from './events/feed.ts';
import { registerHookOutput } from './events/hook-output.ts';
import { registerEvents } from './events/register.ts';
import { registerDiscovery } from './discovery.ts';
import { registerHistory } from './history.ts';
import { registerIncidents } from './incidents.ts';
import { registerJournal } from './journal.ts';
import { registerMetrics } from './metrics.ts';
import { answerOnce } from './once.ts';
import { documentRoutes } from './openapi.ts';
import { registerOperations } from './operations.ts';
import { registerOrchestrator } from './orchestrator/register.ts';
import { registerPools } from './pools.ts';
import { registerPublications } from './publications.ts';
import { registerRecoveries } from './recoveries.ts';
import { registerRejoins } from './rejoins.ts';
import { registerReload } from './reload.ts';
import { registerRequests } from './requests.ts';
import { registerRestraints } from './restraints.ts';
import { registerSignals } from './signals.ts';
import { registerStage } from './stage.ts';
import { registerTags } from './tags.ts';
import { registerTopology } from './topology.ts';

/** What is asked: a controller, and its journal as it is stored. */
export interface Served {
  readonly controller: Controller;
  readonly pages: StoredPages & FedJournal;
  /** What is counted, as Prometheus reads it. */
  readonly metrics: Pick<Metrics, 'text'>;
  readonly reload: (who: string) => Promise<ReloadReport>;
  /** What hooks say while they run here. */
  readonly voices: Voices;
  /** What it all happens on in `baton dev`. */
  readonly stage?: Stage;
}

/** Every route there is, on the socket and on the network alike. */
export function registerRoutes(server: FastifyInstance, served: Served): void {
  const { controller, pages, metrics, reload, stage, voices } = served;
  answerOnce(server, controller);
  documentRoutes(server);
  registerTopology(server, controller);
  registerCounsel(server, controller);
  registerRecoveries(server, controller);
  registerIncidents(server, controller);
  registerOperations(server, controller);
  registerRequests(server, controller);
  registerRestraints(server, controller);
  registerRejoins(server, controller);
  registerPublications(server, controller);
  registerDiscovery(server, controller);
  registerTags(server, controller);
  registerCandidates(server, controller);
  registerPools(server, controller);
  registerHistory(server, controller);
  registerSignals(server, controller);
  registerJournal(server, pages);
  registerReload(server, reload);
  registerMetrics(server, { metrics, controller });
  registerEvents(server, pages, () => controller);
  registerHookOutput(server, { controller, voices });
  registerBalancers(server, controller);
  if (stage !== undefined) registerStage(server, stage);
  registerOrchestrator(server, { controller, reload });
}
