// A tab that sleeps, as in a pocket: frozen by the browser while the world goes on.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { closedPort, enter, judged, openPort, redirect } from '../fixtures/fleet.js';
import { people } from '../fixtures/telegram.js';

const ASLEEP_MS = 90_000;

/** What was on the screen at a frame: when, whether the server was green, whether the screen said that it is old. */
type Frame = [at: number, green: boolean, old: boolean];
declare const frames: Frame[];

test('what a frozen tab slept through is there when it wakes, and nothing old is shown as current', async ({ app, page }) => {
  test.setTimeout(ASLEEP_MS + 60_000);
  const api = await Api.signIn();
  const server = await enter(api, openPort());
  await judged(api, server.id, 'up');
  await app.open({ as: people.employee, path: `/servers?q=${server.name}` });
  await expect(page.locator('.panes__list .age--live')).toBeVisible();
  await page.evaluate(() => {
    const seen: Frame[] = [];
    Object.assign(window, { frames: seen });
    const look = () => {
      const old = document.documentElement.hasAttribute('data-stale');
      seen.push([Date.now(), document.querySelector('#fleet a.host .state--up') !== null, old]);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
  const asleep = Date.now();
  await redirect(api, server, closedPort);
  await judged(api, server.id, 'down');
  await new Promise((wake) => setTimeout(wake, asleep + ASLEEP_MS - Date.now()));
  await browser.send('Page.setWebLifecycleState', { state: 'active' });

  await expect(page.locator('#fleet a.host', { hasText: server.name }).locator('.state--down')).toBeVisible({ timeout: 5_000 });
  await expect(page.locator('html[data-stale]')).toHaveCount(0);
  const after = await page.evaluate((time) => frames.filter(([at]) => at > time), asleep + ASLEEP_MS - 1_000);
  expect(after.length, 'frames after the sleep').toBeGreaterThan(0);
  expect(after.filter(([, green, old]) => green && !old)).toEqual([]);
  const during = await page.evaluate((time) => frames.filter(([at]) => at > time).length, asleep + 1_000);
  expect(during, 'the tab slept').toBe(after.length);
});
