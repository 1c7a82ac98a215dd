// Finding somebody while typing, by hand and by keyboard, and what the card is opened for.
import { Api, surname, type Employee } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { people } from '../fixtures/telegram.js';
import { filled, texts } from '../fixtures/texts.js';

const t = texts.ru;
const phones = [{ number: '+7 495 555-31-42', ext: '2207' }];

/** The same keys with the keyboard in English. */
function onEnglishKeys(text: string) {
  const [russian, english] = ['йцукенгшщзфывапролдячсмить', 'qwertyuiopasdfghjklzxcvbnm'];
  return [...text.toLowerCase()].map((letter) => english[russian.indexOf(letter)]).join('');
}

test.describe('the directory', () => {
  let api: Api;
  let person: Employee;

  test.beforeEach(async () => {
    api = await Api.signIn();
    person = await api.employee({ phones });
  });

  test('typing shows people with what fits marked', async ({ app, page }) => {
    await app.open({ as: people.employee, path: '/employees' });
    await page.getByRole('searchbox').pressSequentially(person.surname.slice(0, -2));
    const row = page.locator('.people a.row', { hasText: person.full_name });
    await expect(row.locator('mark').first()).toHaveText(new RegExp(`^${person.surname.slice(0, -2)}`));
    await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(person.surname.slice(0, -2))}`));
  });

  test('the wrong keyboard layout is understood and said', async ({ app, page }) => {
    await app.open({ as: people.employee, path: '/employees' });
    await page.getByRole('searchbox').fill(onEnglishKeys(person.surname));
    const row = page.locator('.people a.row', { hasText: person.full_name });
    await expect(row.locator('.person__guess')).toHaveText(t.directory.guess_layout);
  });

  test('nobody found is explained', async ({ app, page }) => {
    const nobody = '840271936605';
    await app.open({ as: people.employee, path: '/employees' });
    await page.getByRole('searchbox').fill(nobody);
    await expect(page.locator('#people .empty__title')).toHaveText(t.directory.nothing_title);
    await expect(page.locator('#people .empty__text')).toContainText(filled(t.directory.nothing_tried, { text: nobody }));
    await expect(page.locator('#people .empty__text')).toContainText(t.directory.nothing_digits);
  });

  test('an older answer never replaces a newer one', async ({ app, page }) => {
    const older = await api.employee({ surname: surname() });
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let held = () => {};
    const isHeld = new Promise<void>((resolve) => (held = resolve));
    await page.route(
      (url) => url.pathname === '/api/v1/employees' && url.searchParams.get('q') === older.surname,
      async (route) => {
        const response = await route.fetch();
        held();
        await released;
        await route.fulfill({ response });
      },
    );
    await app.open({ as: people.employee, path: '/employees' });
    const rows = page.locator('.people a.row');
    await page.getByRole('searchbox').fill(older.surname);
    await isHeld;
    await page.getByRole('searchbox').fill(person.surname);
    await expect(rows.filter({ hasText: person.full_name })).toBeVisible();
    release();
    // A further search and back: by then the older answer has arrived.
    await page.getByRole('searchbox').fill('840271936605');
    await expect(page.locator('#people .empty__title')).toBeVisible();
    await page.getByRole('searchbox').fill(person.surname);
    await expect(rows.filter({ hasText: person.full_name })).toBeVisible();
    await expect(rows.filter({ hasText: older.full_name })).toHaveCount(0);
  });

  test('keys lead from the search to the card and back', async ({ app, page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await app.open({ as: people.employee, path: '/employees' });
    await expect(page.getByRole('heading', { level: 1, name: t.directory.title })).toBeVisible();
    await page.keyboard.press('Slash');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.insertText(person.surname);
    const row = page.locator('.people a.row', { hasText: person.full_name });
    await expect(row).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(row).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/employees/${person.id}`));
    await expect(page.locator('.card__name')).toHaveText(person.full_name);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/\/employees\?q=/);
  });

  test('a card calls and copies', async ({ app, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await app.open({ as: people.employee, path: `/employees/${person.id}` });
    await expect(page.getByRole('link', { name: t.card.call, exact: true })).toHaveAttribute('href', 'tel:+74955553142,2207');
    const value = page.locator('.value', { hasText: t.card.landline });
    await value.getByRole('button').click();
    await expect(page.locator('.toast__text')).toContainText(filled(t.card.copied, { what: '' }).trim());
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('495');
  });
});
