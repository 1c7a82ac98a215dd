// Start and navigation: which screen is shown, what the simulator says, where links lead.
import * as api from './api.js';
import { chatScreen } from './chat.js';
import { renderChats, renderTopics } from './chats.js';
import { dialog, confirm, toast } from './dialogs.js';
import { clock, fill, h, icon } from './dom.js';
import { parseLink, share } from './links.js';
import { openApp, openedApp } from './miniapp.js';
import { renderPanel, togglePanel } from './panel.js';
import { onChange, settings } from './settings.js';
import { t } from './text.js';
import { applyTheme } from './themes.js';

const screen = document.getElementById('screen');
/** Where one is: nothing is the list of chats. */
let place = {};
let chatView = null;
let state = null;
let polling = null;
const busy = new Map();
const toldAnswers = new Set();

const chatOf = (id) => state?.chats.find((chat) => chat.id === id);

function go(next) {
  place = next;
  chatView = null;
  draw();
}

function draw() {
  if (!state) return;
  const chat = place.chat && chatOf(place.chat);
  if (chat && (chat.topics.length === 0 || place.thread !== undefined)) {
    if (!chatView) {
      const back = () => go(chat.topics.length ? { chat: chat.id } : {});
      const openMenu = (chat) => openMenuButton(chat);
      chatView = chatScreen(chat.id, place.thread, { back, openUrl: (url) => openUrl(url, chat.id), openMenu, act: pressButton, busy });
      fill(screen, chatView.view);
    }
    chatView.update(state);
  } else {
    const view = h('div.view');
    if (chat) renderTopics(view, chat, { open: (chat, thread) => go({ chat, thread }), back: () => go({}) });
    else renderChats(view, state, { open: (chat) => go({ chat }), panel: () => togglePanel(true) });
    const top = screen.querySelector('.rows')?.scrollTop ?? 0;
    fill(screen, view);
    view.querySelector('.rows').scrollTop = top;
  }
  renderPanel(state, () => openMiniApp({ chat: settings.user, url: state.app.url }));
}

function openMiniApp(launch) {
  const botName = state.bot.first_name;
  return openApp(launch, { botName, openExternal, openUrl: (url) => openUrl(url, launch.chat), openChat: () => go({ chat: settings.user }) });
}

function openMenuButton(chat) {
  const { url } = chat.menu_button.web_app;
  const link = parseLink(url, state.bot.username, state.app.name);
  if (link?.kind === 'app') openUrl(url, chat.id);
  else openMiniApp({ chat: chat.id, url });
}

function openExternal(url) {
  window.open(url, '_blank', 'noreferrer');
}

async function openUrl(url, chat) {
  if (url.startsWith('command:')) return api.send(chat, place.thread ?? undefined, url.slice(8));
  const link = parseLink(url, state.bot.username, state.app.name);
  if (link?.kind === 'app') return openMiniApp({ chat, startParam: link.startParam });
  if (link?.kind === 'share') return share(link.text, state.chats.filter((chat) => chat.type !== 'private' || chat.started));
  if (link?.kind === 'bot') {
    openedApp()?.remove();
    go({ chat: settings.user });
    if (link.start) await api.send(settings.user, undefined, `/start ${link.start}`);
    return;
  }
  if (link?.kind === 'unknown') return toast(t('notHere'));
  if (await confirm(t('openLink'), url, t('open'))) openExternal(url);
}

async function pressButton(chat, message, button) {
  if (button.web_app) return openMiniApp({ chat: chat.id, url: button.web_app.url });
  if (button.url) return openUrl(button.url, chat.id);
  if (button.copy_text) return navigator.clipboard?.writeText(button.copy_text.text);
  const key = `${message.message_id}:${button.callback_data}`;
  if (!button.callback_data || busy.has(key)) return;
  busy.set(key, null);
  draw();
  try {
    busy.set(key, (await api.press(chat.id, message.message_id, button.callback_data)).query_id);
  } catch {
    busy.delete(key);
  }
}

/** Ends the waiting of answered buttons and shows what the bot said. */
function hearAnswers() {
  for (const [key, query] of busy) if (query && !state.waiting.includes(query)) busy.delete(key);
  for (const { id, text, show_alert: alert } of [...state.answers].reverse()) {
    if (toldAnswers.has(id)) continue;
    toldAnswers.add(id);
    if (!text) continue;
    if (alert) dialog({ title: state.bot.first_name, message: text, buttons: [{ id: 'ok', text: t('ok'), style: 'strong' }] });
    else toast(text);
  }
}

async function follow() {
  polling?.abort();
  const mine = (polling = new AbortController());
  let revision;
  while (!mine.signal.aborted) {
    try {
      const next = await api.state(revision, mine.signal);
      if (mine.signal.aborted) return;
      // What was answered before this page was opened is no news.
      if (!state) next.answers.forEach(({ id }) => toldAnswers.add(id));
      const first = revision === undefined;
      revision = next.revision;
      delete next.revision;
      if (!first && JSON.stringify(next) === JSON.stringify(state)) continue;
      state = next;
      hearAnswers();
      draw();
      if (first) started();
    } catch {
      if (mine.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      revision = undefined;
    }
  }
}

/** ?startapp=… opens a deep link, ?open=app the app, once. */
let begun = false;
function started() {
  document.documentElement.dataset.ready = '';
  if (begun) return;
  begun = true;
  const query = new URLSearchParams(location.search);
  if (query.has('startapp')) openMiniApp({ chat: settings.user, startParam: query.get('startapp') || undefined });
  else if (query.get('open') === 'app') openMiniApp({ chat: settings.user, url: state.app.url });
  else if (query.get('open') === 'chat') go({ chat: settings.user });
}

onChange((changed) => {
  document.documentElement.lang = settings.language;
  applyTheme(settings.scheme);
  if (changed.includes('scheme')) openedApp()?.sendTheme();
  if (changed.some((name) => ['user', 'language', 'platform', 'version'].includes(name))) openedApp()?.remove();
  if (changed.includes('user')) place = {};
  if (changed.includes('user') || changed.includes('language')) {
    chatView = null;
    follow();
  } else draw();
});

function tick() {
  document.getElementById('clock').textContent = clock(Date.now() / 1000, settings.language);
}

document.documentElement.lang = settings.language;
applyTheme(settings.scheme);
fill(document.getElementById('signals'), icon('signal'), icon('battery'));
tick();
setInterval(tick, 10_000);
follow();
