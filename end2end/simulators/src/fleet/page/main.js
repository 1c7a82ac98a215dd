// The page: asks how everything is, draws what changed, moves switches.
import { clock, fill, h } from '/page/dom.js';
import { settings } from '/page/settings.js';
import { row, stateOf } from './server.js';
import { t } from './words.js';

const said = document.getElementById('said');
const summary = h('p', { id: 'summary', role: 'status' });
const search = h('input', { id: 'search', type: 'search', placeholder: t('search'), 'aria-label': t('search'), oninput: () => draw() });
const notice = h('p.notice', { hidden: true });
const groups = document.getElementById('groups');
const opened = new Set();
/** Rows by the server's name, with what they were drawn from. */
const rows = new Map();
/** Lists of rows and their headings by the group's name. */
const drawn = new Map();
let state = null;

async function post(path, body) {
  const answer = await fetch(`/fleet/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) });
  said.textContent = answer.ok ? '' : ((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
  // A switch that was not moved goes back to where it stands.
  if (!answer.ok) rows.clear();
  draw();
}

const act = (name, service, fault) => post(`servers/${encodeURIComponent(name)}/switch`, { service, ...fault });

function toggle(name) {
  if (!opened.delete(name)) opened.add(name);
  draw();
}

function head() {
  const number = (label, value) => h('input', { type: 'number', min: 1, max: 3600, value, 'aria-label': label });
  const [count, seconds] = [number(t('servers'), 20), number(t('seconds'), 60)];
  fill(
    document.getElementById('top'),
    h('h1', {}, t('title')),
    h('p', {}, t('lead'), ' ', h('a', { href: '/' }, t('back'))),
    notice,
    h(
      'div.actions',
      {},
      h('label', {}, t('servers'), count),
      h('label', {}, t('seconds'), seconds),
      h('button.go', { 'data-act': 'storm', onclick: () => post('storm', { servers: Number(count.value), seconds: Number(seconds.value) }) }, t('storm')),
      h('button.calm', { 'data-act': 'calm', onclick: () => post('calm') }, t('calm')),
    ),
    search,
  );
  groups.before(summary);
}

function rowOf(server) {
  const open = opened.has(server.name);
  const from = JSON.stringify([server, open]);
  const known = rows.get(server.name);
  if (known?.from === from) return known.element;
  const faults = Object.fromEntries(state.faults.map(({ kind, fitting }) => [kind, fitting]));
  const element = row(server, { faults, open, toggle, act });
  // Who stands on a part of the row stays on it.
  const held = known?.element.contains(document.activeElement) && (document.activeElement.dataset.service ?? document.activeElement.className);
  rows.set(server.name, { from, element });
  if (known) known.element.replaceWith(element);
  if (held) element.querySelector(`[data-service="${held}"], .${held}`)?.focus();
  return element;
}

function group(name) {
  let known = drawn.get(name);
  if (!known) {
    const count = h('span');
    const list = h('div');
    const box = h('details.group', { open: true }, h('summary', {}, name, count), list);
    drawn.set(name, (known = { box, count, list }));
    groups.append(box);
  }
  return known;
}

function draw() {
  if (!state) return;
  const text = search.value.trim().toLowerCase();
  const fits = ({ name, address, group }) => `${name} ${address} ${group}`.toLowerCase().includes(text);
  const count = (servers, wanted) => servers.filter((server) => stateOf(server) === wanted).length;
  const end = state.storm_ends_ms && t('stormUntil', { at: clock(state.storm_ends_ms / 1000, settings.language) });
  summary.textContent = t('summary', { all: state.servers.length, down: count(state.servers, 'down'), odd: count(state.servers, 'odd') }) + (end ?? '');
  notice.hidden = !state.no_ping;
  notice.textContent = t('noPing', { why: state.no_ping });
  for (const [name, servers] of Map.groupBy(state.servers, ({ group }) => group)) {
    const { box, count: total, list } = group(name);
    const shown = servers.filter(fits).map(rowOf);
    box.hidden = !shown.length;
    total.textContent = t('groupDown', { all: servers.length, down: count(servers, 'down') });
    if (shown.length !== list.children.length || shown.some((element, at) => element !== list.children[at])) list.replaceChildren(...shown);
  }
}

async function follow() {
  let revision;
  for (;;) {
    try {
      const answer = await fetch(`/fleet/servers${revision === undefined ? '' : `?after=${revision}`}`);
      if (!answer.ok) throw new Error(String(answer.status));
      state = await answer.json();
      revision = state.revision;
      if (said.textContent === t('gone')) said.textContent = '';
      draw();
      document.documentElement.dataset.ready = '';
      // What changes many times a second is not drawn more often than people see.
      await new Promise((resolve) => setTimeout(resolve, 200));
    } catch {
      said.textContent = t('gone');
      revision = undefined;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

document.documentElement.lang = settings.language;
document.documentElement.dataset.tone = settings.scheme === 'dark' ? 'dark' : 'light';
document.title = t('title');
head();
follow();
