// Incidents: they appear by themselves, are taken, silenced, talked about, closed and opened again.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { closedPort, enter, fallen, judged, openPort, redirect } from '../fixtures/fleet.js';
import { field, toast } from '../fixtures/screen.js';
import { people } from '../fixtures/telegram.js';
import { filled, shaped, texts } from '../fixtures/texts.js';

const t = texts.ru;

test.describe('alerts', () => {
  let api: Api;

  test.beforeAll(async () => {
    api = await Api.signIn();
  });

  test('a new incident appears without a reload and goes when it is over', async ({ app, page }) => {
    const server = await enter(api, openPort());
    await judged(api, server.id, 'up');
    await app.open({ as: people.employee, path: '/alerts' });
    await expect(page.locator('.panes__list .age--live')).toBeVisible();
    const open = page.locator('.alerts section', { hasText: t.alerts.open }).locator('a.row', { hasText: server.name });
    await expect(open).toHaveCount(0);
    await redirect(api, server, closedPort);
    await expect(open).toContainText(filled(t.alerts.down, { name: server.name }), { timeout: 20_000 });
    await expect(page.locator('.tab__badge')).toBeVisible();
    await redirect(api, server, openPort());
    await expect(open).toHaveCount(0, { timeout: 30_000 });
    const closed = page.locator('.alerts section', { hasText: t.alerts.closed }).locator('a.row', { hasText: server.name });
    await expect(closed).toContainText(filled(t.alerts.was_down, { name: server.name }));
  });

  test('an operator takes it, comments, silences and closes it', async ({ app, page }) => {
    const server = await fallen(api);
    await app.open({ as: people.operator, startParam: `incident-${server.incident}` });
    const detail = page.locator('.panes__detail');
    await expect(detail.locator('.server__name')).toHaveText(filled(t.alerts.down, { name: server.name }));
    await expect(detail.locator('.server__cause')).toHaveText(t.reason.refused);
    await detail.getByRole('button', { name: t.alerts.acknowledge }).click();
    await expect(toast(page, t.alerts.acknowledged)).toBeVisible();
    await expect(detail.locator('.event', { hasText: people.operator.first_name })).toBeVisible();

    await field(page, 'comment').fill('Перезагружаю коммутатор');
    await detail.getByRole('button', { name: t.alerts.send }).click();
    await expect(detail.locator('.event__text')).toHaveText('Перезагружаю коммутатор');
    await expect(field(page, 'comment')).toHaveValue('');

    await detail.getByRole('button', { name: t.alerts.silence }).click();
    await page.locator('dialog[open]').getByRole('button', { name: shaped(t.mute.confirm) }).click();
    await expect(detail.getByRole('button', { name: t.alerts.unsilence })).toBeVisible();

    await detail.getByRole('button', { name: t.alerts.resolve }).click();
    await expect(detail.getByRole('button', { name: t.alerts.reopen })).toBeVisible();
    await toast(page, t.alerts.resolved).getByRole('button', { name: t.common.undo }).click();
    await expect(detail.getByRole('button', { name: t.alerts.resolve })).toBeVisible();
  });

  test('an employee reads it and may change nothing', async ({ app, page }) => {
    const server = await fallen(api);
    await app.open({ as: people.employee, path: `/alerts/${server.incident}` });
    await expect(page.locator('.panes__detail .server__name')).toContainText(server.name);
    await expect(page.getByRole('button', { name: t.alerts.acknowledge })).toHaveCount(0);
    await expect(page.getByRole('button', { name: t.alerts.resolve })).toHaveCount(0);
  });
});
