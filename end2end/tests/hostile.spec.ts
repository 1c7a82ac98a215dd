// What customers write cannot run anything nor break the layout, also on the narrowest phone.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app.js';
import { linked, ticket } from '../fixtures/otrs.js';
import { people } from '../fixtures/telegram.js';

const tower = 'Z' + '\u0301\u0336\u0489'.repeat(60);
const long = 'W'.repeat(3_000);
const title = ('"><img src=x onerror=window.ran=1>' + 'Щ'.repeat(200)).slice(0, 170);
const body = [
  '<script>window.ran=1</script><img src=x onerror="window.ran=1"><svg onload=window.ran=1>',
  'javascript:window.ran=1 data:text/html,<script>window.ran=1</script> vbscript:x',
  `<a href="javascript:window.ran=1">x</a> https://wiki.example.com/${'a'.repeat(500)}`,
  `\u202etxet desrever\u202c ${tower} РџСЂРёРІРµС‚ \ufffd\u0007`,
  long,
  `> ${long}`,
  '-- ',
  'שלום עולם',
].join('\n');

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test.describe('hostile texts', () => {
  test('stay text and within their place', async ({ app, page, isMobile }) => {
    page.on('dialog', () => expect(false, 'nothing asks').toBe(true));
    const made = await ticket(await linked(), { title, body });
    for (const width of isMobile ? [390, 320] : [1440, 900]) {
      await page.setViewportSize({ width, height: 844 });
      await app.open({ as: people.operator, path: `/tickets/${made.id}?q=${made.number}` });
      const bubble = page.locator('.panes__detail .bubble').first();
      await expect(bubble).toContainText('<script>window.ran=1</script>');
      expect(await overflow(page), `a ticket at ${width}`).toBeLessThanOrEqual(0);
      await bubble.locator('.bubble__fold').first().click();
      expect(await overflow(page), `with the quote at ${width}`).toBeLessThanOrEqual(0);
      const links = await bubble.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
      expect(links).toEqual(['https:']);
      expect((await bubble.innerText()).includes('\u202e'), 'nothing turns the line').toBe(false);
      await page.goto(`/tickets?q=${made.number}`);
      await app.alive();
      await expect(page.locator('#tickets a.ticket')).toHaveCount(1);
      expect(await overflow(page), `the list at ${width}`).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran), 'nothing ran').toBeUndefined();
    }
  });

  test('a mail of a megabyte opens and scrolls', async ({ app, page }) => {
    const made = await ticket(await linked(), { body: 'Очень длинное письмо. '.repeat(25_000) });
    const begin = Date.now();
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await expect(page.locator('.panes__detail .bubble').first()).toContainText('Очень длинное письмо.');
    expect(Date.now() - begin, 'it is there soon').toBeLessThan(10_000);
    const more = page.locator('.panes__detail .bubble').first().getByRole('button').last();
    await more.click();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
