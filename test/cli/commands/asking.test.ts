import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { socketDoor } from '../../../src/api/door/doors.ts';
import { registerRoutes } from '../../../src/api/routes.ts';
import { createServer } from '../../../src/api/server.ts';
import { eventsOf } from '../../../src/cli/event-stream.ts';
import { programOf } from '../../../src/cli/program.ts';
import { served } from '../../api/served.ts';
import { given } from '../given-program.ts';

/** A controller of a:1 and its replica b:1 behind a socket, and the commands that ask it. */
async function aControllerToAsk() {
  const folder = mkdtempSync(join(tmpdir(), 'baton-asking-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'baton.json');
  writeFileSync(config, JSON.stringify({ StateFile: 'state' }));
  const server = createServer(socketDoor(), null);
  registerRoutes(server, await served());
  await server.listen({ path: join(folder, 'state.sock') });
  onTestFinished(() => server.close());
  /** What a shell sees of a command, and what it prints as it prints it. */
  const follow = (...words: readonly string[]) => {
    const [lines, said]: [string[], string[]] = [[], []];
    let exit: number | null = null;
    const terminal = {
      print: (text: string) => void lines.push(text),
      say: (text: string) => void said.push(text),
      colours: false,
    };
    const leave = (code: number) => {
      exit = code;
    };
    const running = programOf(terminal, leave, given).parseAsync([...words, '--config', config], {
      from: 'user',
    });
    return { lines, ended: running.then(() => ({ exit, printed: lines.join('\n'), said: said.join('\n') })) };
  };
  const baton = (...words: readonly string[]) => follow(...words).ended;
  return { socket: join(folder, 'state.sock'), stop: () => server.close(), follow, baton };
}

describe('a controller that has changed a primary', () => {
  it('is asked for what it did, what it cost, which hooks ran, and what would be done next', async () => {
    const { baton, socket } = await aControllerToAsk();
    expect(await baton('detections')).toMatchObject({ exit: 1, said: 'No failure was detected.' });
    expect(await baton('changelog')).toMatchObject({ exit: 1 });
    expect(await baton('signals', 'a:1')).toMatchObject({ exit: 1 });
    expect(await baton('testimony', 'a:1')).toMatchObject({
      exit: 0,
      said: 'Nothing is found to be wrong with a:1.',
    });
    const rehearsed = await baton('rehearse', 'a:1');
    expect(rehearsed).toMatchObject({ exit: 0 });
    expect(rehearsed.printed).toContain('b:1 would take over:');

    const leaving = new AbortController();
    const heard: string[] = [];
    const hearing = (async () => {
      for await (const { name, data } of eventsOf({
        socketPath: socket,
        path: '/baton/v1/events',
        after: null,
        signal: leaving.signal,
      })) {
        heard.push(name);
        if (name === 'ended') return (data as { uid: string }).uid;
      }
      return '';
    })();
    expect(await baton('takeover', 'a:1', '--to', 'b:1')).toMatchObject({ exit: 0, printed: 'b:1' });
    const uid = await hearing;
    leaving.abort();
    expect(heard).toEqual(expect.arrayContaining(['opened', 'asked', 'answered', 'act', 'acted', 'ended']));

    expect(await baton('hooks', 'runs', uid)).toMatchObject({ exit: 0, said: 'No hook ran in it.' });
    expect(await baton('verdict', uid)).toMatchObject({
      exit: 0,
      printed: expect.stringContaining('Nothing was lost') as string,
    });
    expect((await baton('recoveries')).printed).toContain('takenOver');
    const file = `${socket}.html`;
    expect(await baton('recovery', uid, '--html', file)).toMatchObject({ exit: 0 });
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>.*b:1/is);
  });
});

describe('baton events', () => {
  it('goes on behind an event, tells it in a line, and ends with 3 when the controller goes', async () => {
    const { baton, follow, stop } = await aControllerToAsk();
    await baton('takeover', 'a:1', '--to', 'b:1');
    const { lines, ended } = follow('events', '--after', '1.0');
    await expect.poll(() => lines.join('\n'), { timeout: 5_000 }).toMatch(/takeover [0-9a-f]{8} {2}.*b:1/);
    await stop();
    const { exit, printed } = await ended;
    expect(exit).toBe(3);
    expect(printed).toContain('takeover');
  });

  it('says that no controller answers where none does', async () => {
    const { baton, stop } = await aControllerToAsk();
    await stop();
    await expect(baton('events')).rejects.toMatchObject({ code: 'daemon-unreachable' });
  });
});
