// What the browser fetches of the app, and what is said when a part of it does not come.
import type { Page } from '@playwright/test';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

/** The files of the app that a first load fetches, by their names without the hash. What they weigh is `.ci/size.mjs`'s affair. */
async function firstLoad(page: Page, open: () => Promise<void>) {
  const names: string[] = [];
  page.on('response', (response) => {
    const [, name, kind] = new URL(response.url()).pathname.match(/^\/pkg\/(.+)-\w+?(_bg\.wasm|\.wasm|\.js|\.css)$/) ?? [];
    if (!name) return;
    expect(response.headers()['content-encoding'], response.url()).toBe('br');
    names.push(`${name}${kind}`);
  });
  await open();
  return names;
}

const main = ['frontend.js', 'frontend_bg.wasm', 'main.css'];

test('a card comes with the list and its part', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  const names = await firstLoad(page, () => app.open({ path: `/employees/${person.id}` }));
  expect(names.sort()).toEqual([...main, 'employee.wasm', 'employees.wasm'].sort());
});

for (const [path, part, other] of [
  ['/', 'home', 'employees'],
  ['/employees?q=инженер', 'employees', 'employee'],
  ['/admin/accounts', 'administration', 'editing'],
  ['/servers', 'servers', 'server'],
  ['/servers/settings', 'configuring', 'server'],
  ['/servers/import', 'importing', 'configuring'],
  ['/alerts', 'alerts', 'servers'],
  ['/tickets', 'tickets', 'ticket'],
  ['/tickets/new', 'ticketing', 'ticket'],
  ['/tickets/replies', 'arranging', 'ticketing'],
]) {
  test(`${path} comes with its part, each file once`, async ({ app, page }) => {
    const names = await firstLoad(page, () => app.open({ path }));
    expect(names).toEqual(expect.arrayContaining([...main, `${part}.wasm`]));
    expect(names).not.toContain(`${other}.wasm`);
    expect(new Set(names).size).toBe(names.length);
  });
}

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
