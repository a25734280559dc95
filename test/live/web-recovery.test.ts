import { pathToFileURL } from 'node:url';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aBrowser, expectAccessible, noBrowser, screenshots, visit } from './browser.ts';
import { aController, answering, aScene, configured, portOn, writableOn } from './scene.ts';

const binary = new URL('../../dist/src/bin.js', import.meta.url).pathname;
const because = noBrowser();
if (because !== null) console.warn(`the page is not tried: ${because}`);

it.skipIf(because !== null)(
  'a person watches the page recover a primary that was killed, goes back in time, and takes the incident away as a file',
  async () => {
    const scene = await aScene();
    const [port = 0] = await freePorts(1);
    const config = await configured(scene, {
      ListenAddress: `127.0.0.1:${port}`,
      ClusterNameToAlias: { '.*': 'shop' },
      InstancePollSeconds: 1,
      PostMasterFailoverProcesses: ['echo the pager says password=hunter2hunter2; sleep 1'],
    });
    const { daemon } = await aController(scene, config);
    await expect.poll(() => answering(daemon), { timeout: 20_000 }).toBe(3);
    const browser = await aBrowser();
    const address = `http://127.0.0.1:${port}/web/`;
    const { page, complaints } = await visit(browser, `${address}recoveries`);
    await page.getByRole('heading', { name: 'Nothing has been recovered' }).waitFor();

    // Watched as it happens: it appears by itself, and the state that it is in is lit.
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await page.getByRole('link', { name: /^DeadMaster/ }).click();
    const chart = page.getByRole('group', { name: 'recovery: statechart' });
    await chart.locator('[aria-current="step"]').last().waitFor();
    await chart.locator('[data-state="recovered"][aria-current="step"]').waitFor({ timeout: 20_000 });
    const [successor = ''] = await writableOn(scene);
    await expect.poll(() => page.getByRole('main').textContent()).toContain(`${successor} serves now`);
    await expectAccessible(page);
    await screenshots(page, 'recovery');

    // Back in time, by keyboard: what was not known yet is not shown.
    const slider = page.getByLabel('Moment');
    const hooks = page.getByRole('region', { name: 'Hooks' });
    const data = page.getByRole('region', { name: 'The data' });
    await expect.poll(() => hooks.textContent()).toContain('the pager says password=[hidden]');
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => data.count()).toBe(0);
    expect(await page.getByRole('region', { name: 'Servers', exact: true }).count()).toBe(0);
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await timeline.getByRole('button', { name: /was asked to be the primary/ }).click();
    await chart.locator('[data-state="promotion.promoting"][aria-current="step"]').waitFor();
    expect(await data.count()).toBe(0);
    const servers = page.getByRole('region', { name: 'Servers', exact: true });
    expect(await servers.textContent()).toContain('be the primary');
    // Each with the statements that it was sent.
    expect(await servers.textContent()).toMatch(/STOP SLAVE.*RESET SLAVE ALL/s);
    await expectAccessible(page);

    // A link leads to the moment, and a state says what it is about to whoever comes to it by keyboard.
    const moment = page.url();
    expect(moment).toMatch(/\?at=\d+$/);
    await page.goto(`${address}recoveries`);
    await page.getByRole('table', { name: 'Recoveries' }).waitFor();
    await expectAccessible(page);
    await screenshots(page, 'recoveries');
    await page.goto(moment);
    await chart.locator('[data-state="promotion.promoting"][aria-current="step"]').waitFor();
    await chart.locator('[data-state="fencing"]').focus();
    await expect
      .poll(() => page.getByRole('main').textContent())
      .toContain('Ask the failed primary once more');

    // The file, opened by somebody who reaches nothing.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    const file = join(scene.directory, '..', download.suggestedFilename());
    await download.saveAs(file);
    // The command line writes the same.
    const [uid = ''] = decodeURIComponent(page.url().split('/recovery/')[1] ?? '').split('?');
    const written = join(scene.directory, '..', 'written.html');
    const words = ['recovery', uid, '--html', written, '--config', config];
    const asking = { timeoutMs: 30_000 };
    const { stdout } = await runProgram(process.execPath, [binary, ...words], asking);
    expect(stdout.trim()).toBe(written);
    expect(await readFile(written, 'utf8')).toBe(await readFile(file, 'utf8'));
    const offline = await browser.newContext({
      offline: true,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    const report = await offline.newPage();
    const asked: string[] = [];
    report.on('pageerror', (error) => asked.push(String(error)));
    report.on('request', (request) => asked.push(request.url()));
    await report.goto(pathToFileURL(file).href);
    const told = (await report.locator('body').textContent()) ?? '';
    expect(told).toContain(`${successor} serves now`);
    expect(told).toContain('password=[hidden]');
    expect(told).toMatch(/STOP SLAVE.*RESET SLAVE ALL/s);
    expect(told).not.toContain('hunter2hunter2');
    await report.getByLabel('At this moment').focus();
    await report.keyboard.press('Home');
    await expect
      .poll(() => report.locator('[data-state="recovered"]').getAttribute('class'))
      .toContain('untouched');
    await report.keyboard.press('End');
    await expect
      .poll(() => report.locator('[data-state="recovered"]').getAttribute('class'))
      .toContain('now');
    expect(asked).toEqual([pathToFileURL(file).href]);
    await expectAccessible(report);
    await screenshots(report, 'incident');
    expect(complaints).toEqual([]);
  },
  60_000,
);
