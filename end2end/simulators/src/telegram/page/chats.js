// The list of chats and the list of topics of a forum.
import { avatar, clock, fill, h, icon } from './dom.js';
import { settings } from './settings.js';
import { t } from './text.js';

const seenKey = (chat, thread) => `seen-${settings.user}-${chat.id}-${thread ?? 0}`;

/** Messages of one topic; `null` is the general one, `undefined` all of them. */
export function messagesOf(chat, thread) {
  return thread === undefined ? chat.messages : chat.messages.filter((message) => (message.message_thread_id ?? null) === thread);
}

/** Remembers that everything in a topic was read. */
export function markSeen(chat, thread) {
  const last = messagesOf(chat, thread).at(-1);
  if (last) sessionStorage.setItem(seenKey(chat, thread), last.message_id);
}

function unread(chat, thread) {
  const seen = Number(sessionStorage.getItem(seenKey(chat, thread)) ?? 0);
  return messagesOf(chat, thread).filter((message) => message.message_id > seen && message.outgoing_of !== settings.user).length;
}

function preview(message, withAuthor) {
  if (!message) return t('noMessages');
  const author = withAuthor && message.from ? h('b', {}, `${message.from.first_name}: `) : null;
  return [author, message.text ?? t('serviceNote')];
}

function row({ picture, name, last, count, withAuthor, open, id }) {
  return h(
    'button.row',
    { onclick: open, 'data-chat': id },
    picture,
    h(
      'div.body',
      {},
      h('div.line', {}, h('span.name', {}, name), h('span.when', {}, last ? clock(last.date, settings.language) : '')),
      h('div.line.low', {}, h('span.text', {}, preview(last, withAuthor)), count ? h('span.badge', {}, count) : null),
    ),
  );
}

/** The picture of a chat. */
export function pictureOf(chat, size) {
  return avatar(chat.type === 'private' ? 5 : 3, chat.title, { size, mark: chat.type === 'private' ? 'watch' : 'people' });
}

/** Draws the list of chats. */
export function renderChats(view, state, { open, panel }) {
  const chats = [...state.chats].sort((a, b) => (a.type === 'private' ? -1 : 1) - (b.type === 'private' ? -1 : 1));
  const rows = chats.map((chat) => {
    const threads = chat.topics.length ? [null, ...chat.topics.map((topic) => topic.id)] : [undefined];
    return row({
      id: chat.id,
      picture: pictureOf(chat, 58),
      name: chat.title,
      last: chat.messages.at(-1),
      count: threads.reduce((sum, thread) => sum + unread(chat, thread), 0),
      withAuthor: chat.type !== 'private',
      open: () => open(chat.id),
    });
  });
  fill(
    view,
    h(
      'header',
      {},
      h(
        'div.bar',
        {},
        h('span'),
        h('div.title', {}, t('chats')),
        h('button.nav.panel-open', { onclick: panel }, t('demo')),
      ),
    ),
    h('div.rows', {}, rows, h('div.hint', {}, h('b', {}, t('title')), t('lead'), h('br'), h('button', { onclick: panel }, t('howTo')))),
  );
}

/** Draws the topics of a forum. */
export function renderTopics(view, chat, { open, back }) {
  const topics = [{ id: null, title: t('general'), mark: 'hash' }, ...chat.topics.map((topic) => ({ ...topic, mark: topic.id === 5 ? 'bell' : 'book' }))];
  const rows = topics.map(({ id, title, mark }) =>
    row({
      id: `${chat.id}/${id ?? 0}`,
      picture: avatar(id ?? 1, title, { size: 44, mark, topic: true }),
      name: title,
      last: messagesOf(chat, id).at(-1),
      count: unread(chat, id),
      withAuthor: true,
      open: () => open(chat.id, id),
    }),
  );
  fill(
    view,
    h(
      'header',
      {},
      h(
        'div.bar',
        {},
        h('button.nav', { onclick: back }, icon('back'), t('chats')),
        h('div.title', {}, chat.title, h('small', {}, t('members'))),
        pictureOf(chat, 38),
      ),
    ),
    h('div.rows', {}, rows),
  );
}
