// One server: its state, its power and the switches of its services.
import { h } from '/page/dom.js';
import { t } from './words.js';

/** `up`, `odd` when a service is out of order, `down`. */
export function stateOf(server) {
  if (server.cause) return 'down';
  return server.services.some(({ set, problem }) => set.to !== 'up' || problem) ? 'odd' : 'up';
}

const marks = { up: '●', odd: '◆', down: '✕' };

/** Why it is not simply up. */
function told(server) {
  if (server.cause === 'itself') return t('itself');
  if (server.cause) return t(`cause_${server.cause}`, { by: server.by });
  const wrong = server.services.filter(({ set, problem }) => set.to !== 'up' || problem);
  return wrong.map(({ kind, set, problem }) => `${kind}: ${problem ?? t(set.to)}`).join(', ') || t('is_up');
}

function service(server, one, fitting, act) {
  const option = (fault) => h('option', { value: fault.to, selected: fault.to === one.set.to }, t(fault.to));
  const chosen = (event) => act(server.name, one.kind, fitting.find(({ to }) => to === event.target.value));
  const now = one.now.to === one.set.to ? '' : ` → ${t(one.now.to)}`;
  return h(
    'label',
    {},
    h('span', {}, t(one.kind)),
    h('select', { 'data-service': one.kind, onchange: chosen }, fitting.map(option)),
    h('small', {}, `${one.port ? `:${one.port}` : ''}${now}`),
  );
}

/** The row of a server. `open` tells whether its services are shown. */
export function row(server, { faults, open, toggle, act }) {
  const state = stateOf(server);
  const where = [server.address, server.notes, server.parent && t('behind', { parent: server.parent })];
  const off = server.cause === 'itself' || server.cause === 'storm';
  return h(
    'div.server',
    { class: state, 'data-server': server.name, 'data-state': state },
    h(
      'button.name',
      { 'aria-expanded': String(open), onclick: () => toggle(server.name) },
      h('span.mark', { 'aria-hidden': 'true' }, marks[state]),
      h('span', {}, h('b', {}, server.name), h('small', {}, where.filter(Boolean).join(' · ')), h('small.state', {}, told(server))),
    ),
    h('button.power', {
      role: 'switch',
      'aria-checked': String(!off),
      'aria-label': t('power', { name: server.name }),
      onclick: () => act(server.name, 'all', { to: off ? 'up' : 'down' }),
    }),
    open && h('div.services', {}, server.services.map((one) => service(server, one, faults[one.kind], act))),
  );
}
