import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstScript } from '../../src/cli/dev/first-script.ts';
import { storyBook } from '../../src/cli/dev/story-book.ts';
import { coverageReport } from '../../src/cli/dev/coverage-report.ts';
import { verbs } from '../../src/simulation/verbs.ts';

const file = (name: string, text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'baton-dev-')), name);
  writeFileSync(path, text);
  return path;
};

it('has stories that say what they are about, and only what a story can say', async () => {
  const book = await storyBook([]);
  expect(book.length).toBeGreaterThan(20);
  for (const { name, title, commands } of book) {
    expect(title).not.toBe(name);
    expect(commands.filter((command) => !Object.hasOwn(verbs, command.split(' ')[0] ?? ''))).toEqual([]);
    expect(commands).toContain('start');
  }
});

it('plays the story that was meant, or says which one may have been', async () => {
  const book = await storyBook([]);
  expect((await firstScript({}, book)).name).toBe('dead-primary');
  expect((await firstScript({ story: 'takeover' }, book)).commands).toContain('takeover a b');
  await expect(firstScript({ story: 'takeovr' }, book)).rejects.toThrow('did you mean takeover?');
});

it('plays a file of one’s own, and the fleet that a controller has printed', async () => {
  const own = file('mine.story', '# Mine.\nfleet a b<a\n\nstart\n');
  expect(await firstScript({ story: own }, [])).toEqual({
    name: 'mine',
    title: 'Mine.',
    commands: ['fleet a b<a', 'start'],
  });
  const printed = [
    { id: 'x', instances: [{ instance: 'db1:3306', source: null, version: '8.4.6', lagSeconds: 0 }] },
  ];
  const fleet = await firstScript({ fleet: file('fleet.json', JSON.stringify(printed)) }, []);
  expect(fleet.commands[0]).toBe('fleet mysql db1:3306');
  await expect(firstScript({ fleet: own }, [])).rejects.toMatchObject({ code: 'usage' });
});

it('says of a workflow what no story walks', async () => {
  const [script] = (await storyBook([])).filter(({ name }) => name === 'dead-primary');
  const scripts = script === undefined ? [] : [script];
  const report = await coverageReport('detection', scripts, () => new Promise((done) => setImmediate(done)));
  expect(report[0]).toMatch(/^detection: 5 of \d+ states, 4 of \d+ ways$/);
  expect(report).toContain('  no story comes to vetoed');
  expect(report).toContain('  no story goes from deciding to refused');
  await expect(coverageReport('detecton', [], async () => {})).rejects.toThrow('there is no workflow called');
});
