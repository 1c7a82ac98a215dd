// The way back: out of a department however it is left, and as many steps as one came.
import type { Page } from '@playwright/test';
import { Api, surname } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { field, last, pressMain, row, toast } from '../fixtures/screen.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

const tab = (page: Page) => page.getByRole('navigation').getByRole('link', { name: t.nav.employees }).click();
const cross = (page: Page) => page.locator('.department__leave').click();
const back = async (page: Page) => void (await page.goBack());

async function expectStart(page: Page) {
  await expect(page).toHaveURL(/\/employees$/);
  await expect(page.locator('.department')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(page.getByText(t.directory.departments, { exact: true })).toBeVisible();
}

for (const [way, leave] of Object.entries({ 'its own link': cross, "the browser's back": back, 'the tab': tab })) {
  test(`a department is left by ${way}`, async ({ app, page }) => {
    const department = `Отдел ${surname()}`;
    const person = await (await Api.signIn()).employee({ department });
    await app.open({ path: '/employees' });
    for (let time = 0; time < 2; time += 1) {
      await page.locator('#people a.row', { hasText: department }).click();
      await expect(page.locator('.department__name')).toHaveText(department);
      await expect(row(page, person.full_name)).toBeVisible();
      await leave(page);
      await expectStart(page);
    }
  });

  test(`an example is left by ${way === 'its own link' ? 'an empty field' : way}`, async ({ app, page }) => {
    await app.open({ path: '/employees' });
    for (let time = 0; time < 2; time += 1) {
      await page.locator('.teaching .chip__link', { hasText: 'ivanov' }).click();
      await expect(page).toHaveURL(/q=ivanov/);
      await expect(page.locator('.people a.row').first()).toBeVisible();
      if (leave === cross) await page.getByRole('button', { name: t.common.clear }).click();
      else await leave(page);
      await expectStart(page);
    }
  });
}

test('a unit of a department is left with it', async ({ app, page }) => {
  const department = `Отдел ${surname()}`;
  const person = await (await Api.signIn()).employee({ department, unit: 'Дальний участок' });
  await app.open({ path: '/employees' });
  await page.locator('#people a.row', { hasText: department }).click();
  await page.locator('.department .chip__link', { hasText: 'Дальний участок' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('Дальний участок');
  await expect(row(page, person.full_name)).toBeVisible();
  await cross(page);
  await expectStart(page);
});

test('a recent search is left by the tab', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ path: '/employees' });
  await page.getByRole('searchbox').fill(person.surname);
  await row(page, person.full_name).click();
  await expect(page.locator('.card__name')).toHaveText(person.full_name);
  await tab(page);
  await expectStart(page);
  await page.locator('.chip__link', { hasText: person.surname }).click();
  await expect(row(page, person.full_name)).toBeVisible();
  await tab(page);
  await expectStart(page);
});

test('after an edit, back leads to the search and not to the card twice', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee({ room: 'Д-1' });
  await app.open({ path: '/employees' });
  await page.getByRole('searchbox').fill(person.surname);
  await row(page, person.full_name).click();
  await page.getByRole('link', { name: t.card.edit, exact: true }).click();
  await field(page, 'room').fill('Д-2');
  await pressMain(app, t.edit.save);
  await expect(toast(page, t.edit.saved)).toBeVisible();
  await expect(page.locator('.card__name')).toBeVisible();
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(new RegExp(`/employees\\?q=${encodeURIComponent(person.surname)}$`));
  await expect.poll(() => last(app, 'web_app_setup_back_button')).toEqual({ is_visible: false });
});

test('after a form that was opened directly, back leads up to the list', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee({ room: 'Д-1' });
  await app.open({ path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('Д-2');
  await pressMain(app, t.edit.save);
  await expect(page).toHaveURL(new RegExp(`/employees/${person.id}$`));
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(/\/employees$/);
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(/\/employees$/);
});

test('as many pages back as were opened, forward and back again', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ path: '/' });
  await tab(page);
  await page.getByRole('searchbox').fill(person.surname);
  await row(page, person.full_name).click();
  await page.getByRole('link', { name: t.card.history, exact: true }).click();
  await expect(page).toHaveURL(/\/history/);
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(new RegExp(`/employees/${person.id}\\?`));
  await page.goForward();
  await expect(page).toHaveURL(/\/history/);
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(new RegExp(`/employees/${person.id}\\?`));
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(/\/employees\?q=/);
  await page.goBack();
  await expect(page).toHaveURL(/:\d+\/$/);
});
