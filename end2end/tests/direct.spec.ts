// Pages opened by their address with the session of a cookie: the server has put the data into the HTML, the
// browser brings it to life. Each is opened several times, because data arrive in another order each time.
import type { Page } from '@playwright/test';
import { Api } from '../fixtures/api.js';
import { expect, test } from '../fixtures/app.js';
import { launchData, people } from '../fixtures/telegram.js';
import { texts } from '../fixtures/texts.js';

const t = texts.ru;

test.beforeEach(async ({ page }) => {
  const answer = await page.request.post('/api/v1/session', { headers: { Authorization: `tma ${launchData(people.admin)}` } });
  expect(answer.ok()).toBe(true);
});

const pages = {
  'the directory': { path: () => '/employees', shows: t.directory.departments },
  'an answer': { path: () => '/employees?q=инженер', shows: 'инженер' },
  'a card': { path: (id: string) => `/employees/${id}`, shows: t.card.actions },
  'a card beside a department': { path: (id: string) => `/employees/${id}?department=Склад`, shows: t.card.actions },
  'the form of a record': { path: (id: string) => `/employees/${id}/edit`, shows: t.edit.phone_add },
  'the form of somebody new': { path: () => '/employees/new', shows: t.edit.phone_add },
  'the history of a record': { path: (id: string) => `/employees/${id}/history`, shows: t.history.created },
  'a merge': { path: (id: string) => `/employees/${id}/merge`, shows: t.merge.pick },
  'an account': { path: (_: string, account: string) => `/admin/accounts/${account}`, shows: t.admin.sessions_title },
  'settings': { path: () => '/settings', shows: t.settings.sign_out },
  'home': { path: () => '/', shows: t.home.directory },
  'the servers': { path: () => '/servers', shows: t.servers.wall },
  'servers of a state': { path: () => '/servers?state=paused', shows: t.servers.wall },
  'the wall': { path: () => '/servers?view=wall', shows: t.state.up },
  'the tickets': { path: () => '/tickets?view=all', shows: t.tickets.view_all },
  'a search in tickets': { path: () => '/tickets?q=no-such-word', shows: t.tickets.view_all },
  'a new ticket': { path: () => '/tickets/new', shows: t.tickets.pick_customer },
  'the link to OTRS': { path: () => '/tickets/link', shows: t.tickets.link_linked_hint },
  'settings of tickets': { path: () => '/tickets/settings', shows: t.tickets.set_undo_hint },
  'actions of mine': { path: () => '/tickets/actions', shows: t.tickets.my_actions },
  'incidents': { path: () => '/alerts', shows: t.alerts.title },
  'what there is to set up': { path: () => '/servers/manage', shows: t.fleet.groups_hint },
  'planned windows': { path: () => '/servers/maintenance', shows: t.fleet.maintenance },
  'the form of a new server': { path: () => '/servers/new', shows: t.fleet.parent_hint },
};

/** The numbers of the data in the HTML: the browser counts while it builds the page, once and from the top. */
async function numbers(page: Page, path: string) {
  const answer = await page.request.get(path);
  expect(answer.ok()).toBe(true);
  return [...(await answer.text()).matchAll(/__RESOLVED_RESOURCES\[(\d+)\]/g)].map((found) => Number(found[1])).sort((a, b) => a - b);
}

for (const [name, { path, shows }] of Object.entries(pages)) {
  test(name, async ({ app, page }) => {
    const admin = await Api.signIn();
    const person = await admin.employee({ department: 'Склад' });
    const first = await numbers(page, path(person.id, admin.account));
    for (let time = 0; time < 50; time += 1) {
      expect(await numbers(page, path(person.id, admin.account))).toEqual(first);
    }
    for (let time = 0; time < 5; time += 1) {
      await page.goto(path(person.id, admin.account));
      await app.alive();
      await expect(page.locator('main').getByText(shows).first()).toBeVisible();
    }
  });
}
