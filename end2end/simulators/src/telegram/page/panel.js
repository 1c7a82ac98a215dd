// Beside the phone: what this is, and the choices.
import * as api from './api.js';
import { log, onLog } from './bridge.js';
import { avatar, fill, h } from './dom.js';
import { choose, settings } from './settings.js';
import { t } from './text.js';

const panel = document.getElementById('panel');
const lines = h('div.log', { role: 'log', tabindex: 0, 'aria-live': 'off' });

function drawLog() {
  const mark = { out: '→', in: '←', old: '✕' };
  fill(lines, log.length ? log.map(({ kind, text }) => h('div', { class: kind }, `${mark[kind]} ${text}`)) : t('logEmpty'));
  lines.scrollTop = lines.scrollHeight;
}

onLog(drawLog);

/** One of a few, as a row of buttons. */
function choice(label, now, options, act) {
  const button = ([value, text]) => h('button', { role: 'radio', 'aria-checked': String(value === now), 'data-choice': value, onclick: () => act(value) }, text);
  return h('div.choice', { role: 'radiogroup', 'aria-label': label }, options.map(button));
}

function select(label, now, options, act) {
  const option = (value) => h('option', { value, selected: value === now }, value);
  return h('label', {}, label, h('select', { onchange: (event) => act(event.target.value) }, options.map(option)));
}

function person(one) {
  const name = [one.first_name, one.last_name].filter(Boolean).join(' ');
  return h(
    'button.person',
    { role: 'radio', 'aria-checked': String(one.id === settings.user), 'data-user': one.id, onclick: () => choose({ user: one.id }) },
    avatar(one.id, name, { size: 40 }),
    h('div', {}, h('b', {}, name), h('span', {}, one.role ? t(one.role) : `id ${one.id}`)),
  );
}

document.querySelector('.panel-back').addEventListener('click', () => togglePanel(false));

/** Opens or closes the sheet on a phone. */
export function togglePanel(open) {
  panel.classList.toggle('open', open);
}

let drawn = '';

/** Draws the panel; `openNow` opens the app at once. */
export function renderPanel(state, openNow) {
  const chat = state.chats.find((chat) => chat.id === settings.user);
  const now = JSON.stringify([settings, state.people, state.fleet, state.otrs, state.mail, state.outage, chat?.blocked]);
  if (now === drawn) return;
  drawn = now;
  const more = panel.querySelector('details')?.open ?? false;
  const top = panel.scrollTop;
  fill(
    panel,
    h('button.panel-close', { 'aria-label': t('close'), onclick: () => togglePanel(false) }, '✕'),
    h('h1', {}, t('title')),
    h('p.lead', {}, t('lead')),
    h('ol.steps', {}, ['step1', 'step2', 'step3', 'step4'].map((key) => h('li', {}, h('span', { html: t(key) })))),
    h('button.go', { onclick: () => (togglePanel(false), openNow()) }, t('go')),
    h('h2', {}, t('who')),
    h('div.people', { role: 'radiogroup', 'aria-label': t('who') }, state.people.map(person)),
    state.otrs && [h('h2', {}, t('otrs')), h('a.way', { href: '/tickets', target: '_blank', rel: 'noopener' }, t('otrsLead'))],
    state.mail && [h('h2', {}, t('mail')), h('a.way', { href: '/mail', target: '_blank', rel: 'noopener' }, t('mailLead'))],
    state.fleet && [h('h2', {}, t('fleet')), h('a.way', { href: '/fleet', target: '_blank', rel: 'noopener' }, t('fleetLead'))],
    h('h2', {}, t('language')),
    choice(t('language'), settings.language, [['ru', 'Русский'], ['en', 'English']], (language) => choose({ language })),
    h('h2', {}, t('scheme')),
    choice(t('scheme'), settings.scheme, ['light', 'dark', 'custom'].map((name) => [name, t(name)]), (scheme) => choose({ scheme })),
    h(
      'details.more',
      { open: more },
      h('summary', {}, t('forDevelopers')),
      h('h2', {}, t('client')),
      h(
        'div.fields',
        {},
        select(t('platform'), settings.platform, ['weba', 'web', 'android', 'ios', 'tdesktop', 'macos'], (platform) => choose({ platform })),
        select(t('version'), settings.version, ['9.1', '8.0', '7.0', '6.2', '6.0'], (version) => choose({ version })),
      ),
      h('h2', {}, t('connection')),
      choice(t('connection'), state.outage, ['none', 'server_error', 'silence'].map((mode) => [mode, t(`outage_${mode}`)]), api.outage),
      h('h2', {}, t('blockBot')),
      choice(t('blockBot'), Boolean(chat?.blocked), [[false, t('no')], [true, t('yes')]], api.block),
      h('h2', {}, t('log')),
      lines,
    ),
    h('p.small', { style: 'margin-top:22px' }, t('real')),
  );
  panel.scrollTop = top;
  drawLog();
}
