// The import from the file to the report: a preview, then the same for good. Only one import runs at a time, so
// these run one after the other and in one project.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { last, pressMain } from '../fixtures/screen.js';
import { shaped, texts } from '../fixtures/texts.js';

const t = texts.ru;

test.describe.configure({ mode: 'default' });

test('a workbook is previewed, imported and reported', async ({ app, page }, info) => {
  const file = info.outputPath('people.xlsx');
  execFileSync(process.env.SIMULATORS ?? 'simulators', ['workbook', file, '--count', '40', '--seed', String(randomInt(1e9))]);
  const api = await Api.signIn();
  const everybody = async (): Promise<number> => {
    const { items } = await api.send('GET', '/departments');
    return items.reduce((sum: number, one: { employees: number }) => sum + one.employees, 0);
  };
  const before = await everybody();
  await app.open({ path: '/admin/import' });
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByRole('heading', { name: t.import.preview_title, exact: true })).toBeVisible();
  expect(await everybody(), 'a preview stores nothing').toBe(before);
  await pressMain(app, shaped(t.import.confirm.many));
  await expect(page.getByRole('heading', { name: t.import.report_title, exact: true })).toBeVisible();
  const created = page.locator('.figure', { hasText: t.import.created }).locator('.figure__count');
  expect(Number(await created.textContent())).toBeGreaterThan(20);
  await expect.poll(everybody).toBeGreaterThan(before);

  await page.getByRole('button', { name: t.import.download }).first().click();
  await expect.poll(() => last(app, 'web_app_request_file_download')).toMatchObject({ file_name: expect.stringMatching(/\.xlsx$/) });
  const { url } = last(app, 'web_app_request_file_download') as { url: string };
  const report = await page.request.get(url);
  expect(report.headers()['content-type']).toContain('spreadsheetml');
  expect((await report.body()).subarray(0, 2).toString()).toBe('PK');

  await expect(page).toHaveURL(/report=\d+/);
  await page.reload();
  await app.alive();
  await expect(page.locator('.figure', { hasText: t.import.created }).first()).toBeVisible();
});

test('the directory is exported, and the file brings no change', async ({ app, page }, info) => {
  await app.open({ path: '/admin/import' });
  await page.getByRole('button', { name: t.import.export }).click();
  await expect.poll(() => last(app, 'web_app_request_file_download')).toMatchObject({ file_name: expect.stringMatching(/\.xlsx$/) });
  const { url } = last(app, 'web_app_request_file_download') as { url: string };
  const file = info.outputPath('export.xlsx');
  await writeFile(file, await (await page.request.get(url)).body());
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByRole('heading', { name: t.import.preview_title, exact: true })).toBeVisible();
  await expect(page.locator('.figure', { hasText: t.import.created }).locator('.figure__count')).toHaveText('0');
});

test('a file that is no workbook is refused with a word', async ({ app, page }) => {
  await app.open({ path: '/admin/import' });
  const buffer = Buffer.from('not a workbook');
  await page.locator('input[type=file]').setInputFiles({ name: 'people.xlsx', mimeType: 'application/octet-stream', buffer });
  await expect(page.getByText(t.error.not_a_workbook)).toBeVisible();
});
