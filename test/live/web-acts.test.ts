import { expect, it } from 'vitest';
import { tokenHash } from '../../src/config/api-token.ts';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aBrowser, expectAccessible, noBrowser, screenshots, visit } from './browser.ts';
import { aController, answering, aScene, configured, lastRecovery, writableOn } from './scene.ts';

const because = noBrowser();
if (because !== null) console.warn(`the page is not tried: ${because}`);

it.skipIf(because !== null)(
  'whoever acts in the page sees first what will happen and every gate, and the controller does that',
  async () => {
    const scene = await aScene();
    const [port = 0] = await freePorts(1);
    const config = await configured(scene, {
      ListenAddress: `127.0.0.1:${port}`,
      ClusterNameToAlias: { '.*': 'shop' },
      InstancePollSeconds: 1,
      ApiTokens: [
        { Name: 'olga', Role: 'recover', Hash: tokenHash('olgas-token') },
        { Name: 'vera', Role: 'view', Hash: tokenHash('veras-token') },
      ],
    });
    const { daemon, process: controller } = await aController(scene, config);
    await expect.poll(() => answering(daemon), { timeout: 20_000 }).toBe(3);
    const [primary = '', second = ''] = scene.keys;
    const browser = await aBrowser();
    const address = `http://127.0.0.1:${port}/web/`;

    // Nobody is let in who does not say who they are.
    const { page, complaints } = await visit(browser, `${address}cluster/alias/shop`);
    const signIn = async (at: typeof page, token: string) => {
      await at.getByLabel('Token').fill(token);
      await at.getByRole('button', { name: 'Sign in' }).click();
    };
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);
    await screenshots(page, 'sign-in');
    await signIn(page, 'a-wrong-one');
    await expect.poll(() => page.getByRole('main').textContent()).toContain('not known here');
    await signIn(page, 'olgas-token');
    await page.getByRole('heading', { name: 'shop' }).waitFor();
    const dialog = page.getByRole('dialog');
    const confirm = async (button: string, why: string) => {
      await dialog.getByLabel('Why').fill(why);
      await dialog.getByRole('button', { name: button }).click();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
    };

    // A downtime: what it means, then that it is.
    await page.goto(`${address}cluster/shop?instance=${second}`);
    await page.getByRole('button', { name: 'Begin a downtime…' }).click();
    await expect.poll(() => dialog.textContent()).toContain('Baton does nothing about it');
    await dialog.getByLabel('For how long').selectOption({ label: '4 hours' });
    await confirm('Begin the downtime', 'a new disk');
    const details = page.getByRole('complementary', { name: `Details of ${second}` });
    await expect.poll(() => details.textContent()).toContain('a new disk (olga)');
    await details.getByRole('button', { name: 'End the downtime…' }).click();
    await confirm('End it', 'it is in');
    await expect.poll(() => details.textContent()).not.toContain('a new disk');

    // A change of primary, with all its gates.
    await details.getByRole('button', { name: 'Make it the primary…' }).click();
    await expect.poll(() => dialog.getByRole('list', { name: 'Gates' }).textContent()).toContain('open');
    await expect.poll(() => dialog.textContent()).toContain(`${second} would be promoted`);
    await expectAccessible(page);
    await screenshots(page, 'takeover');
    await dialog.getByLabel('Why').fill('tonight is the night');
    await dialog.getByRole('button', { name: 'Change the primary' }).click();
    await dialog.getByRole('link', { name: 'Watch it' }).click();
    await page.waitForURL(/\/web\/recovery\//);
    await expect.poll(() => writableOn(scene), { timeout: 20_000 }).toEqual([second]);
    await page.goBack();
    await expect
      .poll(() => page.getByRole('main').textContent(), { timeout: 10_000 })
      .toContain(`primary ${second}`);
    expect(await lastRecovery(daemon)).toMatchObject({ asked: { who: 'olga', why: 'tonight is the night' } });

    // All recoveries, forbidden and allowed again.
    await page.goto(`${address}clusters`);
    await page.getByRole('button', { name: 'Forbid recoveries…' }).click();
    await confirm('Forbid them', 'a rehearsal');
    await expect.poll(() => page.getByRole('main').textContent()).toContain('somebody has forbidden it');
    await screenshots(page, 'clusters');
    await expectAccessible(page);

    // Whoever may only look is told why, and the API holds to it.
    const veras = await visit(browser, address);
    await signIn(veras.page, 'veras-token');
    const allow = veras.page.getByRole('button', { name: 'Allow…' });
    await allow.hover();
    const reason = 'This needs the role recover; vera has view.';
    await expect.poll(() => veras.page.getByRole('tooltip').textContent()).toBe(reason);
    expect(await allow.getAttribute('aria-description')).toBe(reason);
    expect(await allow.getAttribute('aria-disabled')).toBe('true');
    await veras.page.context().close();
    await page.getByRole('button', { name: 'Allow…' }).click();
    await confirm('Allow them', 'it is over');
    await expect.poll(() => page.getByRole('main').textContent()).not.toContain('somebody has forbidden it');

    // A controller that is gone: what was known stays, and says so.
    await page.goto(`${address}cluster/shop`);
    await page.getByRole('heading', { name: 'shop' }).waitFor();
    controller.signal('SIGKILL');
    await expect
      .poll(() => page.getByRole('alert').textContent())
      .toContain('No word from the controller since');
    expect(await page.getByRole('group', { name: new RegExp(`^${primary},`) }).count()).toBe(1);
    await expectAccessible(page);
    await screenshots(page, 'disconnected');
    expect(complaints).toEqual([]);
  },
  120_000,
);
