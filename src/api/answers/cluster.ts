import { z } from 'zod';
import { Finding } from '../../analysis/finding.ts';
import { Verdict } from '../../analysis/verdict.ts';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { promotionRules } from '../../topology/snapshot.ts';
import { listOf } from '../route.ts';
import { Gate, Moment } from './common.ts';

const Instance = z
  .strictObject({
    instance: InstanceKey,
    source: InstanceKey.nullable(),
    answering: z.boolean(),
    version: z.string(),
    readOnly: z.boolean().nullable(),
    ioThread: z.string().nullable(),
    sqlThread: z.string().nullable(),
    lagSeconds: z.number().nullable(),
    executedGtid: z.string(),
    usesGtid: z.boolean(),
    errantGtid: z.string(),
    awaitsSemiSync: z.boolean(),
    acknowledgesSemiSync: z.boolean(),
    error: z.string().nullable(),
    detachedFrom: InstanceKey.nullable(),
    isReplaced: z.boolean(),
    inMaintenance: z.boolean(),
    downtime: z.string().nullable(),
    alias: z.string(),
    dataCenter: z.string(),
    region: z.string(),
    environment: z.string(),
    promotionRule: z.enum(promotionRules),
    lastSeen: Moment.nullable(),
  })
  .readonly()
  .meta({ id: 'Instance' });

export const Cluster = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    alias: z.string(),
    domain: z.string(),
    /** 0 to 100. */
    readiness: z.number(),
    tree: z.string(),
    instances: listOf(Instance),
  })
  .readonly()
  .meta({ id: 'Cluster' });

export const FoundProblem = z
  .strictObject({ ...Finding.shape, verdict: Verdict.nullable(), gates: listOf(Gate) })
  .meta({ id: 'Finding' });

export const Leader = z
  .strictObject({
    name: z.string().nullable(),
    since: Moment.nullable(),
    isOurs: z.boolean(),
    address: z.string().nullable(),
    cutOff: z.string().nullable(),
  })
  .meta({ id: 'Leader' });
