// The first HTML alone: without scripts a living session is enough to find somebody.
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { launchData, people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

test('people are found with the session of the cookie', async ({ page }) => {
  const person = await (await Api.signIn()).employee();
  const answer = await page.request.post('/api/v1/session', { headers: { Authorization: `tma ${launchData(people.employee)}` } });
  expect(answer.ok()).toBe(true);
  await page.goto('/employees');
  await page.getByRole('searchbox').fill(person.surname);
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(person.surname)}`));
  await page.locator('.people a.row', { hasText: person.full_name }).click();
  await expect(page.locator('.card__name')).toHaveText(person.full_name);
});

test('without a session nothing is shown but what to do', async ({ page }) => {
  const answer = await page.goto('/employees');
  // Chromium keeps <noscript> shut when scripts are off only for a test, so the text is read from the HTML.
  expect(await answer?.text()).toContain(texts.ru.session.no_scripts);
  await expect(page.locator('.people a.row')).toHaveCount(0);
});
