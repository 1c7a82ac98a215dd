// The servers: the list and its filters, a change without a reload, a lost line, the page of one, setting up.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { closedPort, enter, judged, openPort, redirect, serverName, type Server } from '../fixtures/fleet.js';
import { field, pressMain, toast } from '../fixtures/screen.js';
import { people } from '../fixtures/telegram.js';
import { filled, shaped, texts } from '../fixtures/texts.js';

const t = texts.ru;

test.describe('servers', () => {
  let api: Api;

  test.beforeAll(async () => {
    api = await Api.signIn();
  });

  test('trouble stands above the groups, with its reason', async ({ app, page }) => {
    const group = serverName('Группа');
    const good = await enter(api, openPort(), { group });
    const bad = await enter(api, closedPort, { group });
    await judged(api, good.id, 'up');
    await judged(api, bad.id, 'down');
    await app.open({ as: people.employee, path: `/servers?group=${encodeURIComponent(group)}` });
    const rows = page.locator('#fleet a.host');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText(bad.name);
    await expect(rows.first()).toContainText(t.reason.refused);
    await expect(rows.first().getByRole('img', { name: t.state.down })).toBeVisible();
    await expect(page.locator('.fleet__head--trouble')).toContainText(t.servers.trouble);
    await expect(page.locator('.fleet__fold')).toContainText(group);
  });

  test('the search and the states narrow the list, and the address keeps it', async ({ app, page }) => {
    const server = await enter(api, openPort(), { tags: ['e2e'] });
    await judged(api, server.id, 'up');
    await app.open({ as: people.employee, path: '/servers' });
    await page.getByRole('searchbox').fill(server.name.slice(0, -1));
    const rows = page.locator('#fleet a.host');
    await expect(rows).toHaveCount(1);
    await expect(page).toHaveURL(new RegExp(`q=${server.name.slice(0, -1)}`));
    await page.getByRole('searchbox').fill('no-such-server');
    await expect(page.getByText(t.servers.nothing_title)).toBeVisible();
    await page.getByRole('button', { name: t.servers.reset }).click();
    await page.getByRole('button', { name: new RegExp(`^${t.state.up}`) }).click();
    await expect(page).toHaveURL(/state=up/);
    await expect(rows.first()).toBeVisible();
    await expect(page.locator('#fleet a.host .state--down')).toHaveCount(0);
  });

  test('a fall is on the screen without a reload', async ({ app, page }) => {
    const server = await enter(api, openPort());
    await judged(api, server.id, 'up');
    await app.open({ as: people.employee, path: `/servers?q=${server.name}` });
    const row = page.locator('#fleet a.host', { hasText: server.name });
    await expect(row.locator('.state--up')).toBeVisible();
    await expect(page.locator('.panes__list .age--live')).toBeVisible();
    await redirect(api, server, closedPort);
    await judged(api, server.id, 'down');
    await expect(row.locator('.state--down')).toBeVisible({ timeout: 2_000 });
    await expect(row).toContainText(t.reason.refused);
  });

  test('without a line everything is dated, and with it right again', async ({ app, page, context }) => {
    const server = await enter(api, openPort());
    await judged(api, server.id, 'up');
    await app.open({ as: people.employee, path: `/servers?q=${server.name}` });
    await expect(page.locator('.panes__list .age--live')).toBeVisible();
    await context.setOffline(true);
    await expect(page.locator('html[data-stale]')).toBeAttached();
    await expect(page.locator('.panes__list .age--stale')).toHaveText(shaped(t.live.stale));
    // The green is gone with the line.
    const colour = () => page.locator('#fleet .state--up').first().evaluate((mark) => getComputedStyle(mark).color);
    const grey = await page.locator('#fleet').evaluate((list) => {
      const probe = list.appendChild(document.createElement('i'));
      probe.className = 'state state--unknown';
      const shown = getComputedStyle(probe).color;
      probe.remove();
      return shown;
    });
    expect(await colour()).toBe(grey);
    await redirect(api, server, closedPort);
    await judged(api, server.id, 'down');
    await context.setOffline(false);
    await expect(page.locator('#fleet a.host', { hasText: server.name }).locator('.state--down')).toBeVisible();
    await expect(page.locator('html[data-stale]')).toHaveCount(0);
  });

  test('a page shows what is watched, its past and what may be done', async ({ app, page }) => {
    const parent = await enter(api, openPort());
    const server = await enter(api, openPort(), { parent_id: parent.id, notes: 'Стойка 7', tags: ['prod'] });
    await judged(api, server.id, 'up');
    await app.open({ as: people.operator, path: `/servers/${server.id}` });
    const detail = page.locator('.panes__detail');
    await expect(detail.locator('.server__name')).toHaveText(server.name);
    await expect(detail.locator('.server__state')).toContainText(t.state.up);
    await expect(detail.getByText('Стойка 7')).toBeVisible();
    await expect(detail.getByRole('link', { name: parent.name })).toBeVisible();
    await expect(detail.getByText(t.uptime.title)).toBeVisible();
    await detail.getByRole('button', { name: t.server.check_now }).click();
    await expect(detail.getByRole('button', { name: t.server.check_now })).toBeEnabled();
  });

  test('the chart is read by keys and as a table, with the same numbers', async ({ app, page }) => {
    const server = await enter(api, openPort());
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const point = (minutes: number, p50_ms: number | null, bad: number) => ({ at: at(minutes), good: 9, bad, p50_ms, p95_ms: p50_ms && p50_ms * 2, max_ms: p50_ms && p50_ms * 3 });
    const points = [point(50, 12, 0), point(40, 14, 0), point(10, 41, 3)];
    await app.open({ as: people.employee, path: `/servers/${server.id}` });
    const detail = page.locator('.panes__detail');
    await expect(detail.getByText(t.uptime.title)).toBeVisible();
    await page.route(
      (url) => url.pathname.endsWith('/history'),
      (route) => route.fulfill({ json: { monitor: server.monitors[0].id, step_s: 60, points, uptime: [] } }),
    );
    await detail.getByText(t.chart.hour, { exact: true }).click();
    await page.locator('.chart__area').focus();
    await page.keyboard.press('End');
    const latency = (ms: number) => filled(t.time.latency, { count: String(ms) });
    await expect(detail.locator('.chart__read')).toContainText(`${t.chart.median} ${latency(41)}`);
    await page.keyboard.press('ArrowLeft');
    await expect(detail.locator('.chart__read')).toContainText(`${t.chart.median} ${latency(14)}`);
    await detail.getByRole('button', { name: t.chart.table }).click();
    const rows = detail.getByRole('table').locator('tbody tr');
    await expect(rows).toHaveCount(3);
    await expect(rows.first().locator('td')).toHaveText([latency(41), latency(82), latency(123), '12', '3']);
  });

  test('two taps mute a server, after saying what falls silent', async ({ app, page }) => {
    const server = await enter(api, openPort());
    await judged(api, server.id, 'up');
    await app.open({ as: people.operator, path: `/servers/${server.id}` });
    await page.getByRole('button', { name: t.server.mute }).click();
    const sheet = page.locator('dialog[open]');
    await expect(sheet.locator('.mute__preview')).toContainText(server.name);
    await sheet.getByRole('button', { name: shaped(t.mute.confirm) }).click();
    await expect(toast(page, filled(t.mute.done, { clock: '' }).trim())).toBeVisible();
    await judged(api, server.id, 'maintenance');
    await toast(page, filled(t.mute.done, { clock: '' }).trim()).getByRole('button', { name: t.common.undo }).click();
    await judged(api, server.id, 'up');
  });

  test('an administrator enters, tries, changes, copies and deletes a server', async ({ app, page }) => {
    const name = serverName();
    await app.open({ path: '/servers/new' });
    await field(page, 'name').fill(name);
    await field(page, 'address').fill('127.0.0.1');
    await page.locator('.panes__detail').getByRole('button', { name: t.monitor.ping }).click();
    const sheet = page.locator('dialog[open]');
    await sheet.locator('#field-kind').selectOption('tcp');
    await field(page, 'monitor-target').fill(`:${openPort()}`);
    await sheet.getByRole('button', { name: t.monitor.test }).click();
    await expect(sheet.locator('.try__said')).toHaveText(shaped(t.monitor.test_good));
    await sheet.getByRole('button', { name: t.monitor.save }).click();
    await expect(sheet).toHaveCount(0);
    await pressMain(app, t.fleet.save);
    await expect(page.locator('.server__name')).toHaveText(name);
    const id = new URL(page.url()).pathname.split('/').at(-1);

    await page.getByRole('link', { name: t.card.edit }).click();
    await field(page, 'notes').fill('Новая заметка');
    await pressMain(app, t.fleet.save);
    await expect(page.getByText('Новая заметка')).toBeVisible();

    await page.locator('.server__more > summary').click();
    await page.getByRole('link', { name: t.fleet.copy }).click();
    await expect(field(page, 'name')).toHaveValue(filled(t.fleet.copy_of, { name }));
    await page.goto(`/servers/${id}`);
    await app.alive();
    await page.locator('.server__more > summary').click();
    await page.getByRole('button', { name: t.fleet.delete }).click();
    await toast(page, t.fleet.deleted).getByRole('button', { name: t.common.undo }).click();
    await expect(toast(page, t.fleet.restored)).toBeVisible();
    const back: Server = await api.send('GET', `/servers/${id}`);
    expect(back.name).toBe(name);
  });

  test('several servers move to a group at once', async ({ app, page }) => {
    const before = serverName('Группа');
    const after = serverName('Группа');
    const both = [await enter(api, openPort(), { group: before }), await enter(api, openPort(), { group: before })];
    await app.open({ path: `/servers?group=${encodeURIComponent(before)}` });
    await expect(page.locator('#fleet a.host')).toHaveCount(2);
    await page.getByRole('button', { name: t.servers.select }).click();
    await page.locator('.bulk').getByRole('button', { name: t.servers.select_all }).click();
    await page.locator('.bulk').getByRole('button', { name: t.card.edit }).click();
    const sheet = page.locator('dialog[open]');
    await field(page, 'bulk-value').fill(after);
    await sheet.getByRole('button', { name: t.fleet.bulk_apply }).click();
    await expect(toast(page, filled(t.fleet.bulk_done.few, { count: '2' }))).toBeVisible();
    for (const { id } of both) {
      expect((await api.send('GET', `/servers/${id}`)).group).toBe(after);
    }
  });

  test('a monitor is changed and another one added where they are seen', async ({ app, page }) => {
    const server = await enter(api, openPort());
    await app.open({ path: `/servers/${server.id}` });
    const detail = page.locator('.panes__detail');
    const sheet = page.locator('dialog[open]');
    await detail.locator('.monitor').getByRole('button', { name: t.monitor.edit }).click();
    await field(page, 'monitor-interval_s').fill('45');
    await sheet.getByRole('button', { name: t.monitor.save }).click();
    await expect(toast(page, t.monitor.saved)).toBeVisible();
    await expect(sheet).toHaveCount(0);
    await detail.getByRole('button', { name: t.monitor.add }).click();
    await sheet.locator('#field-kind').selectOption('tcp');
    await field(page, 'monitor-target').fill(`:${closedPort}`);
    await sheet.getByRole('button', { name: t.monitor.save }).click();
    await expect(detail.locator('.monitor')).toHaveCount(2);
    const { monitors } = await api.send('GET', `/servers/${server.id}`);
    expect(monitors.map(({ target, interval_s }: Record<string, unknown>) => [target, interval_s])).toEqual(
      expect.arrayContaining([[`:${openPort()}`, 45], [`:${closedPort}`, 30]]),
    );
  });

  test('a guest of the set-up is told that he may not', async ({ app, page }) => {
    await app.open({ as: people.employee, path: '/servers/new' });
    await expect(page.locator('.panes__detail').getByText(t.error.forbidden)).toBeVisible();
  });

  test('a deep link opens a server', async ({ app, page }) => {
    const server = await enter(api, openPort());
    await app.open({ as: people.employee, startParam: `server-${server.id}` });
    await expect(page.locator('.server__name')).toHaveText(server.name);
  });

  test('the wall says the numbers and closes', async ({ app, page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await app.open({ as: people.employee, path: '/servers?view=wall' });
    await expect(page.locator('.wall__clock')).toHaveText(/^\d\d:\d\d$/);
    await expect(page.locator('.wall__count').first()).toBeVisible();
    await page.getByRole('button', { name: t.wall.close }).click();
    await expect(page.locator('.wall')).toHaveCount(0);
  });
});
