// What the browser fetches of the app, and what is said when a part of it does not come.
import type { Page } from '@playwright/test';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

/** A first load of this address: the files of the app by their names without the hash, and what they weighed on their way. */
async function firstLoad(page: Page, open: () => Promise<void>) {
  const answers: Promise<[string, number]>[] = [];
  page.on('response', (response) => {
    const [, name, kind] = new URL(response.url()).pathname.match(/^\/pkg\/(.+)-\w+?(_bg\.wasm|\.wasm|\.js|\.css)$/) ?? [];
    if (!name) return;
    expect(response.headers()['content-encoding'], response.url()).toBe('br');
    answers.push(response.request().sizes().then((sizes) => [`${name}${kind}`, sizes.responseBodySize]));
  });
  await open();
  await page.waitForLoadState('networkidle');
  const files = await Promise.all(answers);
  return { names: files.map(([name]) => name), weight: files.reduce((sum, [, weight]) => sum + weight, 0) };
}

const main = ['frontend.js', 'frontend_bg.wasm', 'main.css'];

for (const path of ['/', '/employees?q=инженер']) {
  test(`an operator's page is light: ${path}`, async ({ app, page }) => {
    const { names, weight } = await firstLoad(page, () => app.open({ path }));
    expect(names.sort()).toEqual(main);
    expect(weight).toBeGreaterThan(100_000);
    expect(weight).toBeLessThanOrEqual(300_000);
  });
}

test('a card is as light', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  const { names } = await firstLoad(page, () => app.open({ path: `/employees/${person.id}` }));
  expect(names.sort()).toEqual(main);
});

test('administration comes with its part, each file once', async ({ app, page }) => {
  const { names, weight } = await firstLoad(page, () => app.open({ path: '/admin/accounts' }));
  expect(names).toEqual(expect.arrayContaining([...main, 'administration.wasm']));
  expect(names).not.toContain('editing.wasm');
  expect(new Set(names).size).toBe(names.length);
  expect(weight).toBeLessThanOrEqual(400_000);
});

test('a page whose part does not come says so, and comes when asked again', async ({ app, page, faults }) => {
  await app.open();
  await page.route(/\/pkg\/settings-/, (route) => route.abort());
  await page.getByRole('navigation').getByRole('link', { name: t.nav.settings }).click();
  const notice = page.getByRole('alert').filter({ hasText: t.error.part_failed });
  await expect(notice).toBeVisible();
  expect(faults.splice(0).join()).toContain('fetch');
  await page.unroute(/\/pkg\/settings-/);
  await notice.getByRole('button', { name: t.common.retry }).click();
  await expect(page.getByRole('button', { name: t.settings.sign_out })).toBeVisible();
});

test('after another version was installed, a page whose part is gone can be reloaded', async ({ app, page, faults }) => {
  await app.open();
  await page.route(/\/pkg\/settings-/, (route) => route.fulfill({ status: 404 }));
  await page.getByRole('navigation').getByRole('link', { name: t.nav.settings }).click();
  const notice = page.getByRole('alert').filter({ hasText: t.error.part_failed });
  await expect(notice).toBeVisible();
  expect(faults.splice(0).join()).toContain('HTTP status');
  await page.unroute(/\/pkg\/settings-/);
  await notice.getByRole('button', { name: t.common.reload }).click();
  await app.alive();
  await expect(page.getByRole('button', { name: t.settings.sign_out })).toBeVisible();
});

test('a first page whose part does not come can be reloaded', async ({ app, page, faults }) => {
  await app.open();
  await page.route(/\/pkg\/settings-/, (route) => route.abort());
  await page.goto('/settings');
  const stopped = page.locator('#stopped');
  await expect(stopped).toContainText(t.error.start_failed);
  expect(faults.splice(0).join()).toContain('a part of the app was not loaded');
  await page.unroute(/\/pkg\/settings-/);
  await stopped.getByRole('button').click();
  await app.alive();
  await expect(page.getByRole('button', { name: t.settings.sign_out })).toBeVisible();
});
