import { expect, it } from 'vitest';
import { toMermaid } from '../../src/simulation/mermaid.ts';
import { everyWorkflow } from './machines.ts';

it.each(everyWorkflow)('$name is drawn in docs/workflows as it is', async ({ name, machine }) => {
  await expect(toMermaid(machine)).toMatchFileSnapshot(`../../docs/workflows/${name}.mmd`);
});
