// What an administrator does with an account: its role, its employee, its sessions.
import { Api, stranger } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { toast } from '../fixtures/screen.js';
import { filled, texts } from '../fixtures/texts.js';

const t = texts.ru;

test('a request for access is granted, and granted more', async ({ app, page }) => {
  const guest = stranger();
  const theirs = await Api.signIn(guest);
  await theirs.send('POST', '/me/access-request');
  const role = async () => (await (await Api.signIn()).send('GET', `/accounts/${theirs.account}`)).role;
  await app.open({ path: `/admin/accounts/${theirs.account}` });
  await page.getByRole('button', { name: t.admin.grant, exact: true }).last().click();
  await expect(toast(page, filled(t.admin.role_changed, { role: t.role.employee }))).toBeVisible();
  await expect.poll(role).toBe('employee');
  await page.locator('.choices label', { hasText: t.role.operator }).click();
  const changed = toast(page, filled(t.admin.role_changed, { role: t.role.operator }));
  await expect(changed).toBeVisible();
  await expect.poll(role).toBe('operator');
  await changed.getByRole('button', { name: t.common.undo }).click();
  await expect.poll(role).toBe('employee');
});

test('an account is linked to its employee and let go again', async ({ app, page }) => {
  const api = await Api.signIn();
  const person = await api.employee();
  const { account } = await Api.signIn(stranger());
  const linked = async () => (await api.send('GET', `/accounts/${account}`)).employee_id;
  await app.open({ path: `/admin/accounts/${account}` });
  await page.getByRole('button', { name: t.admin.employee_link }).click();
  const sheet = page.getByRole('dialog', { name: t.admin.employee_link });
  await sheet.getByRole('searchbox').pressSequentially(person.surname);
  await sheet.locator('button.row', { hasText: person.full_name }).click();
  await expect(toast(page, filled(t.admin.employee_linked, { name: person.full_name }))).toBeVisible();
  await expect(page.locator('.panes__detail a.row', { hasText: person.full_name })).toBeVisible();
  expect(await linked()).toBe(person.id);
  await page.getByRole('button', { name: t.admin.employee_unlink }).click();
  await expect(toast(page, t.admin.employee_unlinked)).toBeVisible();
  await expect.poll(linked).toBeNull();
});

test('sessions of an account are ended: one, then all', async ({ app, page }) => {
  const api = await Api.signIn();
  const guest = stranger();
  const sessions = [await Api.signIn(guest), await Api.signIn(guest), await Api.signIn(guest)];
  const { account } = sessions[0];
  const count = async () => (await api.send('GET', `/accounts/${account}`)).sessions;
  await app.open({ path: `/admin/accounts/${account}` });
  const ends = page.locator('.panes__detail').getByRole('button', { name: t.settings.session_end, exact: true });
  await expect(ends).toHaveCount(3);
  await ends.first().click();
  await expect(ends).toHaveCount(2);
  await expect.poll(count).toBe(2);
  await page.getByRole('button', { name: t.admin.sessions_end_all }).click();
  await expect(page.getByText(t.admin.sessions_none)).toBeVisible();
  await expect.poll(count).toBe(0);
  await expect.poll(() => sessions[2].send('GET', '/me').then(() => 'alive', (error) => String(error))).toContain('401');
});
