// What the page asks the simulator.
import { settings } from './settings.js';
import { themes } from './themes.js';

async function post(path, body) {
  const answer = await fetch(`/client/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Everything the chosen user sees; with a revision it waits until something changes. */
export async function state(after, signal) {
  const query = new URLSearchParams({ user: settings.user, language: settings.language });
  if (after !== undefined) query.set('after', after);
  const answer = await fetch(`/client/state?${query}`, { signal });
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

export const send = (chat, thread, text) => post('send', { user: settings.user, chat, thread, text });
export const press = (chat, message, data) => post('press', { user: settings.user, chat, message, data });
export const block = (blocked) => post('block', { user: settings.user, blocked });
export const allowWriting = () => post('write-access', { user: settings.user });
export const outage = (mode) => post('outage', { mode });

/** The signed address for the frame. Without `url` it is a direct link. */
export async function launch({ chat, url, startParam }) {
  const { user, language, platform, version, scheme } = settings;
  const body = { user, language, chat, url, start_param: startParam, platform, version, theme: themes[scheme] };
  return (await post('launch', body)).url;
}
