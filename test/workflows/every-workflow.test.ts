import { expect, it } from 'vitest';
import { toMermaid } from '../../src/drawing/mermaid.ts';
import { everyWorkflow, statesOf } from './machines.ts';

it.each(everyWorkflow)('$name is drawn in docs/workflows as it is', async ({ name, machine }) => {
  await expect(toMermaid(machine)).toMatchFileSnapshot(`../../docs/workflows/${name}.mmd`);
});

it.each(everyWorkflow)('$name calls only ends grave that it has', ({ machine, grave = [] }) => {
  const ends = statesOf(machine).flatMap(({ key, type }) => (type === 'final' ? [key] : []));
  expect(ends).toEqual(expect.arrayContaining([...grave]));
});
