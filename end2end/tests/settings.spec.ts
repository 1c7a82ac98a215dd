// What a user sets, and what the Telegram client says while the app is open.
import { member } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { themes } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

test('another language is spoken at once and after a reload', async ({ app, page }) => {
  await app.open({ as: await member('employee'), path: '/settings' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts.ru.settings.title);
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts.en.settings.title);
  await expect(page.getByRole('navigation')).toContainText(texts.en.nav.employees);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.toast__text')).toHaveText(texts.en.settings.language_saved);
  await page.reload();
  await app.alive();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts.en.settings.title);
});

test('the theme of the client is followed while the app is open', async ({ app, page }) => {
  await app.open({ scheme: 'light' });
  const root = page.locator('html');
  const background = () => root.evaluate((element) => element.style.getPropertyValue('--tg-theme-secondary-bg-color'));
  await expect.poll(background).toBe(themes.light.secondary_bg_color);
  await expect(root).toHaveAttribute('data-scheme', 'light');
  await app.receive('theme_changed', { theme_params: themes.dark });
  await expect.poll(background).toBe(themes.dark.secondary_bg_color);
  await expect(root).toHaveAttribute('data-scheme', 'dark');
});

test("the client's back button appears on inner pages and goes back", async ({ app, page }) => {
  await app.open({ path: '/admin' });
  await page.getByRole('link', { name: texts.ru.admin.accounts }).click();
  await expect(page).toHaveURL(/\/admin\/accounts$/);
  const shown = () => app.events.filter((event) => event.type === 'web_app_setup_back_button').at(-1)?.data;
  await expect.poll(shown).toEqual({ is_visible: true });
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(/\/admin$/);
  await expect.poll(shown).toEqual({ is_visible: false });
});

test("the client's menu leads to the settings", async ({ app, page }) => {
  await app.open();
  await expect(page.getByRole('navigation')).toBeVisible();
  await app.receive('settings_button_pressed');
  await expect(page).toHaveURL(/\/settings$/);
});

test('signing out ends the session here', async ({ app, page }) => {
  await app.open({ as: await member('employee'), path: '/settings' });
  await page.getByRole('button', { name: texts.ru.settings.sign_out }).click();
  await expect(page.getByText(texts.ru.session.signed_out_title)).toBeVisible();
  const answer = await page.request.get('/api/v1/me');
  expect(answer.status()).toBe(401);
});

test('keys lead to the sections, and one of them tells which', async ({ app, page }) => {
  await app.open();
  await expect(page.getByRole('navigation')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press(',');
  await expect(page).toHaveURL(/\/settings$/);
  await page.keyboard.press('Shift+Slash');
  const keys = page.getByRole('dialog', { name: texts.ru.shortcuts.title });
  await expect(keys.locator('.row', { hasText: texts.ru.shortcuts.settings }).locator('kbd')).toHaveText(/^g.*,$/);
});
