import type { z } from 'zod';
import type * as cluster from '../../../src/api/answers/cluster.ts';
import type * as common from '../../../src/api/answers/common.ts';
import type * as incident from '../../../src/api/answers/incident.ts';
import type * as recovery from '../../../src/api/answers/recovery.ts';
import type * as restraints from '../../../src/api/answers/restraints.ts';
import type * as session from '../../../src/api/answers/session.ts';

/** What the native API answers, by the very schemas that it answers by. Types only: nothing of the controller is in the page. */
export type Cluster = z.output<typeof cluster.Cluster>;
export type Instance = Cluster['instances'][number];
export type Finding = z.output<typeof cluster.FoundProblem>;
export type Leader = z.output<typeof cluster.Leader>;
export type Gate = z.output<typeof common.Gate>;
export type Begun = z.output<typeof common.BegunRun>;
export type TakeoverPreview = z.output<typeof common.TakeoverPreview>;
export type OperationPreview = z.output<typeof common.OperationPreview>;
export type Recovery = z.output<typeof recovery.Recovery>;
export type DrawnMachine = z.output<typeof incident.DrawnMachine>;
export type Incident = z.output<typeof incident.Incident>;
export type Restraints = z.output<typeof restraints.Restraints>;
export type Session = z.output<typeof session.Session>;
export type { Problem } from '../../../src/api/problems.ts';
export type { JournalRecord } from '../../../src/engine/record.ts';
