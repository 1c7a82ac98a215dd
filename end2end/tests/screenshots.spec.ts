// Pictures of the screens for looking at: phone and desktop, light and dark, both languages.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Api, member, stranger } from '../fixtures/api.js';
import { expect, test, type App } from '../fixtures/app.js';
import { enter, fallen, judged, openPort, serverName } from '../fixtures/fleet.js';
import { linked, ticket } from '../fixtures/otrs.js';
import { texts } from '../fixtures/texts.js';

// Only one import runs at a time, so the pictures are taken one after the other.
test.describe.configure({ mode: 'default' });

const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};

/** A workbook of a few people whom nobody has loaded yet. */
function workbook(seed: number) {
  const file = join(mkdtempSync(join(tmpdir(), 'workbook-')), 'people.xlsx');
  execFileSync(process.env.SIMULATORS ?? 'simulators', ['workbook', file, '--count', '60', '--seed', String(seed)]);
  return file;
}

async function takeImport(app: App, page: Page, language: 'ru' | 'en', seed: number, shoot: (name: string) => Promise<unknown>) {
  const t = texts[language].import;
  await page.goto('/admin/import');
  await app.alive();
  await page.locator('input[type=file]').setInputFiles(workbook(seed));
  await expect(page.getByRole('heading', { name: t.preview_title, exact: true })).toBeVisible();
  await shoot('import-preview');
  await app.receive('main_button_pressed');
  await expect(page.getByRole('heading', { name: t.report_title, exact: true })).toBeVisible();
  await shoot('import-report');
}

/** Servers of two groups, one of them down. */
async function takeServers(app: App, page: Page, language: 'ru' | 'en', shoot: (name: string) => Promise<unknown>) {
  const t = texts[language];
  const api = await Api.signIn();
  const group = language === 'ru' ? 'Почта' : 'Mail';
  const bad = await fallen(api);
  const good = await enter(api, openPort(), { name: serverName('mail'), group, tags: ['prod'], parent_id: bad.id, notes: 'x7' });
  await judged(api, good.id, 'up');
  const see = async (path: string, text: string, name: string) => {
    await page.goto(path);
    await app.alive();
    await expect(page.locator('main').getByText(text).filter({ visible: true }).first()).toBeVisible();
    await shoot(name);
  };
  await see('/servers', bad.name, 'servers');
  await see('/servers?q=no-such-server', t.servers.nothing_title, 'servers-nothing');
  await see(`/servers/${good.id}`, t.uptime.title, 'server');
  await page.getByRole('button', { name: t.server.mute }).click();
  await expect(page.locator('dialog[open] .mute__what')).toContainText(good.name);
  await shoot('server-mute');
  await see(`/servers/${bad.id}`, t.reason.refused, 'server-down');
  await see('/alerts', bad.name, 'alerts');
  await see(`/alerts/${bad.incident}`, t.alerts.timeline, 'incident');
  await see(`/servers/${good.id}/edit`, t.fleet.runbook, 'server-edit');
  await see('/servers/import', t.fleet.import_columns, 'servers-import');
  await see('/servers?view=wall', bad.name, 'wall');
  await page.context().setOffline(true);
  await expect(page.locator('html[data-stale]')).toBeAttached();
  await shoot('wall-stale');
  await page.context().setOffline(false);
}

/** The tickets, one of them, and what is done to it. */
async function takeTickets(app: App, page: Page, language: 'ru' | 'en', shoot: (name: string) => Promise<unknown>) {
  const t = texts[language].tickets;
  // Whoever looks here has no login in OTRS: he sees the queues of his role.
  const admin = await Api.signIn();
  const role_queues = ['Поддержка', 'Сеть и связь', '1С'].map((queue) => ({ role: 'operator', queue }));
  await admin.send('PUT', '/settings/tickets', { ...(await admin.send('GET', '/settings/tickets')), role_queues });
  const made = await ticket(await linked(), { body: 'Не печатает с утра.\nСм. https://wiki.example.com/print\n\n> Перезапустите\n\nС уважением,\nОльга' });
  const see = async (path: string, text: string, name: string) => {
    await page.goto(path);
    await app.alive();
    await expect(page.locator('main').getByText(text).filter({ visible: true }).first()).toBeVisible();
    await shoot(name);
  };
  const press = (name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
  await see('/tickets?view=open', made.title, 'tickets');
  await see('/tickets?q=no-such-word', t.nothing_title, 'tickets-nothing');
  await see(`/tickets/${made.id}?view=open`, made.title, 'ticket');
  await press(t.do_close);
  await page.locator('#field-ticket-text').fill('…');
  await shoot('ticket-close');
  await page.keyboard.press('Escape');
  await press(t.do_reply);
  const r = texts[language].replies;
  await page.locator('dialog[open]').getByRole('button', { name: r.pick }).click();
  await expect(page.locator('.insert__list .row').first()).toBeVisible();
  await shoot('ticket-replies');
  await page.locator('.insert__list .row').first().click();
  const file = { name: language === 'ru' ? 'инструкция.pdf' : 'manual.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(48_000) };
  await page.locator('dialog[open] input[type=file]').last().setInputFiles(file);
  await expect(page.locator('dialog[open] .file')).toBeVisible();
  await page.locator('dialog[open] .button--large').scrollIntoViewIfNeeded();
  await shoot('ticket-reply');
  await page.keyboard.press('Escape');
  await press(t.do_more);
  await expect(page.locator('dialog[open] .row').first()).toBeVisible();
  await shoot('ticket-more');
  await page.keyboard.press('Escape');
  await press(t.do_take);
  await expect(page.locator('.bubble--coming')).toBeVisible();
  await shoot('ticket-coming');
  await see('/tickets/new', t.pick_customer, 'ticket-new');
  await see('/tickets/link', t.link_queues, 'otrs-link');
  await see('/tickets/replies', r.title, 'replies');
  await page.locator('main .row').first().click();
  await expect(page.locator('.reply-preview__text')).toBeVisible();
  await shoot('reply-edit');
  await page.keyboard.press('Escape');
  await see('/tickets/mailing', texts[language].mailing.row, 'mailing');
}

/** What was done: the operator's own and, for administrators, everybody's. */
async function takeStatistics(app: App, page: Page, language: 'ru' | 'en', shoot: (name: string) => Promise<unknown>) {
  const t = texts[language].statistics;
  const see = async (path: string, text: string, name: string) => {
    await page.goto(path);
    await app.alive();
    await expect(page.locator('main').getByText(text, { exact: true }).filter({ visible: true }).first()).toBeVisible();
    await shoot(name);
  };
  await see('/tickets/statistics', t.by_operator, 'statistics');
  await page.getByRole('heading', { name: t.by_operator }).scrollIntoViewIfNeeded();
  await shoot('statistics-tables');
  await see('/tickets/statistics?period=week&operator=maria.kuznetsova', t.by_queue, 'statistics-operator');
  await see('/tickets/statistics?from=2020-01-01&to=2020-01-31', t.empty_title, 'statistics-nothing');
}

async function takeTyping(page: Page, language: 'ru' | 'en', shoot: (name: string) => Promise<unknown>) {
  await page.getByRole('navigation').getByRole('link', { name: texts[language].nav.employees }).click();
  await page.getByRole('searchbox').pressSequentially('ивано');
  await expect(page.locator('.people a.row mark').first()).toHaveText(/^ивано/i);
  await shoot('search-typing');
  await page.context().setOffline(true);
  await expect(page.locator('.offline__banner')).toBeVisible();
  await page.getByRole('searchbox').pressSequentially('в и');
  await expect(page.getByText(texts[language].directory.stale)).toBeVisible();
  await shoot('offline');
  await page.context().setOffline(false);
  await expect(page.locator('.offline__banner')).toHaveCount(0);
  await page.goBack();
}

let seed = 5000;
for (const [device, options] of Object.entries(devices)) {
  for (const scheme of ['light', 'dark'] as const) {
    for (const language of ['ru', 'en'] as const) {
      test.describe(`${device}, ${scheme}, ${language}`, () => {
        test.use({ ...options, colorScheme: scheme, locale: language });
        const t = texts[language];
        const workbookSeed = ++seed;

        const shooter = (page: Page) => (name: string) =>
          page.screenshot({ path: `../target/screenshots/${name}-${device}-${scheme}-${language}.png` });

        test('screens', { tag: '@screenshots' }, async ({ app, page }) => {
          test.setTimeout(180_000);
          const shoot = shooter(page);
          const see = async (path: string, text: string | RegExp, name: string) => {
            await page.goto(path);
            await app.alive();
            await expect(page.locator('main').getByText(text).filter({ visible: true }).first()).toBeVisible();
            await shoot(name);
          };
          await app.open({ as: await member('admin', language), scheme });
          await see('/', t.home.import_hint, 'home');
          await see('/employees', t.directory.departments, 'search-empty');
          await see('/employees?q=ivanov', t.directory.guess_translit, 'search-results');
          await see('/employees?q=840271936605', t.directory.nothing_title, 'search-nothing');
          await see('/employees?q=инженер', 'инженер', 'search-marked');
          await page.locator('.people a.row').first().click();
          await expect(page.getByText(t.card.actions)).toBeVisible();
          await shoot('card');
          await takeTyping(page, language, shoot);
          await page.getByRole('link', { name: t.card.edit, exact: true }).click();
          await expect(page.getByText(t.edit.phone_add)).toBeVisible();
          await shoot('edit');
          await see('/settings', t.settings.sign_out, 'settings');
          await see('/admin/accounts', t.role.admin, 'accounts');
          await takeTickets(app, page, language, shoot);
          await takeStatistics(app, page, language, shoot);
          await takeServers(app, page, language, shoot);
          await takeImport(app, page, language, workbookSeed, shoot);
        });

        test('a guest', { tag: '@screenshots' }, async ({ app, page }) => {
          await app.open({ as: stranger(language), scheme });
          await expect(page.getByRole('button', { name: t.guest.ask })).toBeVisible();
          await shooter(page)('guest');
        });

        test('the simulated client', { tag: '@screenshots' }, async ({ page }) => {
          const client = `${process.env.CLIENT_URL}/?language=${language}&scheme=${scheme}`;
          await page.goto(client);
          await expect(page.locator('#screen .rows')).toBeVisible();
          await shooter(page)('client');
          await page.goto(`${client}&open=app`);
          await expect(page.frameLocator('iframe').getByText(t.home.import_hint)).toBeVisible();
          await shooter(page)('client-app');
        });
      });
    }
  }
}
