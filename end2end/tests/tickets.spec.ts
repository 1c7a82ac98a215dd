// Tickets: found, read, taken, answered, closed; also without a connection, and when somebody else was faster.
import type { Page } from '@playwright/test';
import type { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { changed, linked, ticket } from '../fixtures/otrs.js';
import { field, pressMain, toast } from '../fixtures/screen.js';
import { people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;
const detail = (page: Page) => page.locator('.panes__detail');
const act = (page: Page, name: string) => detail(page).getByRole('toolbar').getByRole('button', { name });

test.describe('tickets', () => {
  let api: Api;

  test.beforeAll(async () => {
    api = await linked();
  });

  test('a new ticket appears without a reload, is found by its number, and opens by a deep link', async ({ app, page }) => {
    await app.open({ as: people.operator, path: '/tickets?view=new' });
    await expect(page.locator('.panes__list .age--live')).toBeVisible();
    const made = await ticket(api);
    const row = page.locator('#tickets a.ticket', { hasText: made.title });
    await expect(row).toBeVisible({ timeout: 20_000 });
    await page.getByRole('searchbox').fill(made.number);
    await expect(page.locator('#tickets a.ticket')).toHaveCount(1);
    await expect(page.locator('#tickets a.ticket')).toContainText(made.number);
    await expect(page).toHaveURL(new RegExp(`q=${made.number}`));
    await page.goto('about:blank');
    await app.open({ as: people.operator, startParam: `ticket-${made.id}` });
    await expect(detail(page).locator('.talk__title')).toHaveText(made.title);
  });

  test('the first page says how many there are, keeps that current, and leads to them', async ({ app, page }) => {
    await app.open({ as: people.operator });
    const fresh = page.getByRole('link', { name: t.tickets.view_new });
    const shown = async () => Number((await fresh.locator('.summary__figure').textContent())?.replace(/\D/g, ''));
    const known = async () => (await api.send('GET', '/tickets/counts')).new;
    expect(await shown()).toBe(await known());
    const made = await ticket(api);
    await expect.poll(async () => (await shown()) === (await known()), { timeout: 20_000 }).toBe(true);
    await fresh.click();
    await expect(page).toHaveURL(/\/tickets\?view=new$/);
    await expect(page.locator('#tickets a.ticket', { hasText: made.title })).toBeVisible();
  });

  test('it is opened and closed with a comment in three presses, and that can be undone', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets?q=${made.number}` });
    await page.locator('#tickets a.ticket').click();
    await act(page, t.tickets.do_close).click();
    await expect(field(page, 'ticket-text')).toBeFocused();
    await page.keyboard.type('Перезапустил службу печати');
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.close_ticket }).click();
    await expect(detail(page).locator('.talk__facts')).toContainText(t.tickets.state_closed);
    await expect(detail(page).locator('.bubble--coming')).toContainText('Перезапустил службу печати');
    await toast(page, t.tickets.done_close).getByRole('button', { name: t.common.undo }).click();
    await expect(detail(page).locator('.bubble--coming')).toHaveCount(0);
    await expect(detail(page).locator('.talk__facts')).toContainText(t.tickets.state_new);
    // What was written waits for the next time.
    await act(page, t.tickets.do_close).click();
    await expect(field(page, 'ticket-text')).toHaveValue('Перезапустил службу печати');
  });

  test('what is done happens in OTRS, once', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_take).click();
    await expect(act(page, t.tickets.do_release)).toBeVisible();
    await act(page, t.tickets.do_comment).click();
    await field(page, 'ticket-text').fill('Выезжаю');
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.do_comment, exact: true }).click();
    await expect(detail(page).locator('.bubble--agent:not(.bubble--coming)')).toContainText('Выезжаю', { timeout: 30_000 });
    await expect(detail(page).locator('.bubble--coming')).toHaveCount(0, { timeout: 10_000 });
    const now = await api.send('GET', `/tickets/${made.id}`);
    expect(now.owner).toBe('petr.vorontsov');
    expect(now.articles.filter((article: { body: string }) => article.body.includes('Выезжаю'))).toHaveLength(1);
  });

  test('without a connection an action waits on the device, survives a reload of the app, and is sent', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_comment).click();
    await field(page, 'ticket-text').fill('Написано в лифте');
    await page.context().setOffline(true);
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.do_comment, exact: true }).click();
    await expect(detail(page).locator('.bubble--coming')).toContainText(t.tickets.on_device);
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('.act.')));
    expect(kept).toHaveLength(1);
    // The app is gone before the connection is back; home is enough to send it.
    await page.goto('about:blank');
    await page.context().setOffline(false);
    await app.open({ as: people.operator });
    await expect
      .poll(async () => (await api.send('GET', `/tickets/${made.id}`)).articles.length, { timeout: 25_000 })
      .toBe(2);
    expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('.act.')))).toEqual([]);
  });

  test('what was taken back after its answer was lost stays taken back, also after a reload', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_comment).click();
    await field(page, 'ticket-text').fill('Передумал');
    const lost = page.waitForEvent('requestfailed', (request) => request.method() === 'POST' && request.url().endsWith('/actions'));
    const actions = /\/actions(\?|$)/;
    await page.route(actions, async (route) => {
      if (route.request().method() === 'POST') await route.fetch();
      await route.abort();
    });
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.do_comment, exact: true }).click();
    await lost;
    await toast(page, t.tickets.done_comment).getByRole('button', { name: t.common.undo }).click();
    await expect(detail(page).locator('.bubble--coming')).toHaveCount(0);
    // The text is back before anybody answers.
    await act(page, t.tickets.do_comment).click();
    await expect(field(page, 'ticket-text')).toHaveValue('Передумал');
    await page.unroute(actions);
    await page.reload();
    const mine = async () => (await api.send('GET', '/actions?state=undone&limit=20')).items;
    await expect.poll(async () => (await mine()).some((action: { comment: string }) => action.comment === 'Передумал')).toBe(true);
    expect((await api.send('GET', `/tickets/${made.id}`)).articles).toHaveLength(1);
  });

  test('when somebody else was faster, it says what changed and keeps the text', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await expect(detail(page).locator('.talk__title')).toHaveText(made.title);
    await act(page, t.tickets.do_close).click();
    await field(page, 'ticket-text').fill('Готово');
    await page.context().setOffline(true);
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.close_ticket }).click();
    await changed(made.id, { Owner: 'maria.kuznetsova', State: 'open' });
    await expect.poll(async () => (await api.send('GET', `/tickets/${made.id}`)).owner, { timeout: 20_000 }).toBe('maria.kuznetsova');
    await page.context().setOffline(false);
    const card = detail(page).locator('.stopped-card');
    await expect(card).toContainText(t.tickets.moved_on, { timeout: 25_000 });
    await expect(card).toContainText('Готово');
    await card.getByRole('button', { name: t.tickets.give_up }).click();
    await expect(card).toHaveCount(0);
    await act(page, t.tickets.do_close).click();
    await expect(field(page, 'ticket-text')).toHaveValue('Готово');
  });

  test('what a customer writes stays text', async ({ app, page }) => {
    const body = '<script>document.title="x"</script> https://wiki.example.com/a\n> раньше\n> ещё\nС уважением,\nОльга';
    const made = await ticket(api, { body });
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    const bubble = detail(page).locator('.bubble').first();
    await expect(bubble).toContainText('<script>document.title="x"</script>');
    await expect(bubble.getByRole('link')).toHaveAttribute('href', 'https://wiki.example.com/a');
    await expect(bubble).not.toContainText('раньше');
    await bubble.getByRole('button', { name: t.tickets.quote }).click();
    await expect(bubble).toContainText('раньше');
    // What somebody else does there folds nothing.
    await changed(made.id, { Priority: '4 high' }, 'Взяла в работу');
    await expect(detail(page)).toContainText('Взяла в работу', { timeout: 20_000 });
    await expect(bubble).toContainText('раньше');
    await expect(page).toHaveTitle(new RegExp(made.title));
  });

  test('who loses the connection has what he needs to act', async ({ app, page }) => {
    const made = await ticket(api);
    const part = page.waitForResponse(/\/pkg\/composing-/);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await (await part).finished();
    await page.context().setOffline(true);
    await act(page, t.tickets.do_reply).click();
    await expect(field(page, 'ticket-text')).toBeVisible();
    await page.context().setOffline(false);
  });

  test('several are closed at once on a wide screen', async ({ app, page, isMobile }) => {
    test.skip(isMobile, 'there is no room for it');
    const word = `Пачка${Date.now()}`;
    for (const _ of [1, 2]) await ticket(api, { title: word });
    await app.open({ as: people.operator, path: `/tickets?q=${word}` });
    await expect(page.locator('#tickets a.ticket')).toHaveCount(2);
    await page.getByRole('button', { name: t.servers.select, exact: true }).click();
    await page.locator('.bulk').getByRole('button', { name: t.servers.select_all }).click();
    await page.locator('.bulk').getByRole('button', { name: t.tickets.do_close }).click();
    await field(page, 'ticket-text').fill('Одна причина');
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.close_ticket }).click();
    await expect(page.locator('#tickets .ticket--over')).toHaveCount(2);
  });

  test('a ticket is made for somebody found in the directory, and the draft outlives a reload', async ({ app, page }) => {
    const [person] = await api.search('инженер');
    const title = `Новый монитор ${Date.now()}`;
    await app.open({ as: people.operator, path: '/tickets/new' });
    await page.getByRole('button', { name: t.tickets.pick_customer }).click();
    await page.locator('dialog[open]').getByRole('searchbox').fill(person.full_name);
    await page.locator('dialog[open] .picker .row').first().click();
    await field(page, 'ticket-title').fill(title);
    await field(page, 'ticket-body').fill('Старый мигает');
    await page.reload();
    await app.alive();
    await expect(field(page, 'ticket-title')).toHaveValue(title);
    await expect(detail(page).getByText(person.full_name)).toBeVisible();
    await field(page, 'ticket-queue').selectOption('Поддержка');
    await pressMain(app, t.tickets.create);
    await expect(toast(page, t.tickets.done_create)).toBeVisible();
    await expect
      .poll(async () => (await api.send('GET', `/tickets?q=${encodeURIComponent(title)}`)).items.length, { timeout: 25_000 })
      .toBe(1);
  });

  test('an employee has no tickets', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.employee, path: `/tickets/${made.id}` });
    await expect(page.getByText(t.error.forbidden)).toBeVisible();
    await expect(page.getByRole('link', { name: t.nav.tickets })).toHaveCount(0);
  });
});
