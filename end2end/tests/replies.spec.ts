// Ready replies, files, and mails to customers.
import type { Page } from '@playwright/test';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { linked, ticket } from '../fixtures/otrs.js';
import { field, toast } from '../fixtures/screen.js';
import { people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;
const dialog = (page: Page) => page.locator('dialog[open]');
const act = (page: Page, name: string) => page.locator('.panes__detail').getByRole('toolbar').getByRole('button', { name });
const letters = async () => (await (await fetch(`${process.env.CLIENT_URL}/mail/state`)).json()).letters;
const mailFault = (fault: string) =>
  fetch(`${process.env.CLIENT_URL}/mail/next`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault }),
  });

// They share one mail server and one setting.
test.describe.configure({ mode: 'serial' });

test.describe('replies', () => {
  let api: Api;
  let admin: Api;

  test.beforeAll(async () => {
    api = await linked();
    admin = await Api.signIn();
    await admin.send('PUT', '/settings/tickets', { ...(await admin.send('GET', '/settings/tickets')), mailing: 'vakhta' });
  });

  test('a ready reply is found by typing, inserted where the cursor is, and taken back', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_reply).click();
    await field(page, 'ticket-text').fill('До. После.');
    await field(page, 'ticket-text').evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(4, 4));
    await dialog(page).getByRole('button', { name: t.replies.pick }).click();
    await field(page, 'reply-search').fill('пароль');
    await expect(dialog(page).locator('.insert__list .row')).toHaveCount(1);
    await dialog(page).locator('.insert__list .row').click();
    await expect(field(page, 'ticket-text')).toHaveValue(/^До\. Добр(ое утро|ый день|ый вечер), [\s\S]*Пароль сброшен[\s\S]*После\.$/);
    await expect(field(page, 'ticket-text')).not.toHaveValue(/[{}]/);
    await dialog(page).getByRole('button', { name: t.replies.undo_insert }).click();
    await expect(field(page, 'ticket-text')).toHaveValue('До. После.');
  });

  test('a gap has to be filled in before anything is sent', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_comment).click();
    const gap = `[[${t.replies.of_customer_name}]]`;
    await field(page, 'ticket-text').fill(`Здравствуйте, ${gap}!`);
    const send = dialog(page).getByRole('button', { name: t.tickets.do_comment, exact: true });
    await expect(send).toBeDisabled();
    await expect(dialog(page)).toContainText(t.replies.gaps.replace('{gap}', gap));
    await field(page, 'ticket-text').fill('Здравствуйте, Ольга!');
    await expect(send).toBeEnabled();
  });

  test('a reply with a picture says to whom it goes, and arrives by mail once', async ({ app, page }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    const to = (await api.send('GET', `/tickets/${made.id}`)).customer.email;
    await act(page, t.tickets.do_reply).click();
    await expect(dialog(page)).toContainText(t.tickets.reply_ours.replace('{to}', to));
    await field(page, 'ticket-text').fill('Снимок приложен.');
    const picture = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await dialog(page).locator('input[type=file]').last().setInputFiles({ name: 'снимок.png', mimeType: 'image/png', buffer: picture });
    await expect(dialog(page).locator('.file__picture')).toBeVisible();
    const send = dialog(page).getByRole('button', { name: t.tickets.reply_by_mail });
    await expect(send).toBeEnabled();
    await send.click();
    await expect.poll(async () => (await letters()).filter((letter: { subject: string }) => letter.subject.includes(made.number)), { timeout: 40_000 }).toHaveLength(1);
    const [letter] = (await letters()).filter((letter: { subject: string }) => letter.subject.includes(made.number));
    expect(letter).toMatchObject({ to: [to], text: 'Снимок приложен.' });
    expect(letter.subject).toContain(`[Ticket#${made.number}] Re: `);
    const now = await api.send('GET', `/tickets/${made.id}`);
    expect(now.articles.at(-1).attachments.map((file: { name: string }) => file.name)).toEqual(['снимок.png']);
  });

  test('a mail that was refused is said, and sent again when asked', async ({ app, page }) => {
    const made = await ticket(api);
    await mailFault('refused');
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_reply).click();
    await field(page, 'ticket-text').fill('Ответ');
    await dialog(page).getByRole('button', { name: t.tickets.reply_by_mail }).click();
    const card = page.locator('.panes__detail .stopped-card');
    await expect(card).toContainText(t.tickets.mail_refused, { timeout: 40_000 });
    await card.getByRole('button', { name: t.tickets.mail_again }).click();
    await expect.poll(async () => (await letters()).filter((letter: { subject: string }) => letter.subject.includes(made.number)), { timeout: 20_000 }).toHaveLength(1);
    await expect(card).toHaveCount(0, { timeout: 20_000 });
  });

  test('files that cannot be sent say that they need a connection, and the text stays', async ({ app, page, faults }) => {
    const made = await ticket(api);
    await app.open({ as: people.operator, path: `/tickets/${made.id}` });
    await act(page, t.tickets.do_comment).click();
    await field(page, 'ticket-text').fill('В лифте');
    await expect(dialog(page).getByRole('button', { name: t.replies.pick })).toBeVisible();
    await page.context().setOffline(true);
    const file = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
    await dialog(page).locator('input[type=file]').last().setInputFiles(file);
    await expect(dialog(page)).toContainText(t.replies.files_offline);
    const send = dialog(page).getByRole('button', { name: t.tickets.do_comment, exact: true });
    await expect(send).toBeDisabled();
    await page.context().setOffline(false);
    faults.splice(0);
    await dialog(page).getByRole('button', { name: t.replies.upload_again }).click();
    await expect(send).toBeEnabled();
    await dialog(page).getByRole('button', { name: t.tickets.file_remove }).click();
    await expect(send).toBeEnabled();
    await expect(field(page, 'ticket-text')).toHaveValue('В лифте');
  });

  test('an administrator writes one, is told of a faster one, and deletes it with a way back', async ({ app, page }) => {
    const title = `Проба ${Date.now()}`;
    await app.open({ path: '/tickets/replies' });
    await page.getByRole('button', { name: t.replies.add }).first().click();
    await field(page, 'reply-title').fill(title);
    await field(page, 'reply-body').fill('Здравствуйте, {custmer}!');
    await expect(dialog(page)).toContainText(t.error.unknown_placeholder.replace('{names}', '{custmer}'));
    await expect(dialog(page).getByRole('button', { name: t.replies.save })).toBeDisabled();
    await field(page, 'reply-body').fill('Здравствуйте, ');
    await dialog(page).getByRole('button', { name: '{customer_name}' }).click();
    await expect(field(page, 'reply-body')).toHaveValue('Здравствуйте, {customer_name}');
    await expect(dialog(page).locator('.reply-preview__text')).toHaveText(`Здравствуйте, ${t.replies.example_customer}`);
    await dialog(page).getByRole('button', { name: t.replies.save }).click();
    const row = page.locator('.row', { hasText: title });
    await expect(row).toBeVisible();
    const made = (await admin.send('GET', '/replies')).items.find((reply: { title: string }) => reply.title === title);
    await row.click();
    await admin.send('PATCH', `/replies/${made.id}`, { ...made, body: 'Быстрее' });
    await field(page, 'reply-body').fill('Медленнее');
    await dialog(page).getByRole('button', { name: t.replies.save }).click();
    await expect(dialog(page).getByRole('alert').filter({ hasText: 'Быстрее' })).toBeVisible();
    await dialog(page).getByRole('button', { name: t.replies.mine }).click();
    await expect(row).toContainText('Медленнее');
    await row.click();
    await dialog(page).getByRole('button', { name: t.replies.delete }).click();
    await expect(row).toHaveCount(0);
    await toast(page, t.replies.deleted.replace('{title}', title)).getByRole('button', { name: t.common.undo }).click();
    await expect(row).toBeVisible();
  });

  test('the check says what it did and asks whether the mail arrived', async ({ app, page }) => {
    await app.open({ path: '/tickets/mailing' });
    await field(page, 'check-address').fill('admin@nevpribor.example');
    await field(page, 'check-queue').selectOption('Поддержка');
    await page.getByRole('button', { name: t.mailing.check_start }).click();
    const seen = page.locator('.stopped-card');
    await expect(seen).toContainText(t.mailing.no_sign);
    await expect(seen).toContainText(t.mailing.asked.replace('{to}', 'admin@nevpribor.example'));
    await seen.getByRole('button', { name: t.mailing.no, exact: true }).click();
    await expect(seen).toContainText(t.mailing.said_no);
    expect((await admin.send('GET', '/settings/tickets')).mailing).toBe('vakhta');
  });
});
