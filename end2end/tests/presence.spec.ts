// Who else looks at a ticket: named to those who look as well, gone when they leave, and nothing moves because of it.
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { App, expect, test } from '../fixtures/app.js';
import { linked, ticket } from '../fixtures/otrs.js';
import { launchData, launchFragment, people, type Person } from '../fixtures/telegram.js';

const line = (page: Page) => page.locator('.panes__detail .looking');

/** The same ticket on somebody else's screen. */
async function also(browser: Browser, like: BrowserContextOptions, as: Person, path: string) {
  const context = await browser.newContext({ ...like, baseURL: process.env.APP_URL });
  const page = await context.newPage();
  await page.addInitScript(() => {
    (window as unknown as { TelegramWebviewProxy: unknown }).TelegramWebviewProxy = { postEvent: () => {} };
  });
  await page.goto(path + launchFragment(launchData(as)));
  await new App(page).alive();
  return { page, leave: () => context.close() };
}

test('whoever looks at the same ticket is named, and goes with his screen', async ({ app, page, browser, viewport }) => {
  const api = await linked();
  await linked('anna.sokolova', people.admin);
  const made = await ticket(api);
  const path = `/tickets/${made.id}`;
  await app.open({ as: people.operator, path });
  const number = page.locator('.talk__digits');
  await expect(number).toHaveText(made.number);
  await expect(line(page)).toBeEmpty();
  const customer = page.locator('.talk__asked').first();
  const before = await customer.boundingBox();
  const anna = await also(browser, { viewport: viewport ?? undefined }, people.admin, path);
  await expect(line(page)).toContainText('Соколова');
  await expect(line(anna.page)).toContainText('Воронцов');
  expect(await customer.boundingBox(), 'nothing moves').toEqual(before);
  // A second screen of hers is no second person.
  const second = await also(browser, { viewport: viewport ?? undefined }, people.admin, path);
  await expect(line(second.page)).toContainText('Воронцов');
  await expect(line(page).locator('.avatar')).toHaveCount(1);
  await second.leave();
  // A hidden page looks at nothing.
  const hide = (hidden: boolean) =>
    anna.page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await expect(line(page)).toBeEmpty();
  await hide(false);
  await expect(line(page)).toContainText('Соколова');
  await anna.leave();
  await expect(line(page)).toBeEmpty();
});
