// What this OTRS asks for besides the usual: said by an administrator, asked by the forms, kept by OTRS; and what belongs to a ticket.
import type { Page } from '@playwright/test';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { enter, openPort, serverName } from '../fixtures/fleet.js';
import { linked, ticket } from '../fixtures/otrs.js';
import { field, pressMain, toast } from '../fixtures/screen.js';
import { people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru.tickets;
const impact = { name: 'DynamicField_Impact', label: 'Влияние', kind: 'choice', choices: ['low', 'high'], create: 'offered', close: 'offered' };

test.describe('fields', () => {
  let api: Api;

  test.beforeAll(async () => {
    api = await linked();
    const admin = await Api.signIn();
    const settings = await admin.send('GET', '/settings/tickets');
    const fields = settings.fields.filter((known: { name: string }) => known.name !== impact.name);
    await admin.send('PUT', '/settings/tickets', { ...settings, fields: [impact, ...fields] });
  });

  /** The forms are told that the field is required; what is asked elsewhere stays as it is. */
  const require = (page: Page) =>
    page.route('**/api/v1/tickets/choices', async (route) => {
      const answer = await route.fetch();
      const choices = await answer.json();
      choices.fields = choices.fields.map((known: { name: string }) =>
        known.name === impact.name ? { ...known, create: 'required', close: 'required' } : known,
      );
      await route.fulfill({ response: answer, json: choices });
    });

  test('a ticket is closed with what is required, and it stands in OTRS and in the details', async ({ app, page }) => {
    const made = await ticket(api);
    await require(page);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await page.getByRole('toolbar').getByRole('button', { name: t.do_close }).click();
    await field(page, 'ticket-text').fill('Готово');
    const confirm = page.locator('dialog[open]').getByRole('button', { name: t.close_ticket });
    await expect(confirm).toBeDisabled();
    await page.locator('dialog[open]').getByLabel(impact.label).selectOption('high');
    await confirm.click();
    await expect
      .poll(async () => (await api.send('GET', `/tickets/${made.id}`)).detail.fields, { timeout: 25_000 })
      .toContainEqual({ name: 'Impact', label: impact.label, kind: 'choice', values: ['high'] });
    await page.getByRole('button', { name: t.more }).click();
    await expect(page.locator('.value', { hasText: impact.label })).toContainText('high', { timeout: 15_000 });
  });

  test('a new ticket asks for it', async ({ app, page }) => {
    await require(page);
    await app.open({ as: people.operator, path: '/tickets/new' });
    await expect(page.getByLabel(impact.label)).toBeVisible();
    await page.getByLabel(impact.label).selectOption('low');
    await page.reload();
    await app.alive();
    await field(page, 'ticket-title').fill('Поле');
    await expect(page.getByLabel(impact.label)).toBeVisible();
  });

  test('an administrator says what is asked', async ({ app, page }, { project }) => {
    const name = project.name === 'phone' ? 'DynamicField_Details' : 'DynamicField_ExternalID';
    const label = `Подробности, ${project.name}`;
    await app.open({ as: people.admin, path: '/tickets/settings' });
    await page.getByRole('button', { name: t.set_field_add }).click();
    await field(page, 'asked-name').fill(name);
    await field(page, 'asked-label').fill(label);
    await page.locator('dialog[open]').getByRole('button', { name: t.set_field_done }).click();
    await expect(page.locator('.row', { hasText: label }).first()).toContainText(t.need_required);
    await page.locator('.row', { hasText: label }).last().click();
    await page.locator('dialog[open]').getByText(t.need_offered).first().click();
    await page.locator('dialog[open]').getByRole('button', { name: t.set_field_done }).click();
    await pressMain(app, texts.ru.edit.save);
    await expect(toast(page, texts.ru.edit.saved)).toBeVisible();
    const admin = await Api.signIn();
    const settings = await admin.send('GET', '/settings/tickets');
    expect(settings.fields).toContainEqual({ name, label, kind: 'text', choices: [], create: 'offered', close: 'no' });
  });

  test('servers that a ticket speaks of stand in it with their state', async ({ app, page }) => {
    const admin = await Api.signIn();
    const server = await enter(admin, openPort(), { name: serverName('db') });
    const made = await ticket(api, { body: `Не отвечает ${server.name}, помогите` });
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    const row = page.locator('.panes__detail a.row', { hasText: server.name });
    await expect(row.locator('.state')).toBeVisible();
    await row.click();
    await expect(page).toHaveURL(new RegExp(`/servers/${server.id}`));
    const quiet = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${quiet.id}` });
    await expect(page.locator('.talk__digits')).toHaveText(quiet.number);
    await expect(page.getByText(t.servers, { exact: true })).toHaveCount(0);
  });
});
