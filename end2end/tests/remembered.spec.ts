// What the device remembers: favourites and recent searches.
import { Api, member } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { row } from '../fixtures/screen.js';
import { filled, texts } from '../fixtures/texts.js';

const t = texts.ru;

test('a favourite stands on the first page until it is none', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ as: await member('employee'), path: `/employees/${person.id}` });
  await page.getByRole('button', { name: t.directory.favourite_add }).click();
  await expect(page.getByRole('button', { name: t.directory.favourite_remove })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('navigation').getByRole('link', { name: t.nav.home }).click();
  const section = page.locator('.section', { hasText: t.directory.favourites });
  await expect(section.locator('a.row', { hasText: person.full_name })).toBeVisible();
  await page.reload();
  await app.alive();
  await section.locator('a.row', { hasText: person.full_name }).click();
  await page.getByRole('button', { name: t.directory.favourite_remove }).click();
  await page.getByRole('navigation').getByRole('link', { name: t.nav.home }).click();
  await expect(page.getByText(t.home.search)).toBeVisible();
  await expect(page.getByText(t.directory.favourites)).toHaveCount(0);
});

test('a search that found somebody is offered again and can be forgotten', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ as: await member('employee'), path: '/employees' });
  await page.getByRole('searchbox').fill(person.surname);
  await row(page, person.full_name).click();
  await expect(page.locator('.card__name')).toHaveText(person.full_name);
  await page.getByRole('navigation').getByRole('link', { name: t.nav.home }).click();
  const chip = page.locator('.chip__link', { hasText: person.surname });
  await chip.click();
  await expect(row(page, person.full_name)).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: filled(t.directory.recent_forget, { text: person.surname }) }).click();
  await expect(chip).toHaveCount(0);
  await page.reload();
  await app.alive();
  await expect(page.getByText(t.directory.teach_title)).toBeVisible();
  await expect(chip).toHaveCount(0);
});

test('what one account searched for, another on the same device does not see', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ as: await member('employee'), path: `/employees?q=${person.surname}` });
  await row(page, person.full_name).click();
  await expect(page.locator('.card__name')).toHaveText(person.full_name);
  await app.open({ as: await member('employee') });
  await expect(page.getByText(t.directory.teach_title)).toBeVisible();
});
