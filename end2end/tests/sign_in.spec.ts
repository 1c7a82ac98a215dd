// Getting in: from Telegram, by a link to a card, as somebody unknown; and what is said when it does not work.
import { Api, member, stranger } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { launchData, people } from '../fixtures/telegram.js';
import { shaped, texts } from '../fixtures/texts.js';

const t = texts.ru;
const greeting = (name: string) => new RegExp(`^(${[t.home.morning, t.home.day, t.home.evening, t.home.night].join('|')}), ${name}$`);

test('launch data of Telegram lead home, and a reload stays there', async ({ app, page }) => {
  await app.open({ as: people.admin });
  const title = page.getByRole('heading', { level: 1, name: greeting('Анна') });
  await expect(title).toBeVisible();
  expect(page.url(), 'the launch data are a secret').not.toContain('tgWebAppData');
  await page.reload();
  await app.alive();
  await expect(title).toBeVisible();
});

test('the client is told that the app is ready', async ({ app }) => {
  await app.open();
  await expect.poll(() => app.events.map((event) => event.type)).toEqual(expect.arrayContaining(['web_app_ready', 'web_app_expand']));
});

test('the app works in the frame of the web client, without cookies', async ({ page }) => {
  await page.goto(`${process.env.CLIENT_URL}/?language=ru&open=app`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1, name: greeting('Анна') })).toBeVisible();
  await frame.getByRole('link', { name: t.nav.settings }).click();
  await expect(frame.getByText(t.settings.session_current)).toBeVisible();
});

test('a plain browser is sent to Telegram', async ({ page }) => {
  await page.goto('/employees');
  await expect(page.getByText(t.session.outside_title).or(page.getByText(texts.en.session.outside_title))).toBeVisible();
  await expect(page.getByRole('link', { name: /Telegram/ })).toHaveAttribute('href', /^https:\/\/t\.me\/vakhta_demo_bot/);
});

test('old launch data are explained with the way out', async ({ app, page }) => {
  const twoDaysAgo = Math.floor(Date.now() / 1000) - 2 * 86_400;
  await app.open({ initData: launchData(people.admin, {}, twoDaysAgo) });
  const title = page.getByText(t.session.expired_title).or(page.getByText(texts.en.session.expired_title));
  await expect(title).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveText(new RegExp(`${t.session.reopen}|${texts.en.session.reopen}`));
});

test('launch data that Telegram did not sign open nothing', async ({ app, page }) => {
  const forged = launchData(people.employee).replace(String(people.employee.id), String(people.admin.id));
  await app.open({ initData: forged });
  await expect(page.locator('main').getByRole('button')).toHaveText(new RegExp(`${t.session.reopen}|${texts.en.session.reopen}`));
  await expect(page.getByRole('navigation')).toHaveCount(0);
});

test('a link to a card opens it, and back leads to the list', async ({ app, page }) => {
  const person = await (await Api.signIn()).employee();
  await app.open({ startParam: `employee-${person.id}` });
  await expect(page).toHaveURL(new RegExp(`/employees/${person.id}$`));
  await expect(page.locator('.card__name')).toHaveText(person.full_name);
  await app.receive('back_button_pressed');
  await expect(page).toHaveURL(/\/employees$/);
});

for (const startParam of ['ticket-9007199254740991', 'employee-9007199254740991']) {
  test(`a link to ${startParam} leads home and says so`, async ({ app, page }) => {
    await app.open({ startParam });
    // Who it is, and so which language, is not known yet.
    await expect(page.locator('.toast__text')).toHaveText(new RegExp(`^(${t.error.bad_link}|${texts.en.error.bad_link})$`));
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole('heading', { level: 1, name: greeting('Анна') })).toBeVisible();
  });
}

test('somebody unknown asks for access and is let in when it is given', async ({ app, page }) => {
  const guest = stranger();
  await app.open({ as: guest, path: '/employees' });
  await expect(page.getByRole('heading', { level: 1, name: shaped(t.guest.title) })).toContainText(guest.first_name);
  await page.getByRole('button', { name: t.guest.ask }).click();
  await expect(page.getByText(t.guest.asked_title)).toBeVisible();

  const { account } = await Api.signIn(guest);
  await (await Api.signIn()).send('PATCH', `/accounts/${account}`, { role: 'employee' });
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByRole('heading', { level: 1, name: t.directory.title })).toBeVisible();
});

test('an employee is not shown what only administrators may do', async ({ app, page }) => {
  await app.open({ as: await member('employee'), path: '/admin' });
  await expect(page.getByText(t.error.forbidden)).toBeVisible();
  await expect(page.getByRole('link', { name: t.nav.admin })).toHaveCount(0);
});
