import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** The distribution's Chromium; only .ci/run installs it. */
const executablePath = '/usr/bin/chromium';
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why a test of the page is left out on this machine; null where there is a browser. */
export function noBrowser(): string | null {
  return existsSync(executablePath)
    ? null
    : `there is no ${executablePath}: a package of the distribution has it`;
}

/** What a person saw and what went wrong meanwhile. */
export interface Visit {
  readonly page: Page;
  /** Exceptions, complaints of the browser (its policy is one), and requests to other hosts: none of them may be. */
  readonly complaints: string[];
}

/** A browser for one test, gone when it ends. */
export async function aBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: quiet });
  onTestFinished(() => browser.close());
  return browser;
}

/** Somebody looks at `url`. */
export async function visit(
  browser: Browser,
  url: string,
  how: {
    width?: number;
    height?: number;
    theme?: 'light' | 'dark';
    /** What they tell the browser when it asks. */
    signsIn?: { user: string; password: string };
  } = {},
): Promise<Visit> {
  const { width = 1440, height = 900, theme = 'light', signsIn } = how;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    ...(signsIn === undefined
      ? {}
      : { httpCredentials: { username: signsIn.user, password: signsIn.password } }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const { host } = new URL(url);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).host !== host)
      complaints.push(`it asked ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

/** Nothing that keeps somebody from using the page (WCAG 2.2 A and AA), as far as axe-core can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  // By the page's own policy no script comes in from elsewhere but by the debugger.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as { axe: typeof axe };
    const { violations: found } = await judge.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
  expect(violations).toEqual([]);
}

const screens = new URL('../../docs/screens/', import.meta.url).pathname;
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

/**
 * Takes pictures of what `page` shows, at three widths in both themes, into docs/screens; only with BATON_SCREENS set,
 * for they are reviewed by eye and each run's differ in their clocks.
 */
export async function screenshots(page: Page, name: string): Promise<void> {
  if (process.env['BATON_SCREENS'] === undefined) return;
  // What is still being read or drawn is not what people look at.
  await expect.poll(() => page.locator('[data-busy]').count(), { timeout: 20_000 }).toBe(0);
  for (const theme of ['light', 'dark'] as const)
    for (const size of sizes) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize(size);
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${screens}${name}-${size.width}-${theme}.png` });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes[0]);
}
