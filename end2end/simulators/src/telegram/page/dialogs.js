// Dialogues, menus and passing lines inside the phone.
import { h } from './dom.js';
import { t } from './text.js';

const overlay = () => document.getElementById('overlay');

/** A dialogue with buttons; gives the id of the pressed one, `undefined` when it was dismissed. */
export function dialog({ title = '', message, buttons }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const close = (id) => {
      back.remove();
      before?.focus?.();
      resolve(id);
    };
    const choices = buttons.map(({ id, text, style = '' }) => h('button', { class: style, onclick: () => close(id) }, text));
    const back = h(
      'div.dialog-back',
      { onclick: (event) => event.target === back && close(undefined), onkeydown: (event) => event.key === 'Escape' && close(undefined) },
      h('div.dialog', { role: 'alertdialog', 'aria-label': title || message }, h('h2', {}, title), h('p', {}, message), h('div.choices', { class: buttons.length > 2 ? 'many' : '' }, choices)),
    );
    overlay().append(back);
    choices.at(-1)?.focus({ preventScroll: true });
  });
}

/** Asks; true if the second button was pressed. */
export async function confirm(title, message, yes, destructive = false) {
  const buttons = [{ id: 'no', text: t('cancel') }, { id: 'yes', text: yes, style: destructive ? 'strong destructive' : 'strong' }];
  return (await dialog({ title, message, buttons })) === 'yes';
}

/** A line that passes. */
export function toast(text) {
  document.querySelector('.toast')?.remove();
  const line = h('div.toast', { role: 'status' }, text);
  overlay().append(line);
  setTimeout(() => line.remove(), 3500);
}

/** A menu under the three dots. */
export function menu(items) {
  document.querySelector('.action-menu')?.remove();
  const close = () => {
    box.remove();
    document.removeEventListener('pointerdown', outside, true);
  };
  const outside = (event) => !box.contains(event.target) && close();
  const entry = ([text, act]) => h('button', { role: 'menuitem', onclick: () => (close(), act()) }, text);
  const box = h('div.action-menu', { role: 'menu', onkeydown: (event) => event.key === 'Escape' && close() }, items.map(entry));
  overlay().append(box);
  box.firstElementChild.focus();
  document.addEventListener('pointerdown', outside, true);
}

/** Shows that the phone would vibrate. */
export function haptic(text, hard) {
  const phone = document.getElementById('phone');
  phone.classList.remove('buzz', 'buzz-hard');
  void phone.offsetWidth;
  phone.classList.add(hard ? 'buzz-hard' : 'buzz');
  document.querySelector('.ripple')?.remove();
  const ripple = h('div.ripple', { 'aria-hidden': 'true' }, `〰 ${text}`);
  overlay().append(ripple);
  setTimeout(() => ripple.remove(), 1100);
}
