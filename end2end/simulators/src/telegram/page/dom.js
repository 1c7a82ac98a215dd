// Small helpers for making elements; nothing here knows what a chat is.

/** Makes an element: `h('button.nav', { onclick }, 'text', child)`. */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'html') element.innerHTML = value;
    else if (key === 'class') element.className += ` ${value}`;
    else if (key in element && typeof value === 'boolean') element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An icon from trusted markup in this file. */
export function icon(name, attributes = {}) {
  const template = document.createElement('template');
  template.innerHTML = icons[name];
  const svg = template.content.firstElementChild;
  svg.setAttribute('aria-hidden', 'true');
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  return svg;
}

const icons = {
  back: '<svg viewBox="0 0 12 21" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"><path d="M10 2 2 10.5 10 19"/></svg>',
  send: '<svg viewBox="0 0 24 24"><path d="M12 20V5M5 11.5 12 4.5l7 7"/></svg>',
  menu: '<svg viewBox="0 0 24 24"><path d="M4 7h16M4 12h16M4 17h16"/></svg>',
  app: '<svg viewBox="0 0 24 24"><rect x="4" y="5" width="16" height="14" rx="3"/><path d="M4 10h16"/></svg>',
  more: '<svg viewBox="0 0 24 24"><circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="19" cy="12" r="2"/></svg>',
  arrow: '<svg viewBox="0 0 12 12"><path d="M3 9 9 3M4 3h5v5"/></svg>',
  window: '<svg viewBox="0 0 12 12"><rect x="1.5" y="2" width="9" height="8" rx="2"/><path d="M1.5 5h9"/></svg>',
  ticks: '<svg viewBox="0 0 16 10"><path d="m1 5 3 4 6-8M7 9l6-8"/></svg>',
  watch: '<svg viewBox="0 0 24 24"><path d="M12 3 5 6v5.5c0 4.3 2.9 7.6 7 9.5 4.1-1.9 7-5.2 7-9.5V6z"/><path d="m9 12 2.2 2.2L15.2 10"/></svg>',
  people: '<svg viewBox="0 0 24 24"><circle cx="9" cy="9" r="3.2"/><path d="M3.5 19c.6-3.5 2.7-5.2 5.5-5.2s4.9 1.7 5.5 5.2M15.5 6.2a3 3 0 0 1 0 5.6M17 14.2c2 .6 3.2 2.2 3.6 4.8"/></svg>',
  hash: '<svg viewBox="0 0 24 24"><path d="M9 4 7 20M17 4l-2 16M4 9h16M4 15h16"/></svg>',
  bell: '<svg viewBox="0 0 24 24"><path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0"/></svg>',
  book: '<svg viewBox="0 0 24 24"><path d="M5 5.5A2.5 2.5 0 0 1 7.5 3H19v18H7.5A2.5 2.5 0 0 1 5 18.5zM5 18.5A2.5 2.5 0 0 1 7.5 16H19"/></svg>',
  signal: '<svg viewBox="0 0 18 12"><rect x="0" y="8" width="3" height="4" rx="1"/><rect x="5" y="5.5" width="3" height="6.5" rx="1"/><rect x="10" y="3" width="3" height="9" rx="1"/><rect x="15" y="0" width="3" height="12" rx="1"/></svg>',
  battery: '<svg viewBox="0 0 27 12"><rect x=".5" y=".5" width="22" height="11" rx="3.5" fill="none" stroke="currentColor" opacity=".5"/><rect x="2" y="2" width="19" height="8" rx="2.2"/><path d="M24.5 4v4c1-.3 1.7-1.1 1.7-2s-.7-1.7-1.7-2z" opacity=".5"/></svg>',
};

const shades = [['#ff885e', '#ff516a'], ['#ffcd6a', '#ffa85c'], ['#82b1ff', '#665fff'], ['#a0de7e', '#54cb68'], ['#53edd6', '#28c9b7'], ['#72d5fd', '#2a9ef1'], ['#e0a2f3', '#d669ed']];

/** A number of a colour: the same person has the same everywhere. */
const spread = (id) => Math.floor(Math.abs(id) / (Math.abs(id) > 1000 ? 100 : 1)) % 7;

/** A round picture with initials, or with an icon. */
export function avatar(id, label, { size, mark, topic } = {}) {
  const [from, to] = shades[spread(id)];
  const style = `--from:${from};--to:${to};${size ? `--size:${size}px` : ''}`;
  const initials = label.split(' ').filter(Boolean).slice(0, 2).map((word) => word[0]).join('').toUpperCase();
  return h('div.avatar', { style, class: topic ? 'topic' : '', 'aria-hidden': 'true' }, mark ? icon(mark) : initials);
}

/** The colour of a person's name in groups. */
export function shade(id) {
  return ['#c03d33', '#b07318', '#665fd6', '#2f8a3c', '#0f8577', '#1f78c1', '#a63fc0'][spread(id)];
}

/** Hours and minutes. */
export function clock(seconds, language) {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(seconds * 1000);
}

/** A day as a chat names it. */
export function day(seconds, language) {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(seconds * 1000);
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
