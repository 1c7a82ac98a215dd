// Colour schemes: what the Mini App is told, and how the client itself looks in them.

/** `themeParams` per scheme. */
export const themes = {
  light: {
    accent_text_color: '#007aff', bg_color: '#ffffff', bottom_bar_bg_color: '#f2f2f2', button_color: '#007aff', button_text_color: '#ffffff',
    destructive_text_color: '#ff3b30', header_bg_color: '#f8f8f8', hint_color: '#8e8e93', link_color: '#007aff', secondary_bg_color: '#efeff4',
    section_bg_color: '#ffffff', section_header_text_color: '#6d6d72', section_separator_color: '#c8c7cc', subtitle_text_color: '#8e8e93', text_color: '#000000',
  },
  dark: {
    accent_text_color: '#3e88f7', bg_color: '#000000', bottom_bar_bg_color: '#1d1d1d', button_color: '#3e88f7', button_text_color: '#ffffff',
    destructive_text_color: '#eb5545', header_bg_color: '#1a1a1a', hint_color: '#98989e', link_color: '#3e88f7', secondary_bg_color: '#1c1c1d',
    section_bg_color: '#2c2c2e', section_header_text_color: '#8d8e93', section_separator_color: '#545458', subtitle_text_color: '#98989e', text_color: '#ffffff',
  },
  custom: {
    accent_text_color: '#ff006e', bg_color: '#ffe45e', bottom_bar_bg_color: '#ffd21f', button_color: '#ff006e', button_text_color: '#fff3b0',
    destructive_text_color: '#d00000', header_bg_color: '#ff9e00', hint_color: '#9b4f7a', link_color: '#c9184a', secondary_bg_color: '#ffb627',
    section_bg_color: '#ffe45e', section_header_text_color: '#7b2cbf', section_separator_color: '#f4a300', subtitle_text_color: '#7b2cbf', text_color: '#3b0a45',
  },
};

/** What only the client itself uses. */
const own = {
  light: { '--raised': '#fff', '--bubble': '#fff', '--bubble-out': '#e1ffc7', '--bubble-out-time': '#4d9a47', '--wall-a': '#dbddbb', '--wall-b': '#6ba587', '--wall-c': '#d5d88d', '--chip': 'rgb(63 104 66 / .52)' },
  dark: { '--raised': '#2c2c2e', '--bubble': '#1e1f22', '--bubble-out': '#313c9e', '--bubble-out-text': '#fff', '--bubble-out-link': '#bcd6ff', '--bubble-out-time': '#b6bdf0', '--wall-a': '#0d1013', '--wall-b': '#1b1a33', '--wall-c': '#0f171c', '--chip': 'rgb(48 50 58 / .82)' },
  custom: { '--raised': '#ffe45e', '--bubble': '#fff3b0', '--bubble-out': '#ff8fab', '--bubble-out-time': '#7b1e46', '--wall-a': '#ff9e00', '--wall-b': '#ff5d8f', '--wall-c': '#ffe45e', '--chip': 'rgb(123 44 191 / .75)' },
};

const names = {
  '--bg': 'bg_color', '--text': 'text_color', '--hint': 'hint_color', '--link': 'link_color', '--button': 'button_color', '--button-text': 'button_text_color',
  '--plain': 'secondary_bg_color', '--header': 'header_bg_color', '--line': 'section_separator_color', '--danger': 'destructive_text_color',
};

/** Whether white or black text is read better on a colour. */
export function textOn(colour) {
  const parts = colour.match(/[0-9a-f]{2}/gi)?.map((part) => parseInt(part, 16)) ?? [0, 0, 0];
  return parts[0] * 299 + parts[1] * 587 + parts[2] * 114 > 140_000 ? '#000000' : '#ffffff';
}

/** Paints the client. */
export function applyTheme(scheme) {
  const root = document.documentElement;
  for (const [variable, parameter] of Object.entries(names)) root.style.setProperty(variable, themes[scheme][parameter]);
  for (const variable of Object.keys({ ...own.light, ...own.dark })) root.style.removeProperty(variable);
  for (const [variable, value] of Object.entries(own[scheme])) root.style.setProperty(variable, value);
  root.dataset.tone = scheme === 'dark' ? 'dark' : 'light';
}
