// The page: asks how everything is, draws it, moves switches.
import { fill, h } from '/page/dom.js';
import { settings } from '/page/settings.js';
import { t } from './words.js';

const said = document.getElementById('said');
const OPERATIONS = ['TicketUpdate', 'TicketCreate', 'TicketGet', 'TicketSearch', 'TicketHistoryGet', 'SessionCreate'];
const FAULTS = ['answer_lost', 'question_lost', 'server_error', 'half_update'];
const OUTAGES = ['none', 'database_down', 'bad_gateway', 'silence'];
const RIGHTS = { all: ['rw'], read: ['ro'], note: ['note'], no: [] };
let state = null;

async function post(path, body = {}) {
  const answer = await fetch(`/tickets/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  said.textContent = answer.ok ? '' : ((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
}

const choice = (values, chosen, attributes = {}) => h('select', attributes, values.map((value) => h('option', { value, selected: value === chosen }, t(value))));
const labelled = (text, field) => h('label', {}, text, field);

function top() {
  const outage = choice(OUTAGES, state.outage);
  const delay = h('input', { type: 'number', min: 0, max: 120000, step: 100, value: state.delay_ms });
  const zone = h('input', { value: state.zone ?? 'UTC', list: 'zones' });
  const operation = choice(OPERATIONS);
  const fault = choice(FAULTS);
  const whole = () => post('outage', { outage: outage.value, delay_ms: Number(delay.value) });
  outage.addEventListener('change', whole);
  delay.addEventListener('change', whole);
  const waiting = Object.entries(state.next).flatMap(([name, faults]) => faults.map((one) => `${name}: ${t(one)}`));
  fill(
    document.getElementById('top'),
    h('h1', {}, t('title')),
    h('p', {}, t('lead'), ' ', h('a', { href: '/' }, t('back'))),
    h('div.actions', {}, labelled(t('now'), outage), labelled(t('delay'), delay), labelled(`${t('zone')} · ${state.clock}`, zone), h('button', { onclick: () => post('zone', { zone: zone.value }) }, t('set'))),
    h('div.actions', {}, labelled(t('operation'), operation), labelled('\u00a0', fault), h('button.go', { onclick: () => post('next', { operation: operation.value, fault: fault.value }) }, t('break'))),
    waiting.length > 0 && h('p', {}, t('waiting', { what: waiting.join(', ') })),
    h('div.actions', {}, h('button', { 'data-act': 'sessions', onclick: () => post('sessions') }, t('lose', { count: state.sessions })), h('button', { 'data-act': 'calm', onclick: () => post('calm') }, t('calm'))),
  );
}

/** The name of a set of rights that can be chosen. */
const named = (rights) => (rights.includes('rw') ? 'all' : rights.includes('note') ? 'note' : rights.length ? 'read' : 'no');

function agents() {
  const cell = (agent, group, rights) => {
    const label = `${agent.name}: ${group.queues.join(', ')}`;
    const given = (event) => post('rights', { agent: agent.login, group: group.id, rights: RIGHTS[event.target.value] });
    return h('td', {}, choice(Object.keys(RIGHTS), named(rights), { onchange: given, 'aria-label': label }));
  };
  fill(
    document.getElementById('agents'),
    h('h2', {}, t('rights')),
    h(
      'div.scroll',
      {},
      h(
        'table',
        {},
        h('tr', {}, h('th', {}), state.groups.map(({ queues }) => h('th', {}, queues.join(', ')))),
        state.agents.map((agent) => h('tr', {}, h('td', {}, agent.name, h('br'), agent.login), state.groups.map((group, at) => cell(agent, group, agent.rights[at])))),
      ),
    ),
  );
}

function tickets() {
  const row = ({ number, title, queue, state: name, priority, locked, owner, customer, changed, articles }) =>
    h('div.ticket', { 'data-ticket': number }, h('b', {}, title), h('small', {}, [number, queue, name, priority, `${locked ? '●' : '○'} ${owner}`].join(' · ')), h('small', {}, [customer, changed, `✉ ${articles}`].join(' · ')));
  fill(document.getElementById('tickets'), h('h2', {}, t('tickets', { count: state.tickets.length })), state.tickets.slice(0, 200).map(row));
}

async function follow() {
  let revision;
  for (;;) {
    try {
      const answer = await fetch(`/tickets/state${revision === undefined ? '' : `?after=${revision}`}`);
      if (!answer.ok) throw new Error(String(answer.status));
      state = await answer.json();
      revision = state.revision;
      if (said.textContent === t('gone')) said.textContent = '';
      // What somebody is typing is not drawn over.
      if (!document.activeElement?.matches('input')) top();
      agents();
      tickets();
      document.documentElement.dataset.ready = '';
      await new Promise((resolve) => setTimeout(resolve, 300));
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
follow();
