// Entering somebody, correcting a record, marking somebody as left and thinking better of it.
import { Api, surname } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { field, pressMain, toast } from '../fixtures/screen.js';
import { people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

test('somebody new is entered and found', async ({ app, page }) => {
  const name = surname();
  await app.open({ as: people.operator, path: '/employees/new' });
  await field(page, 'surname').fill(name);
  await field(page, 'name').fill('Мирон');
  await page.getByRole('button', { name: t.edit.phone_add }).click();
  await page.getByLabel(t.edit.phone_number).fill('8 (916) 555 12 34');
  await pressMain(app, t.edit.save);
  await expect(toast(page, t.edit.created)).toBeVisible();
  await expect(page.locator('.card__name')).toHaveText(`${name} Мирон`);
  await expect(page.getByRole('link', { name: t.card.call, exact: true })).toHaveAttribute('href', 'tel:+79165551234');
});

test('a form without a name is not sent and says where it is wrong', async ({ app, page }) => {
  await app.open({ as: people.operator, path: '/employees/new' });
  await field(page, 'name').fill('Мирон');
  await pressMain(app, t.edit.save);
  const wrong = field(page, 'surname');
  await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  await expect(wrong).toBeFocused();
  await expect(page.locator('#field-surname-note')).toHaveText(t.invalid.required);
});

test('a record is corrected, and the history tells', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee({ room: 'Б-101' });
  await app.open({ as: people.operator, path: `/employees/${person.id}` });
  await page.getByRole('link', { name: t.card.edit }).click();
  const room = field(page, 'room');
  await expect(room).toHaveValue('Б-101');
  await room.fill('Б-202');
  await pressMain(app, t.edit.save);
  await expect(toast(page, t.edit.saved)).toBeVisible();
  await expect(page.locator('.value', { hasText: t.field.room })).toContainText('Б-202');
  await page.getByRole('link', { name: t.card.history }).click();
  await expect(page.locator('.panes__detail').getByText('Б-101').last()).toBeVisible();
});

test('what is typed survives a reload', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee({ room: 'В-303' });
  await app.open({ as: people.operator, path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('В-404');
  await expect
    .poll(() => app.events.filter((event) => event.type === 'web_app_setup_closing_behavior').at(-1)?.data)
    .toEqual({ need_confirmation: true });
  await page.reload();
  await app.alive();
  await expect(page.getByText(t.edit.draft_restored)).toBeVisible();
  await expect(field(page, 'room')).toHaveValue('В-404');
});

test('marking somebody as left can be undone', async ({ app, page }) => {
  const api = await Api.signIn();
  const person = await api.employee();
  const state = async () => (await api.send('GET', `/employees/${person.id}`)).state;
  await app.open({ as: people.operator, path: `/employees/${person.id}` });
  await page.getByRole('button', { name: t.card.leave }).click();
  await expect(page.locator('.card--left')).toBeVisible();
  const done = toast(page, t.card.left_done);
  await expect(done).toBeVisible();
  expect(await state()).toBe('left');
  await done.getByRole('button', { name: t.common.undo }).click();
  await expect(toast(page, t.card.undone)).toBeVisible();
  await expect(page.locator('.card--left')).toHaveCount(0);
  expect(await state()).toBe('active');
});

test('two people who edit the same record lose nothing', async ({ app, page }) => {
  const api = await Api.signIn();
  const person = await api.employee({ room: 'Г-1', position: 'Инженер' });
  await app.open({ as: people.operator, path: `/employees/${person.id}/edit` });
  await field(page, 'room').fill('Г-2');
  await api.send('PATCH', `/employees/${person.id}`, { version: person.version, position: 'Старший инженер' });
  await pressMain(app, t.edit.save);
  await expect(page.getByText(t.edit.conflict_title)).toBeVisible();
  await expect(field(page, 'position')).toHaveValue('Старший инженер');
  await expect(field(page, 'room')).toHaveValue('Г-2');
  await pressMain(app, t.edit.save);
  await expect(toast(page, t.edit.saved)).toBeVisible();
  expect(await api.send('GET', `/employees/${person.id}`)).toMatchObject({ room: 'Г-2', position: 'Старший инженер' });
});
