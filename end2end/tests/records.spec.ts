// Two records of one person become one; a record goes and comes back.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { pressMain, row, toast } from '../fixtures/screen.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

test('two records are merged after a look at the result', async ({ app, page }) => {
  const api = await Api.signIn();
  const stays = await api.employee({ room: 'Ж-1' });
  const other = await api.employee({ position: 'Кладовщик', room: 'Ж-2' });
  await app.open({ path: `/employees/${stays.id}` });
  await page.getByRole('link', { name: t.card.merge, exact: true }).click();
  await page.getByRole('searchbox', { name: t.picker.search }).fill(other.surname);
  await page.locator('.picker button.row', { hasText: other.full_name }).click();
  const result = page.locator('.differences');
  await expect(result.locator('ins', { hasText: 'Кладовщик' })).toBeVisible();
  await expect(result.locator('del', { hasText: 'Ж-2' })).toBeVisible();
  await pressMain(app, t.merge.confirm);
  await expect(toast(page, t.merge.done)).toBeVisible();
  await expect(page.locator('.card__name')).toHaveText(stays.full_name);
  await expect(page.locator('.value', { hasText: t.field.position })).toContainText('Кладовщик');
  await expect.poll(async () => (await api.search(other.surname)).map((person) => person.id)).not.toContain(other.id);
});

test('the record one merges into is not offered as the other', async ({ app, page }) => {
  const api = await Api.signIn();
  const stays = await api.employee();
  await app.open({ path: `/employees/${stays.id}/merge` });
  await page.getByRole('searchbox', { name: t.picker.search }).fill(stays.surname);
  await expect(page.getByText(t.picker.nobody)).toBeVisible();
});

test('a deleted record comes back with undo', async ({ app, page }) => {
  const api = await Api.signIn();
  const person = await api.employee();
  const ids = async () => (await api.search(person.surname)).map((found) => found.id);
  await app.open({ path: `/employees?q=${person.surname}` });
  await row(page, person.full_name).click();
  await page.getByRole('button', { name: t.card.delete, exact: true }).click();
  await expect(page).toHaveURL(/\/employees\?q=/);
  const done = toast(page, t.card.deleted);
  await expect(done).toBeVisible();
  await expect(row(page, person.full_name)).toHaveCount(0);
  await expect.poll(ids).toEqual([]);
  await done.getByRole('button', { name: t.common.undo }).click();
  await expect(toast(page, t.card.undone)).toBeVisible();
  await expect(row(page, person.full_name)).toBeVisible();
  await expect.poll(ids).toEqual([person.id]);
});
