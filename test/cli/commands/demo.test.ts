import { expect, it } from 'vitest';
import { demoCommand } from '../../../src/cli/commands/demo.ts';

async function answerTo(...words: readonly string[]): Promise<readonly string[]> {
  const printed: string[] = [];
  const terminal = { print: (text: string) => void printed.push(text), say: () => {}, colours: false };
  async function* told() {
    yield* ['> kill db1', 'db1 is dead'];
  }
  await demoCommand(terminal, () => {}, told).parseAsync(words, { from: 'user' });
  return printed;
}

it('tells the story on pretended servers line by line', async () => {
  expect(await answerTo('--simulated')).toEqual(['> kill db1', 'db1 is dead']);
});

it('answers in JSON on pretended servers too', async () => {
  const [answer = '', ...more] = await answerTo('--simulated', '--json');
  expect(more).toEqual([]);
  expect(JSON.parse(answer)).toEqual({ simulated: ['> kill db1', 'db1 is dead'] });
});
