// What is typed is not lost: not with the session, not with an answer, and it does not stay behind.
import type { Page } from '@playwright/test';
import { Api, member, surname } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { field, pressMain, toast } from '../fixtures/screen.js';
import { launchData, people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

const drafts = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.draft.')));

test('a session that ends while somebody types is renewed and the text is saved', async ({ app, page }) => {
  const api = await Api.signIn();
  const person = await api.employee({ room: 'Е-1' });
  const operator = await member('operator');
  await app.open({ as: operator, path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('Е-2');
  const { account } = await Api.signIn(operator);
  await api.send('DELETE', `/accounts/${account}/sessions`);
  await pressMain(app, t.edit.save);
  await expect(toast(page, t.edit.saved)).toBeVisible();
  expect(await api.send('GET', `/employees/${person.id}`)).toMatchObject({ room: 'Е-2' });
});

test('a session that cannot be renewed loses nothing: the app is opened again and the text is there', async ({ app, page }) => {
  const api = await Api.signIn();
  const person = await api.employee({ room: 'Е-1' });
  const operator = await member('operator');
  await app.open({ as: operator, path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('Е-3');
  const { account } = await Api.signIn(operator);
  const twoDaysAgo = Math.floor(Date.now() / 1000) - 2 * 86_400;
  await page.route('**/api/v1/session', (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `tma ${launchData(operator, {}, twoDaysAgo)}` } }),
  );
  await api.send('DELETE', `/accounts/${account}/sessions`);
  await pressMain(app, t.edit.save);
  const sheet = page.getByRole('dialog', { name: t.session.expired_title });
  await expect(sheet).toBeVisible();
  await sheet.getByRole('button', { name: t.session.reopen }).click();
  await expect.poll(() => app.events.map((event) => event.type)).toContain('web_app_close');

  // Telegram opens a new view of the app; only what the device keeps is left.
  await page.unroute('**/api/v1/session');
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  await app.open({ as: operator, path: `/employees/${person.id}/edit` });
  await expect(page.getByText(t.edit.draft_restored)).toBeVisible();
  await expect(field(page, 'room')).toHaveValue('Е-3');
  await pressMain(app, t.edit.save);
  await expect(toast(page, t.edit.saved)).toBeVisible();
  await expect.poll(() => drafts(page)).toEqual([]);
});

test('somebody new is entered once although the answer was lost', async ({ app, page }) => {
  const name = surname();
  await app.open({ as: people.operator, path: '/employees/new' });
  await field(page, 'surname').fill(name);
  await field(page, 'name').fill('Мирон');
  await page.route('**/api/v1/employees', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    return route.abort();
  });
  await pressMain(app, t.edit.save);
  await expect(page.getByText(t.edit.kept)).toBeVisible();
  await page.unroute('**/api/v1/employees');
  await page.reload();
  await app.alive();
  await expect(field(page, 'surname')).toHaveValue(name);
  await pressMain(app, t.edit.save);
  await expect(page.locator('.card__name')).toHaveText(`${name} Мирон`);
  const api = await Api.signIn();
  await expect.poll(async () => (await api.search(name)).filter((person) => person.surname === name).length).toBe(1);
});

test('a draft that is given up is forgotten', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee({ room: 'Е-4' });
  await app.open({ as: await member('operator'), path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('Е-5');
  await expect.poll(() => drafts(page)).toHaveLength(1);
  await page.reload();
  await app.alive();
  await page.getByRole('button', { name: t.edit.draft_discard }).click();
  await expect(field(page, 'room')).toHaveValue('Е-4');
  await expect.poll(() => drafts(page)).toEqual([]);
});

test('who signs out leaves no draft behind', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ as: await member('operator'), path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('Е-6');
  await expect.poll(() => drafts(page)).toHaveLength(1);
  await page.getByRole('navigation').getByRole('link', { name: t.nav.settings }).click();
  await page.getByRole('button', { name: t.settings.sign_out }).click();
  await expect(page.getByText(t.session.signed_out_title)).toBeVisible();
  expect(await drafts(page)).toEqual([]);
});
