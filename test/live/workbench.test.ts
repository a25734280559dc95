import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aBrowser, expectAccessible, noBrowser, screenshots, visit } from './browser.ts';

const bin = fileURLToPath(new URL('../../dist/src/bin.js', import.meta.url));
const because = noBrowser();
if (because !== null) process.stderr.write(`workbench.test.ts is left out: ${because}\n`);

/** `baton dev`, and where its page is. */
async function aDev(...words: string[]): Promise<{ readonly url: string; readonly dev: ChildProcess }> {
  const [port] = await freePorts(1);
  const listen = `127.0.0.1:${port}`;
  const dev = spawn(process.execPath, [bin, 'dev', '--listen', listen, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    if (dev.exitCode !== null) return;
    dev.kill('SIGKILL');
    await once(dev, 'exit');
  });
  for await (const said of dev.stderr) if (String(said).includes('nothing is left')) break;
  dev.stderr.resume();
  return { url: `http://${listen}/web`, dev };
}

const conf = `vrrp_instance shop {
  interface eth0
  virtual_router_id 51
  priority 100
  virtual_ipaddress { 192.0.2.10/24 }
  notify_master /opt/promote.sh
  notify_fault "/opt/page.sh shop"
}
`;

async function sees(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

it.skipIf(because !== null)(
  'a story is played, paused, stepped and disturbed on the stage, and the page shows it as it shows real servers',
  async () => {
    const [browser, { url, dev }] = await Promise.all([
      aBrowser(),
      aDev('--story', 'dead-primary', '--speed', '5'),
    ]);
    const { page, complaints } = await visit(browser, `${url}/workbench`);
    await sees(page, 'b:3306 is the primary now, in place of a:3306');
    await sees(page, 'the story is told, its world goes on');
    await expectAccessible(page);
    await screenshots(page, 'workbench-stage');

    await page.getByRole('button', { name: 'Kill b:3306' }).click();
    // A second failure within the quiet time is left to a person.
    await sees(page, /the cluster is left alone for another/);
    await page.getByLabel('Say what happens next').fill('acknowledge ann seen');
    await page.keyboard.press('Enter');
    await sees(page, 'c:3306 is the primary now, in place of b:3306');
    await page.getByRole('button', { name: 'Pause' }).click();
    await sees(page, 'paused');
    await page.getByLabel('Say what happens next').fill('kill c');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Step' }).click();
    await sees(page, /^the connection to c:3306 has ended/);
    await page.getByRole('button', { name: 'Restart a:3306' }).waitFor();

    // The rest of the page does not know the difference.
    await page.getByRole('link', { name: 'Clusters' }).click();
    await sees(page, 'c:3306');
    expect(complaints).toEqual([]);

    dev.kill('SIGINT');
    expect(await once(dev, 'exit')).toEqual([0, null]);
  },
);

it.skipIf(because !== null)(
  'a workflow is walked by hand: where an answer leads, where a refusal does, what a schema lets not through, and back',
  async () => {
    const [browser, { url }] = await Promise.all([aBrowser(), aDev('--paused')]);
    const { page, complaints } = await visit(browser, `${url}/workbench/walk/detection`);
    const place = page.getByRole('region', { name: 'Where it stands' });
    const stands = (state: string) => place.getByText(state, { exact: true }).waitFor();
    await stands('announcing');
    await page.getByRole('button', { name: 'Answer announce' }).click();
    await stands('corroborating');
    await page.getByLabel('Its value').fill('{"holds": "perhaps"}');
    await sees(page, /holds: Invalid input/);
    expect(await page.getByRole('button', { name: 'Answer corroborate' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Refuse' }).click();
    await stands('refused');
    await expectAccessible(page);
    await screenshots(page, 'workbench-walk');
    await page.getByRole('button', { name: 'One back' }).click();
    await stands('corroborating');
    await page.getByRole('button', { name: 'Die and continue' }).click();
    await sees(page, /resumed .*the controller died, and another continues/);
    expect(complaints).toEqual([]);
  },
);

it.skipIf(because !== null)(
  'two recordings are compared, and what no story walks is said, without a complaint of the browser',
  async () => {
    const [browser, { url }] = await Promise.all([aBrowser(), aDev('--paused')]);
    const { page, complaints } = await visit(browser, `${url}/workbench/compare`);
    await sees(page, /They tell the same for \d+ records/);
    await sees(page, 'first difference');
    await expectAccessible(page);
    await screenshots(page, 'workbench-compare');
    await page.getByRole('tab', { name: 'Coverage' }).click();
    await page.getByRole('button', { name: 'Play all stories' }).click();
    await page.getByRole('link', { name: 'detection' }).click({ timeout: 60_000 });
    await sees(page, 'no story');
    await sees(page, 'goes from claiming to handedOver');
    await expectAccessible(page);
    await screenshots(page, 'workbench-coverage');

    // A keepalived.conf: its scripts stand at the states that call them.
    await page.getByRole('tab', { name: 'keepalived.conf' }).click();
    await page.getByRole('textbox', { name: 'keepalived.conf' }).fill(conf);
    const scripts = page.getByRole('region', { name: 'Scripts' });
    await expect.poll(() => scripts.textContent()).toContain('notify_master (line 6): /opt/promote.sh');
    const master = page.getByRole('group', { name: 'role: statechart' }).locator('[data-state="master"]');
    await master.focus();
    await expect.poll(() => scripts.locator('[aria-current="step"]').textContent()).toContain('MASTER');
    await expectAccessible(page);
    await screenshots(page, 'workbench-keepalived');
    expect(complaints).toEqual([]);
  },
);
