// When something is wrong: no connection, an app that stopped.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { row, toast } from '../fixtures/screen.js';
import { shaped, texts } from '../fixtures/texts.js';

const t = texts.ru;

test('without a connection what is there stays, and it is said how old it is', async ({ app, page, context }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ path: '/employees' });
  await page.getByRole('searchbox').fill(person.surname);
  await expect(row(page, person.full_name)).toBeVisible();
  await context.setOffline(true);
  const banner = page.locator('.offline__banner');
  await expect(banner).toHaveText(shaped(t.offline.banner));
  await page.getByRole('searchbox').fill(`${person.surname} ы`);
  await expect(page.getByText(t.directory.stale)).toBeVisible();
  await expect(row(page, person.full_name)).toBeVisible();
  await context.setOffline(false);
  await expect(toast(page, t.offline.back)).toBeVisible();
  await expect(banner).toHaveCount(0);
  await page.getByRole('searchbox').fill(person.surname);
  await expect(page.getByText(t.directory.stale)).toHaveCount(0);
  await expect(row(page, person.full_name)).toBeVisible();
});

test('an app that stops says so, reports it, and can be loaded again', async ({ app, page, faults }) => {
  // HTML that was changed on its way is nothing the app could come alive in.
  await page.route('/settings', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/<div class="app">.*?<main/s, '<main') });
  });
  const report = page.waitForRequest((request) => request.url().endsWith('/api/v1/client-errors'));
  await page.goto('/settings');
  const sent = await report;
  expect(sent.postDataJSON()).toMatchObject({ page: '/settings', message: expect.stringMatching(/_bg\.wasm:wasm-function\[\d+\]/) });
  expect((await sent.response())?.status()).toBe(204);
  const stopped = page.getByRole('alert').filter({ hasText: new RegExp(`${t.error.panic}|${texts.en.error.panic}`) });
  await expect(stopped).toBeVisible();
  expect(faults.splice(0).join()).toContain('unreachable');
  await page.unroute('/settings');
  await stopped.getByRole('button').click();
  await app.alive();
  await expect(stopped).toBeHidden();
});
