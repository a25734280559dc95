import { expect, it } from 'vitest';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aBrowser, expectAccessible, noBrowser, screenshots, visit } from './browser.ts';
import { aController, answering, aScene, configured } from './scene.ts';

const because = noBrowser();
if (because !== null) console.warn(`the page is not tried: ${because}`);

it.skipIf(because !== null)(
  'the page draws real servers, follows them live, finds them, and moves a replica by hand and by keyboard',
  async () => {
    const scene = await aScene({ semiSync: true });
    const [port = 0] = await freePorts(1);
    const config = await configured(scene, {
      ListenAddress: `127.0.0.1:${port}`,
      ClusterNameToAlias: { '.*': 'shop' },
      InstancePollSeconds: 1,
    });
    const { daemon } = await aController(scene, config);
    await expect.poll(() => answering(daemon), { timeout: 20_000 }).toBe(3);
    const [primary = '', second = '', third = ''] = scene.keys;
    const sql = (key: string, statement: string) =>
      scene.sandbox.sql(scene.sandbox.members.find((each) => each.key === key)?.port ?? 0, statement);

    const { page, complaints } = await visit(await aBrowser(), `http://127.0.0.1:${port}/`);
    await page.getByRole('link', { name: 'shop' }).click();
    const card = (key: string) => page.getByRole('group', { name: new RegExp(`^${key},`) });
    await expect.poll(() => card(primary).textContent()).toMatch(/primary.*writable.*semi-sync/);
    await expect.poll(() => card(second).textContent()).toMatch(/read-only.*GTID.*semi-sync.*0 s/);
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2);
    await expectAccessible(page);
    await screenshots(page, 'topology');

    // What happens to a server is seen without asking again.
    await sql(third, 'STOP SLAVE SQL_THREAD');
    await expect.poll(() => card(third).textContent(), { timeout: 8_000 }).toContain('not applying');
    await sql(third, 'START SLAVE SQL_THREAD');
    await expect.poll(() => card(third).textContent(), { timeout: 8_000 }).not.toContain('not applying');

    // By hand: what is dragged onto another is to follow it, once it was seen how and confirmed.
    const [from, onto] = [await card(third).boundingBox(), await card(second).boundingBox()];
    if (from === null || onto === null) throw new Error('a card is not drawn');
    await page.mouse.move(from.x + 60, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 70, from.y + 30, { steps: 3 });
    await page.mouse.move(onto.x + 65, onto.y + 22, { steps: 6 });
    await page.mouse.up();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.textContent()).toContain(`Move ${third} below ${second}`);
    await expect.poll(() => dialog.textContent()).toMatch(/CHANGE MASTER TO .*MASTER_USE_GTID/);
    const gates = await dialog.getByRole('list', { name: 'Gates' }).textContent();
    expect(gates).toContain('the source writes a binary log');
    expect(gates).not.toContain('shut');
    expect(await dialog.getByRole('button', { name: 'Move it' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await screenshots(page, 'move');
    await dialog.getByLabel('Who you are').fill('ann');
    await dialog.getByLabel('Why').fill('to spare the primary');
    await dialog.getByRole('button', { name: 'Move it' }).click();
    await dialog.getByRole('link', { name: 'Watch it' }).waitFor();
    await page.keyboard.press('Escape');
    const sourceOf = async (key: string) =>
      (await scene.sandbox.status()).find((each) => each.key === key)?.replication?.source;
    await expect.poll(() => sourceOf(third), { timeout: 10_000 }).toBe(second);
    const leftOf = async (key: string) => (await card(key).boundingBox())?.x ?? 0;
    const isRight = async () => (await leftOf(third)) > (await leftOf(second));
    await expect.poll(isRight, { timeout: 8_000 }).toBe(true);

    // By keyboard alone, and by the search: back again.
    await page.keyboard.press('/');
    await page.keyboard.type(third);
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: `Details of ${third}` });
    await details.waitFor();
    expect(page.url()).toContain(`/web/cluster/shop?instance=`);
    await details.getByRole('button', { name: 'Move below another…' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Below').focus();
    await dialog.getByLabel('Below').selectOption(primary);
    await expect.poll(() => dialog.textContent()).toContain('What will happen');
    await dialog.getByLabel('Why').focus();
    await page.keyboard.type('back again');
    await expect.poll(() => dialog.getByRole('button', { name: 'Move it' }).isEnabled()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => sourceOf(third), { timeout: 10_000 }).toBe(primary);
    expect(complaints).toEqual([]);
  },
  90_000,
);
