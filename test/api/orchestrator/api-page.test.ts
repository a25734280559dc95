import { expect, it } from 'vitest';
import { apiPage } from './api-page.ts';

it('the page of orchestrator’s API has every route as the code has it', async () => {
  await expect(apiPage()).toMatchFileSnapshot('../../../docs/reference/orchestrator-api.md');
});
