// Tickets: found, read, taken, answered, closed; also without a connection, and when somebody else was faster.
import type { Page } from '@playwright/test';
import type { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { changed, linked, ticket } from '../fixtures/otrs.js';
import { field, toast } from '../fixtures/screen.js';
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

  test('it is opened and closed with a comment in three presses, and that can be undone', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets?q=${made.number}` });
    await page.locator('#tickets a.ticket').click();
    await act(page, t.tickets.do_close).click();
    await expect(field(page, 'ticket-text')).toBeFocused();
    await page.keyboard.type('Перезапустил службу печати');
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.do_close, exact: true }).click();
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

  test('when somebody else was faster, it says what changed and keeps the text', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await expect(detail(page).locator('.talk__title')).toHaveText(made.title);
    await page.context().setOffline(true);
    await act(page, t.tickets.do_close).click();
    await field(page, 'ticket-text').fill('Готово');
    await page.locator('dialog[open]').getByRole('button', { name: t.tickets.do_close, exact: true }).click();
    await changed(made.id, { Owner: 'maria.kuznetsova', State: 'open' });
    const { version } = await api.send('GET', `/tickets/${made.id}`);
    await expect.poll(async () => (await api.send('GET', `/tickets/${made.id}`)).owner, { timeout: 20_000 }).toBe('maria.kuznetsova');
    expect(version).toBeTruthy();
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
    await expect(page).toHaveTitle(new RegExp(made.title));
  });

  test('an employee has no tickets', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.employee, path: `/tickets/${made.id}` });
    await expect(page.getByText(t.error.forbidden)).toBeVisible();
    await expect(page.getByRole('link', { name: t.nav.tickets })).toHaveCount(0);
  });
});
