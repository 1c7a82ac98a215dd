// Statistics: an operator's own, everybody's for administrators, another period, the file, the keyboard.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y.js';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { changed, linked, ticket } from '../fixtures/otrs.js';
import { people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru.statistics;
const count = async (page: Page, name: string) => Number(await page.locator('.figure', { hasText: name }).locator('.figure__count').first().innerText());
const period = (page: Page, name: string) => page.getByRole('group', { name: t.period }).getByRole('button', { name, exact: true });

test.describe('statistics', () => {
  test('an operator has his own figures, from the list, for other periods, without a sideways scroll', async ({ app, page }) => {
    await linked();
    await app.open({ as: people.operator, path: '/tickets' });
    await page.getByRole('link', { name: t.title }).click();
    await expect(page).toHaveURL(/\/tickets\/statistics$/);
    await period(page, t.quarter).click();
    await expect(page).toHaveURL(/period=quarter/);
    await expect(page.locator('.figure')).toHaveCount(8);
    expect(await count(page, t.closed)).toBeGreaterThan(0);
    await expect(page.getByRole('heading', { name: t.by_queue })).toBeVisible();
    await expect(page.getByRole('heading', { name: t.by_operator })).toHaveCount(0);
    await expect(page.getByRole('group', { name: t.whose })).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await expectAccessible(page);
    // A period of one's own; nothing was done then.
    await period(page, t.days).click();
    await page.getByLabel(t.from, { exact: true }).fill('2020-01-01');
    await page.getByLabel(t.to, { exact: true }).fill('2020-01-31');
    await page.getByRole('button', { name: t.show }).click();
    await expect(page.getByText(t.empty_title)).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(/\/tickets$/);
  });

  test('what was done in OTRS itself counts too', async ({ app, page }) => {
    const [api, admin] = [await linked(), await Api.signIn()];
    const path = '/tickets/statistics?period=today&operator=maria.kuznetsova';
    const closed = async () => (await admin.send('GET', path)).total.closed;
    const before = await closed();
    const made = await ticket(api);
    await changed(made.id, { State: 'closed successful' });
    await expect.poll(closed, { timeout: 20_000 }).toBeGreaterThan(before);
    await app.open({ as: people.admin, path });
    await expect(page.locator('.figure')).toHaveCount(8);
    expect(await count(page, t.closed)).toBeGreaterThan(before);
  });

  test('an administrator sees everybody, one operator, and takes the file along', async ({ app, page }) => {
    await app.open({ as: people.admin, path: '/tickets/statistics?period=quarter' });
    const operators = page.getByRole('region', { name: t.by_operator });
    await expect(operators.getByRole('row')).not.toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: t.export }).click();
    const asked = () => app.events.find((event) => event.type === 'web_app_request_file_download')?.data as { url: string; file_name: string };
    await expect.poll(asked).toBeTruthy();
    expect(asked().file_name).toMatch(/^tickets-.+\.xlsx$/);
    const file = await fetch(asked().url);
    expect(file.status).toBe(200);
    expect(Buffer.from(await file.arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
    const name = operators.getByRole('link').first();
    await name.click();
    await expect(page).toHaveURL(/operator=/);
    await expect(operators).toHaveCount(0);
    await page.getByRole('button', { name: texts.ru.common.clear }).click();
    await expect(operators).toBeVisible();
    await page.getByText(t.mine, { exact: true }).click();
    await expect(page).toHaveURL(/operator=me/);
  });

  test('the chart is read with the keyboard and as a table', async ({ app, page }) => {
    await app.open({ as: people.admin, path: '/tickets/statistics?period=week' });
    await page.locator('.chart__area').focus();
    await page.keyboard.press('End');
    const read = page.locator('.chart__read');
    await expect(read).toContainText(t.arrived);
    const last = await read.innerText();
    await page.keyboard.press('ArrowLeft');
    await expect(read).not.toHaveText(last);
    await page.getByRole('button', { name: texts.ru.chart.table }).click();
    await expect(page.getByRole('region', { name: t.chart }).getByRole('row')).toHaveCount(8);
    await expect(page.getByRole('region', { name: t.chart }).getByRole('row').nth(1)).toContainText(last.split(' · ')[0]);
  });
});
