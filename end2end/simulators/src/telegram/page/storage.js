// Telegram's cloud storage for a Mini App, here in this browser: one drawer per user.
import { settings } from './settings.js';

const drawer = () => `cloud-${settings.user}`;
const read = () => JSON.parse(localStorage.getItem(drawer()) ?? '{}');
const write = (all) => localStorage.setItem(drawer(), JSON.stringify(all));

const methods = {
  saveStorageValue({ key, value }) {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(key ?? '')) throw 'KEY_INVALID';
    if ((value ?? '').length > 4096) throw 'VALUE_INVALID';
    const all = { ...read(), [key]: value };
    if (Object.keys(all).length > 1024) throw 'QUOTA_EXCEEDED';
    write(all);
    return true;
  },
  getStorageValues: ({ keys = [] }) => Object.fromEntries(keys.map((key) => [key, read()[key] ?? ''])),
  getStorageKeys: () => Object.keys(read()),
  deleteStorageValues({ keys = [] }) {
    write(Object.fromEntries(Object.entries(read()).filter(([key]) => !keys.includes(key))));
    return true;
  },
};

/** Carries out a custom method; gives the event's data. */
export function storage({ req_id, method, params = {} }) {
  try {
    if (!methods[method]) throw 'METHOD_INVALID';
    return { req_id, result: methods[method](params) };
  } catch (error) {
    return { req_id, error: String(error) };
  }
}
