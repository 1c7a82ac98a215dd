import { Api, member } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { texts } from '../fixtures/texts.js';
import { quick } from '../fixtures/fleet.js';

const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};
test.describe.configure({ mode: 'serial' });
const port = () => new URL(process.env.APP_URL ?? '').port;
async function fleet() {
  const api = await Api.signIn();
  const list = await api.send('GET', '/servers');
  if (list.items.length > 20) return { api, list };
  const make = (name: string, p: string, group: string | null, extra: Record<string, unknown> = {}) =>
    api.send('POST', '/servers', { name, address: '127.0.0.1', group, monitors: [
      { kind: 'tcp', target: `:${p}`, interval_s: 5, settings: quick },
      { kind: 'http', target: `http://127.0.0.1:${port()}/health`, interval_s: 5, settings: quick },
    ], ...extra });
  const sw = await make('switch-3', '9', 'Сеть', { tags: ['core'], notes: 'Стойка 7, второй этаж' });
  for (let i = 1; i <= 9; i++) await make(`mail-${i}`, port(), 'Почта', { tags: ['prod'] });
  for (let i = 1; i <= 8; i++) await make(`db-${i}`, i === 4 ? '9' : port(), 'Базы данных', { tags: ['prod', 'postgres'], parent_id: i > 5 ? sw.id : null });
  for (let i = 1; i <= 12; i++) await make(`Филиал ${i}: касса на первом этаже у входа`, port(), 'Филиалы и удалённые площадки компании', {});
  for (let i = 1; i <= 4; i++) await make(`test-${i}`, port(), null, {});
  return { api, list: await api.send('GET', '/servers') };
}
for (const [device, options] of Object.entries(devices)) {
  for (const [scheme, language] of [['light', 'ru'], ['dark', 'en']] as const) {
    test.describe(`${device} ${scheme} ${language}`, () => {
      test.use({ ...options, colorScheme: scheme, locale: language });
      const t = texts[language];
      test('look', async ({ app, page }) => {
        test.setTimeout(240_000);
        const { api } = await fleet();
        await new Promise((r) => setTimeout(r, 12_000));
        const list = await api.send('GET', '/servers');
        const down = list.items.find((row: { name: string }) => row.name === 'switch-3');
        const mail = list.items.find((row: { name: string }) => row.name === 'mail-2');
        const shoot = (name: string) => page.screenshot({ path: `/tmp/screens-shots/${name}-${device}-${scheme}.png`, animations: 'disabled' });
        const full = (name: string) => page.screenshot({ path: `/tmp/screens-shots/${name}-${device}-${scheme}.png`, animations: 'disabled', fullPage: true });
        await app.open({ as: await member('admin', language), scheme });
        const see = async (path: string, name: string, sel: string, all = false) => {
          await page.goto(path);
          await app.alive();
          await expect(page.locator(sel).first()).toBeVisible();
          await page.waitForTimeout(1500);
          await (all ? full(name) : shoot(name));
        };
        await see('/', 'home', '.summary');
        await see('/servers', 'servers', '#fleet a.host');
        await see(`/servers/${mail.id}`, 'server', '.server__name', true);
        await page.getByRole('button', { name: t.server.mute }).click();
        await page.waitForTimeout(1200);
        await shoot('mute');
        await see(`/servers/${down.id}`, 'server-down', '.server__name');
        await see('/alerts', 'alerts', '.alerts');
        const inc = (await api.send('GET', '/incidents?state=open')).items[0];
        if (inc) await see(`/alerts/${inc.id}`, 'incident', '.timeline', true);
        await see('/servers/new', 'new', '#field-name', true);
        await page.locator('.panes__detail').getByRole('button', { name: t.monitor.ping }).click();
        await page.waitForTimeout(600);
        await shoot('monitor');
        await see('/servers/import', 'import', '.columns', true);
        await see('/servers/manage', 'manage', '.panes__detail .row');
        await see('/servers/maintenance', 'maintenance', '.panes__detail .page');
        await see('/servers?view=wall', 'wall', '.wall__count');
        await page.context().setOffline(true);
        await page.waitForTimeout(800);
        await shoot('wall-stale');
        await page.context().setOffline(false);
      });
    });
  }
}
