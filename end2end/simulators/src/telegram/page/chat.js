// One chat or topic: header, messages, composer with the bot's menu and commands.
import * as api from './api.js';
import { pictureOf, markSeen, messagesOf } from './chats.js';
import { day, fill, h, icon } from './dom.js';
import { renderMessage } from './message.js';
import { settings } from './settings.js';
import { t } from './text.js';

/** Makes a chat's screen; `update` draws the state, everything else is kept. */
export function chatScreen(chatId, thread, { back, openUrl, openMenu, act, busy }) {
  const title = h('div.title');
  const picture = h('div');
  const pinned = h('button.pinned', { hidden: true });
  const messages = h('div.messages', { tabindex: 0, role: 'log' });
  const composer = h('div.composer');
  const view = h(
    'div.view',
    {},
    h('header', {}, h('div.bar', {}, h('button.nav', { onclick: back }, icon('back'), t('back')), title, picture), pinned),
    h('div.wall', {}, messages),
    composer,
  );
  let shown = '';
  let composed = '';

  const send = (text) => text.trim() && api.send(chatId, thread ?? undefined, text.trim());

  function drawHeader(chat) {
    const isBot = chat.type === 'private';
    const topic = thread === undefined ? null : thread === null ? t('general') : chat.topics.find((topic) => topic.id === thread)?.title;
    const below = chat.typing ? t('typing') : isBot ? t('bot') : topic ? chat.title : t('members');
    fill(title, topic ?? chat.title, h('small', { class: chat.typing ? 'live' : '' }, below));
    fill(picture, pictureOf(chat, 38));
    const message = chat.messages.find((message) => message.message_id === chat.pinned);
    pinned.hidden = !message;
    if (message) {
      fill(pinned, h('i'), h('span', {}, h('b', {}, t('pinned')), message.text));
      pinned.onclick = () => messages.querySelector(`[data-message="${message.message_id}"]`)?.scrollIntoView({ block: 'center' });
    }
  }

  function drawMessages(chat) {
    const list = messagesOf(chat, thread);
    const out = [];
    list.forEach((message, index) => {
      const before = list[index - 1];
      const today = day(message.date, settings.language);
      if (!before || day(before.date, settings.language) !== today) out.push(h('div.day', {}, today));
      out.push(renderMessage(message, before, { chat, busy, openUrl, act: (message, button) => act(chat, message, button) }));
    });
    if (!list.length && chat.type === 'private') {
      out.push(h('div.intro', {}, pictureOf(chat, 76), h('b', {}, t('whatCanIDo')), t('botAbout')));
    }
    const atEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
    fill(messages, out);
    if (atEnd || !shown) messages.scrollTop = messages.scrollHeight;
  }

  function drawComposer(chat) {
    if (chat.type === 'private' && (!chat.started || chat.blocked)) {
      const start = () => (chat.blocked ? api.block(false) : send('/start'));
      fill(composer, h('button.start', { onclick: start, class: chat.blocked ? 'quiet' : '' }, t(chat.blocked ? 'unblock' : 'start')));
      return;
    }
    const input = h('textarea', { rows: 1, placeholder: t('message'), 'aria-label': t('message'), enterkeyhint: 'send' });
    const button = h('button.send', { 'aria-label': t('send'), disabled: true }, icon('send'));
    const submit = (event) => {
      event?.preventDefault();
      send(input.value);
      input.value = '';
      grow();
    };
    const grow = () => {
      button.disabled = !input.value.trim();
      input.style.height = '38px';
      input.style.height = `${Math.min(input.scrollHeight + 1, 120)}px`;
    };
    input.oninput = grow;
    input.onkeydown = (event) => event.key === 'Enter' && !event.shiftKey && submit(event);
    fill(composer, h('form', { onsubmit: submit }, menuButton(chat), input, button));
  }

  function menuButton(chat) {
    if (chat.type !== 'private') return null;
    if (chat.menu_button.type === 'web_app') {
      return h('button.menu', { type: 'button', onclick: () => openMenu(chat) }, icon('app'), h('span', {}, chat.menu_button.text));
    }
    if (!chat.commands.length) return null;
    return h('button.menu', { type: 'button', onclick: () => toggleCommands(chat), 'aria-label': t('menu') }, icon('menu'));
  }

  function toggleCommands(chat) {
    const open = composer.querySelector('.commands');
    if (open) return open.remove();
    const command = ({ command, description }) =>
      h('button.command', { onclick: () => (composer.querySelector('.commands').remove(), send(`/${command}`)) }, h('span', {}, description), h('code', {}, `/${command}`));
    composer.append(h('div.commands', {}, chat.commands.map(command)));
  }

  return {
    view,
    chatId,
    thread,
    /** Draws what changed; text in the composer stays. */
    update(state) {
      const chat = state.chats.find((chat) => chat.id === chatId);
      if (!chat) return back();
      const now = JSON.stringify([chat, [...busy], settings.language]);
      if (now === shown) return;
      drawHeader(chat);
      drawMessages(chat);
      shown = now;
      markSeen(chat, thread);
      const composing = JSON.stringify([chat.started, chat.blocked, chat.menu_button, chat.commands, settings.language]);
      if (composing !== composed) drawComposer(chat);
      composed = composing;
    },
  };
}
