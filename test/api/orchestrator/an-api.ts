import type { FastifyInstance } from 'fastify';
import type { Config } from '../../../src/config/keys.ts';
import { socketDoor } from '../../../src/api/door/doors.ts';
import { registerOrchestrator } from '../../../src/api/orchestrator/register.ts';
import { createServer } from '../../../src/api/server.ts';
import type { Controller } from '../../../src/controller/controller.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import type { VirtualClock } from '../../../src/simulation/clock.ts';
import type { Fleet } from '../../../src/simulation/fleet.ts';
import type { Leadership, Publisher, SoleJournal } from '../../../src/engine/ports.ts';
import { aController } from '../../controller/a-controller.ts';
import { PretendedHooks } from '../../../src/simulation/pretended-hooks.ts';

/** An answer as a client gets it. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/** orchestrator’s API of a controller of that fleet. */
export interface AnApi {
  readonly controller: Controller;
  readonly server: FastifyInstance;
  readonly clock: VirtualClock;
  readonly fleet: Fleet;
  /** Asks, and lets the time pass that the answer takes. `path` is what stands behind `/api/`. */
  ask(path: string, method?: 'GET' | 'HEAD' | 'POST'): Promise<Reply>;
}

export async function anApi(
  { clock, fleet }: { clock: VirtualClock; fleet: Fleet },
  given: Partial<Config> = {},
  {
    publisher = null,
    journal = memoryJournal(),
    ...more
  }: { publisher?: Publisher | null; journal?: SoleJournal; leadership?: Leadership } = {},
): Promise<AnApi> {
  const runner = new PretendedHooks(clock);
  const controller = await aController({ clock, fleet }, given, { journal, runner, publisher, ...more });
  const server = createServer(socketDoor(), null);
  registerOrchestrator(server, { controller, reload: async () => ({ changes: [], waitsFor: [] }) });
  await server.ready();
  return {
    controller,
    server,
    clock,
    fleet,
    async ask(path, method = 'GET') {
      let reply: Reply | null = null;
      const asking = server.inject({ method, url: `/api/${path}` }).then((answer) => {
        reply = {
          status: answer.statusCode,
          type: String(answer.headers['content-type'] ?? ''),
          body: answer.payload === '' ? null : JSON.parse(answer.payload),
        };
      });
      for (let waited = 0; reply === null && waited < 120_000; waited += 10) await clock.advance(10);
      await asking;
      return reply as unknown as Reply;
    },
  };
}
