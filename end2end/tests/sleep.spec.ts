// A page that sleeps, as a phone does in a pocket: its process is stopped while the world, and the connection, go on.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { closedPort, enter, judged, openPort, redirect } from '../fixtures/fleet.js';
import { people } from '../fixtures/telegram.js';

const ASLEEP_MS = 90_000;
/** The app looks at the clock so often. The page was in sight all the time, so no event wakes it before. */
const TICK_MS = 1_000;

/** What was on the screen at a frame: when, the colour of the server's mark as long as it was the one of `up`, and how many
 * ticks the page had lived through. The ticks count and no clock: a slow machine is slow for the app and for them alike. */
type Frame = [at: number, colour: string | undefined, ticks: number];
declare const frames: Frame[];

test('what a page slept through is there when it wakes, and nothing old is shown as current', async ({ app, page }) => {
  test.setTimeout(ASLEEP_MS + 60_000);
  const api = await Api.signIn();
  const server = await enter(api, openPort());
  await judged(api, server.id, 'up');
  await app.open({ as: people.employee, path: `/servers?q=${server.name}` });
  await expect(page.locator('.panes__list .age--live')).toBeVisible();
  await page.evaluate((tick) => {
    const seen: Frame[] = [];
    let ticks = 0;
    setInterval(() => ticks++, tick);
    Object.assign(window, { frames: seen });
    const look = () => {
      const mark = document.querySelector('#fleet a.host .state--up');
      seen.push([Date.now(), mark ? getComputedStyle(mark).color : undefined, ticks]);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, TICK_MS);

  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const all = (signal: NodeJS.Signals) => pages.forEach((page) => process.kill(page, signal));
  all('SIGSTOP');
  const asleep = Date.now();
  await redirect(api, server, closedPort);
  await judged(api, server.id, 'down');
  await new Promise((wake) => setTimeout(wake, asleep + ASLEEP_MS - Date.now()));
  all('SIGCONT');

  await expect(page.locator('#fleet a.host', { hasText: server.name }).locator('.state--down')).toBeVisible({ timeout: 5_000 });
  await expect(page.locator('html[data-stale]')).toHaveCount(0);
  const after = await page.evaluate((time) => frames.filter(([at]) => at > time), asleep + ASLEEP_MS - 1_000);
  expect(after.length, 'frames after the sleep').toBeGreaterThan(0);
  const [, green] = await page.evaluate(() => frames[0]);
  expect(green).toBeDefined();
  expect(after.filter(([, colour, ticks]) => ticks > after[0][2] + 2 && colour === green)).toEqual([]);
  const during = await page.evaluate(
    ([from, to]) => frames.filter(([at]) => at > from && at < to),
    [asleep + 1_000, asleep + ASLEEP_MS - 1_000],
  );
  expect(during, 'it slept').toEqual([]);
});
