// No page breaks a rule of axe, in either scheme.
import { expectAccessible } from '../fixtures/a11y.js';
import { Api, member, stranger } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { enter, fallen, openPort } from '../fixtures/fleet.js';
import { linked, ticket } from '../fixtures/otrs.js';
import { people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;
const pages = [
  { name: 'home', path: '/', shows: t.home.import_hint },
  { name: 'the directory', path: '/employees', shows: t.directory.departments },
  { name: 'an answer', path: '/employees?q=инженер', shows: 'инженер' },
  { name: 'the form', path: '/employees/new', shows: t.edit.phone_add },
  { name: 'the form of a server', path: '/servers/new', shows: t.fleet.name },
  { name: 'the import of servers', path: '/servers/import', shows: t.fleet.import_columns },
  { name: 'planned windows', path: '/servers/maintenance', shows: t.fleet.maintenance },
  { name: 'tickets', path: '/tickets?view=all', shows: t.tickets.view_all },
  { name: 'the form of a ticket', path: '/tickets/new', shows: t.tickets.pick_customer },
  { name: 'the link to OTRS', path: '/tickets/link', shows: t.tickets.link_linked_hint },
  { name: 'settings of tickets', path: '/tickets/settings', shows: t.tickets.set_undo_hint },
  { name: 'settings', path: '/settings', shows: t.settings.sign_out },
  { name: 'the administration', path: '/admin', shows: t.admin.accounts_hint },
  { name: 'accounts', path: '/admin/accounts', shows: t.role.admin },
  { name: 'the import', path: '/admin/import', shows: t.import.formats },
];

for (const scheme of ['light', 'dark'] as const) {
  for (const { name, path, shows } of pages) {
    test(`${name}, ${scheme}`, async ({ app, page }) => {
      await app.open({ path, scheme });
      await expect(page.locator('main').getByText(shows).first()).toBeVisible();
      await expectAccessible(page);
    });
  }

  test(`a card, ${scheme}`, async ({ app, page }) => {
    const [person] = await (await Api.signIn()).search('инженер');
    await app.open({ path: `/employees/${person.id}`, scheme });
    await expect(page.locator('.card__name')).toHaveText(person.full_name);
    await expect(page.getByText(t.card.actions)).toBeVisible();
    await expectAccessible(page);
  });

  test(`servers and one of them, ${scheme}`, async ({ app, page }) => {
    const server = await enter(await Api.signIn(), openPort(), { notes: 'Стойка 7', tags: ['prod'] });
    await app.open({ path: `/servers?q=${server.name}`, scheme });
    await expect(page.locator('#fleet a.host')).toBeVisible();
    await expectAccessible(page);
    await page.locator('#fleet a.host').click();
    await expect(page.getByText(t.uptime.title)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: t.server.mute }).click();
    await expect(page.locator('dialog[open] .mute__what')).toContainText(server.name);
    await expectAccessible(page);
  });

  test(`a ticket and what is done to it, ${scheme}`, async ({ app, page }) => {
    const api = await linked();
    const made = await ticket(api, { body: 'Не печатает.\n> раньше\nhttps://wiki.example.com/' });
    await app.open({ as: people.operator, path: `/tickets/${made.id}?q=${made.number}`, scheme });
    await expect(page.locator('.talk__title')).toHaveText(made.title);
    await expectAccessible(page);
    await page.getByRole('toolbar').getByRole('button', { name: t.tickets.do_more }).click();
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.do_pending }).click();
    await expect(page.locator('#field-ticket-until')).toBeVisible();
    await expectAccessible(page);
  });

  test(`the sign-in to OTRS, ${scheme}`, async ({ app, page }) => {
    await app.open({ as: await member('operator'), path: '/tickets/link', scheme });
    await expect(page.getByText(t.tickets.link_password_hint)).toBeVisible();
    await expectAccessible(page);
  });

  test(`alerts and one of them, ${scheme}`, async ({ app, page }) => {
    const server = await fallen(await Api.signIn());
    await app.open({ path: '/alerts', scheme });
    await expect(page.locator('.alerts a.row').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/alerts/${server.incident}`);
    await app.alive();
    await expect(page.getByText(t.alerts.timeline)).toBeVisible();
    await expectAccessible(page);
  });

  test(`the wall, ${scheme}`, async ({ app, page }) => {
    await fallen(await Api.signIn());
    await app.open({ path: '/servers?view=wall', scheme });
    await expect(page.locator('.wall__tile').first()).toBeVisible();
    await expectAccessible(page);
  });

  test(`the page of a guest, ${scheme}`, async ({ app, page }) => {
    await app.open({ as: stranger(), scheme });
    await expect(page.getByRole('button', { name: t.guest.ask })).toBeVisible();
    await expectAccessible(page);
  });
}
