// What Telegram does with a link: its own addresses stay inside, everything else opens outside.
import * as api from './api.js';
import { dialog, toast } from './dialogs.js';
import { t } from './text.js';

/** Takes a `t.me` address apart for this bot; nothing for other addresses. */
export function parseLink(text, bot, app) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol === 'tg:') {
    const query = url.searchParams;
    if (query.get('domain')?.toLowerCase() !== bot.toLowerCase()) return { kind: 'unknown' };
    if (query.has('startapp') || query.has('appname')) return { kind: 'app', startParam: query.get('startapp') ?? undefined };
    return { kind: 'bot', start: query.get('start') ?? undefined };
  }
  if (!/^(www\.)?(t|telegram)\.me$/.test(url.hostname)) return { kind: 'outside', url: url.href };
  const [first, second] = url.pathname.split('/').filter(Boolean);
  if (first === 'share') return { kind: 'share', text: [url.searchParams.get('url'), url.searchParams.get('text')].filter(Boolean).join('\n') };
  if (first?.toLowerCase() !== bot.toLowerCase()) return { kind: 'unknown' };
  const startParam = url.searchParams.get('startapp');
  if (second?.toLowerCase() === app.toLowerCase() || startParam !== null) return { kind: 'app', startParam: startParam || undefined };
  return { kind: 'bot', start: url.searchParams.get('start') ?? undefined };
}

/** Asks for a chat and sends the text there. */
export async function share(text, chats) {
  const buttons = chats.map((chat) => ({ id: String(chat.id), text: chat.title }));
  const id = await dialog({ title: t('share'), message: text, buttons: [...buttons, { id: '', text: t('cancel'), style: 'strong' }] });
  const chat = chats.find((chat) => String(chat.id) === id);
  if (!chat) return;
  const thread = chat.topics.at(-1)?.id;
  await api.send(chat.id, thread, text);
  toast(`${t('shared')}: ${chat.title}`);
}
