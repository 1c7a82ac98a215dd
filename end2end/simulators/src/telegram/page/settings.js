// What was chosen beside the phone; kept in this browser, and the address may set any of it: ?user=700100&scheme=dark

const defaults = { user: 700100, language: navigator.language.startsWith('ru') ? 'ru' : 'en', scheme: 'light', platform: 'weba', version: '9.1' };
const allowed = { language: ['ru', 'en'], scheme: ['light', 'dark', 'custom'] };
const key = 'simulator-settings';

function load() {
  const chosen = { ...defaults };
  if (matchMedia('(prefers-color-scheme: dark)').matches) chosen.scheme = 'dark';
  try {
    Object.assign(chosen, JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    localStorage.removeItem(key);
  }
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name in defaults && (allowed[name]?.includes(value) ?? true)) chosen[name] = name === 'user' ? Number(value) : value;
  }
  return chosen;
}

/** The choices now. */
export const settings = load();

const listeners = new Set();

/** Calls back with the names of the choices that changed. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Changes choices. */
export function choose(changes) {
  const changed = Object.keys(changes).filter((name) => settings[name] !== changes[name]);
  if (!changed.length) return;
  Object.assign(settings, changes);
  localStorage.setItem(key, JSON.stringify(settings));
  for (const listener of listeners) listener(changed);
}
