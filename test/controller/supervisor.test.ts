import { expect, it } from 'vitest';
import type { Finding } from '../../src/analysis/finding.ts';
import { LiveInventory } from '../../src/controller/inventory.ts';
import { defaultConfig } from '../../src/config/keys.ts';
import { stepSettingsOf } from '../../src/controller/step-settings.ts';
import { Supervisor } from '../../src/controller/supervisor.ts';
import type { Journal } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { noSignals } from '../../src/signals/none.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';

const finding: Finding = {
  code: 'UnreachableMaster',
  description: 'out of reach',
  treatment: 'announce',
  emergency: 'none',
  troubles: [],
  instance: 'a:1',
  clusterName: 'a:1',
  instanceType: 'master',
  isPrimary: true,
  isCoPrimary: false,
  replicas: [],
  validReplicas: 0,
  replicatingReplicas: 0,
  connectedReplicas: 0,
  tryingReplicas: 0,
  echo: 'answered',
  words: null,
  warnings: [],
  isDowntimed: false,
  skippedForDowntime: false,
  evidence: 'nothing',
};
const cluster = { id: 'c1', name: 'a:1', alias: 'shop', domain: '' };

/** A supervisor whose journal cannot be written until `mended`. */
function aSupervisor(onEnd: () => Promise<unknown> = async () => {}) {
  const journal = memoryJournal();
  let broken = true;
  const frail: Journal = {
    ...journal,
    append: async (...entry) => {
      if (broken) throw new Error('the disk is full');
      return journal.append(...entry);
    },
  };
  const clock = new VirtualClock(() => new Promise((resume) => setImmediate(resume)));
  const lines: { sentence: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const say = (sentence: string, fields: Readonly<Record<string, unknown>>) =>
    lines.push({ sentence, fields });
  const teller = { tell: say, warn: say };
  const servers = {
    canGiveAccount: async () => null,
    canEndConnections: async () => null,
    cloneFacts: () => Promise.reject(new Error('nobody asks')),
    cloning: async () => ({ state: 'absent' as const, error: '' }),
    statements: async () => [],
    makeReady: async () => {},
    logFiles: async () => [],
    logEvents: async () => [],
    look: async () => [],
    act: async () => [],
  };
  const chance = new SeededChance(1);
  const inventory = new LiveInventory({
    journal,
    chance,
    aliasOf: () => null,
    onLearned: () => {},
    onNamed: () => {},
  });
  const stages: string[] = [];
  const ended: string[] = [];
  const supervisor = new Supervisor({
    world: {
      journal: frail,
      clock,
      teller,
      servers,
      lookTimeoutMs: 1_000,
      lease: { token: 1, remainingMs: () => 1 },
    },
    steps: {
      journal: frail,
      testimonies: () => [],
      signals: noSignals,
      evidence: { keep: async (name) => name },
      servers,
      inventory,
      hooks: {
        has: () => true,
        followLeftBehind: async () => {},
        runCommand: () => Promise.reject(new Error('no command is configured')),
        runStage: async (stage) => {
          stages.push(stage);
          return { ran: 1, veto: null };
        },
      },
      settings: {
        ...stepSettingsOf(defaultConfig, 'here'),
        confirmMs: 0,
        analyse: () => [],
      },
      holds: {
        disabledBecause: () => null,
        maintenanceOf: () => null,
        brakeReleasedAt: () => 0,
        startedAt: 0,
        leaseMs: () => 1,
      },
      awakeSince: () => 0,
    },
    chance,
    signal: new AbortController().signal,
    onEnd: async (_, { state }) => {
      ended.push(state);
      await onEnd();
    },
  });
  return { supervisor, clock, lines, stages, ended, mend: () => (broken = false) };
}

it('continues a run that could not be written down, as soon as it can (P2)', async () => {
  const { supervisor, clock, lines, stages, ended, mend } = aSupervisor();
  void supervisor.detect({
    finding,
    cluster,
    since: clock.now(),
    acts: false,
    announce: true,
    suspicion: null,
  });
  await clock.advance(3_500);
  expect(lines.map(({ sentence }) => sentence)).toContain(
    'detection cannot go on and is tried again in 2 s: the disk is full',
  );
  expect({ stages, ended }).toEqual({ stages: [], ended: [] });
  mend();
  await clock.advance(10_000);
  expect({ stages, ended }).toEqual({ stages: ['OnFailureDetectionProcesses'], ended: ['announced'] });
});

it('says in every line of a run which cluster it is about', async () => {
  const { supervisor, clock, lines, mend } = aSupervisor();
  mend();
  void supervisor.detect({
    finding,
    cluster,
    since: clock.now(),
    acts: false,
    announce: true,
    suspicion: null,
  });
  await clock.advance(1_000);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.filter(({ fields }) => fields['cluster'] !== 'shop')).toEqual([]);
});

it('is idle only when what follows the end of a run has been done, and lets it be done', async () => {
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let hasFollowed = false;
  const { supervisor, clock, mend } = aSupervisor(async () => {
    begin();
    await new Promise((resume) => setImmediate(resume));
    hasFollowed = true;
  });
  mend();
  void supervisor.detect({
    finding,
    cluster,
    since: clock.now(),
    acts: false,
    announce: true,
    suspicion: null,
  });
  await begun;
  await supervisor.idle();
  expect(hasFollowed).toBe(true);
});
