// One message: text with its entities, the keyboard under it, service lines.
import { avatar, clock, h, icon, shade } from './dom.js';
import { settings } from './settings.js';
import { t } from './text.js';

/** Text with its entities as elements; entities nest, offsets are UTF-16 units like those of strings here. */
function rich(text, entities, openUrl, from = 0, to = text.length) {
  const out = [];
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  let at = from;
  for (const [index, entity] of sorted.entries()) {
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    out.push(text.slice(at, entity.offset));
    const inner = sorted.slice(index + 1).filter((other) => other.offset >= entity.offset && other.offset + other.length <= end);
    out.push(element(entity, text.slice(entity.offset, end), rich(text, inner, openUrl, entity.offset, end), openUrl));
    at = end;
  }
  out.push(text.slice(at, to));
  return out;
}

function element(entity, plain, inner, openUrl) {
  const link = (url) => h('a', { href: url, onclick: (event) => (event.preventDefault(), openUrl(url)) }, inner);
  switch (entity.type) {
    case 'bold': return h('b', {}, inner);
    case 'italic': return h('i', {}, inner);
    case 'underline': return h('u', {}, inner);
    case 'strikethrough': return h('s', {}, inner);
    case 'code': return h('code', {}, inner);
    case 'pre': return h('pre', {}, inner);
    case 'blockquote': case 'expandable_blockquote': return h('blockquote', {}, inner);
    case 'spoiler': return h('span.spoiler', { onclick: (event) => event.currentTarget.classList.add('seen') }, inner);
    case 'text_link': return link(entity.url);
    case 'url': return link(plain);
    case 'bot_command': return h('a', { href: '#', onclick: (event) => (event.preventDefault(), openUrl(`command:${plain}`)) }, inner);
    default: return h('span', {}, inner);
  }
}

function keyboard(message, busy, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const key = (button) => {
    const mark = button.web_app ? icon('window', { class: 'mark' }) : button.url ? icon('arrow', { class: 'mark' }) : null;
    const waits = busy.has(`${message.message_id}:${button.callback_data}`);
    return h('button.key', { class: `${button.style ?? ''}${waits ? ' busy' : ''}`, onclick: () => act(message, button) }, button.text, mark);
  };
  return h('div.keyboard', {}, rows.map((row) => h('div', {}, row.map(key))));
}

function service(message) {
  if (message.pinned_message) return t('pinnedNote', { name: message.from?.first_name ?? '' });
  if (message.write_access_allowed) return t('writeNote');
  return t('serviceNote');
}

/** The elements of a message; `previous` is the one above it. */
export function renderMessage(message, previous, { chat, busy, openUrl, act }) {
  if (message.text === undefined) return h('div.note', {}, service(message));
  const own = message.outgoing_of === settings.user;
  const inGroup = chat.type !== 'private';
  const sameAuthor = previous?.text !== undefined && previous?.from?.id === message.from?.id;
  const name = [message.from?.first_name, message.from?.last_name].filter(Boolean).join(' ');
  const time = h(
    'span.time',
    {},
    message.edit_date ? `${t('edited')} ` : '',
    clock(message.date, settings.language),
    own ? icon('ticks') : null,
  );
  const bubble = h(
    'div.bubble',
    {},
    inGroup && !own && !sameAuthor ? h('span.author', { style: `color:${shade(message.from?.id)}` }, name) : null,
    rich(message.text, message.entities ?? [], openUrl),
    time,
  );
  const picture = inGroup && !own ? avatar(message.from?.id, name) : null;
  return h(
    'div.message',
    { class: `${own ? 'out' : ''}${sameAuthor ? '' : ' new-author'}`, 'data-message': message.message_id },
    picture,
    h('div.stack', {}, bubble, keyboard(message, busy, act)),
  );
}
