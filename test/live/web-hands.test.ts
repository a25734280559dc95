import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aBrowser, expectAccessible, noBrowser, screenshots, visit } from './browser.ts';
import { aController, answering, aScene, configured, lastRecovery, portOn, writableOn } from './scene.ts';

const because = noBrowser();
if (because !== null) console.warn(`the page is not tried: ${because}`);

const patient = { timeout: 30_000, interval: 50 };
const dba = { user: 'dba', password: 'her-password' };

it.skipIf(because !== null)(
  'whoever signs in by a password may look where ReadOnly is set; elsewhere they recover, hear a hook as it speaks, answer for it, and cancel',
  async () => {
    const scene = await aScene({ servers: 2 });
    const [port = 0] = await freePorts(1);
    const wait = join(scene.directory, 'wait');
    const spawner = join(scene.directory, 'spawner');
    await writeFile(wait, '');
    const keys = {
      ListenAddress: `127.0.0.1:${port}`,
      ClusterNameToAlias: { '.*': 'shop' },
      InstancePollSeconds: 1,
      DetectionConfirmMilliseconds: 0,
      // A person has it recovered, not Baton.
      RecoverMasterClusterFilters: [],
      AuthenticationMethod: 'basic',
      HTTPAuthUser: dba.user,
      HTTPAuthPassword: dba.password,
      PreFailoverProcesses: [
        {
          Command: `echo "moving the address, password=hunter2hunter2"; echo $PPID > ${spawner}; while [ -e ${wait} ]; do sleep 0.1; done`,
          OnResume: 'ask',
          AskTimeoutSeconds: 300,
        },
      ],
    };
    const quiet = await aController(scene, await configured(scene, { ...keys, ReadOnly: true }));
    const browser = await aBrowser();
    const address = `http://127.0.0.1:${port}/web/`;
    const by = Buffer.from(`${dba.user}:${dba.password}`).toString('base64');
    await expect.poll(() => answering(quiet.daemon), patient).toBe(2);

    // Nobody is let in whose password is a wrong one; it is the browser that asks for it.
    const stranger = await visit(browser, `${address}cluster/shop`, {
      signsIn: { ...dba, password: 'a-wrong-one' },
    });
    await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await stranger.page.getByRole('main').textContent()).toContain('password');
    await stranger.page.context().close();

    const { page, complaints } = await visit(browser, `${address}cluster/shop`, { signsIn: dba });
    await page.getByRole('heading', { name: 'shop' }).waitFor();
    const change = page.getByRole('button', { name: 'Change the primary…' });
    const readOnly = 'This controller takes no changes over the network (ReadOnly).';
    await expect.poll(() => change.getAttribute('aria-description')).toBe(readOnly);
    expect(await change.getAttribute('aria-disabled')).toBe('true');
    const forced = await page.request.post(`http://127.0.0.1:${port}/baton/v1/restraints/disable`, {
      headers: { authorization: `Basic ${by}` },
      data: { by: 'dba', why: 'past the page' },
    });
    expect([forced.status(), await forced.text()]).toEqual([403, expect.stringContaining('ReadOnly')]);
    quiet.process.signal('SIGKILL');

    // The page finds the next controller by itself, and offers what may be done there.
    const config = await configured(scene, keys);
    const first = await aController(scene, config);
    await expect.poll(() => change.getAttribute('aria-disabled'), patient).toBe('false');
    await expect.poll(() => answering(first.daemon), patient).toBe(2);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await page.getByRole('button', { name: 'Recover…' }).click();
    const dialog = page.getByRole('dialog');
    await expect
      .poll(() => dialog.getByRole('list', { name: 'Gates' }).textContent(), patient)
      .toContain('open');
    await expect.poll(() => dialog.textContent()).toContain(`${scene.keys[1]} would be promoted`);
    expect(await dialog.textContent()).toContain('SET GLOBAL read_only');
    await expectAccessible(page);
    await screenshots(page, 'recover');
    await dialog.getByLabel('Why').fill('nobody can pay');
    await dialog.getByRole('button', { name: 'Recover', exact: true }).click();
    await dialog.getByRole('link', { name: 'Watch it' }).click();

    // A hook is heard while it runs, without what looks like a secret.
    const hooks = page.getByRole('region', { name: 'Hooks' });
    await expect.poll(() => hooks.textContent(), patient).toContain('moving the address, password=[hidden]');
    expect(await hooks.textContent()).toContain('runs');
    expect(await page.getByRole('main').textContent()).not.toContain('hunter2hunter2');
    await screenshots(page, 'hook-runs');

    // The controller dies with all that ran for it: nobody saw how the hook ended, so a person is asked.
    first.process.signal('SIGKILL');
    process.kill(Number(await readFile(spawner, 'utf8')), 'SIGKILL');
    await rm(spawner);
    const second = await aController(scene, config);
    const again = page.getByRole('button', { name: 'Run it again' });
    await again.waitFor({ timeout: 30_000 });
    await expect.poll(() => again.getAttribute('aria-disabled'), patient).toBe('false');
    await expectAccessible(page);
    await screenshots(page, 'asked');
    await again.click();
    await expect.poll(() => dialog.textContent()).toContain('it may have done its work before');
    await dialog.getByLabel('Why').fill('the address has not moved');
    await dialog.getByRole('button', { name: 'Run it again' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect
      .poll(() => page.getByRole('list', { name: 'Timeline' }).textContent(), patient)
      .toContain('the address has not moved');
    await expect.poll(() => readFile(spawner, 'utf8').catch(() => ''), patient).not.toBe('');

    // It is stopped while it still can be, and nothing was changed.
    await page.getByRole('button', { name: 'Stop it' }).click();
    await expect.poll(() => dialog.textContent()).toContain('everything is put back');
    await dialog.getByLabel('Why').fill('it is coming back');
    await dialog.getByRole('button', { name: 'Stop it' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect
      .poll(() => page.getByRole('main').textContent(), patient)
      .toContain('A person has cancelled it');
    await expect
      .poll(() => lastRecovery(second.daemon), patient)
      .toMatchObject({ state: 'cancelled', asked: { who: 'dba', why: 'nobody can pay' } });
    expect(await writableOn(scene)).toEqual([]);
    expect(complaints).toEqual([]);
  },
  120_000,
);
