import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { networkDoor } from '../../src/api/door/doors.ts';
import { registerRoutes, type Served } from '../../src/api/routes.ts';
import { createServer } from '../../src/api/server.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { silence, type Voices } from '../../src/hooks/voices.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import type { Audited } from '../../src/telemetry/audit.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { aController, aFleet } from '../controller/a-controller.ts';

/** What an API answers from: a controller of a primary a:1 and its replica b:1. */
export async function served(given: Partial<Config> = {}, voices: Voices = silence): Promise<Served> {
  const world = aFleet('b');
  const journal = memoryJournal();
  const controller = await aController(world, given, { journal });
  // Its time goes on by itself, so that whatever looks at servers comes to an end.
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  void (async () => {
    while (!isOver) {
      await world.clock.advance(20);
      await setImmediate();
    }
  })();
  const reload = async () => ({ changes: [], waitsFor: [] });
  return { controller, pages: journal, metrics: createMetrics(), reload, voices };
}

/** The API as the network has it, to be asked by `inject`. */
export async function anApi(
  given: Partial<Config> = {},
  how: { audited?: Audited[]; told?: string[]; groups?: readonly string[]; now?: () => number } = {},
): Promise<FastifyInstance> {
  const { audited = [], told = [], groups = [], now = () => 0 } = how;
  const teller = { tell: () => {}, warn: (sentence: string) => void told.push(sentence) };
  const door = networkDoor({ ...defaultConfig, ...given }, { teller, groupsOf: async () => groups, now });
  const server = createServer(door, null, {
    write: (one) => void audited.push(one),
    settled: async () => {},
  });
  registerRoutes(server, await served());
  onTestFinished(() => server.close());
  return server;
}
