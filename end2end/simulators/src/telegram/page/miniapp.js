// The Mini App in its sheet: frame, header, bottom buttons, and what the app may ask of the client.
import * as api from './api.js';
import { atLeast, Bridge } from './bridge.js';
import { confirm, dialog, haptic, menu, toast } from './dialogs.js';
import { avatar, fill, h, icon } from './dom.js';
import { settings } from './settings.js';
import { storage } from './storage.js';
import { t } from './text.js';
import { textOn, themes } from './themes.js';

/** Exactly what Telegram's web client grants. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-forms allow-modals';
/** After so long without a word from the app something is wrong, ms. */
const PATIENCE = 8000;
const PERMISSIONS = 'camera; microphone; geolocation;';

let current = null;

/** The app that is open, if any. */
export const openedApp = () => current;

/** Opens the app. `client` lets it act in the client: `openUrl`, `openChat`, `botName`. */
export async function openApp(launch, client) {
  current?.remove();
  let url;
  try {
    url = await api.launch(launch);
  } catch {
    return toast(t('noApp'));
  }
  current = new MiniApp(url, client);
}

class MiniApp {
  constructor(url, client) {
    this.client = client;
    this.phone = document.getElementById('phone');
    this.confirmClosing = false;
    this.hasSettings = false;
    this.hasBack = false;
    this.buttons = { main: {}, secondary: {} };
    this.colours = { header: 'bg_color', background: 'bg_color', bottom: 'bottom_bar_bg_color' };
    this.draw(url);
    this.bridge = new Bridge(this.iframe, settings.version, this.handlers());
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(this.iframe);
    this.waiting = setTimeout(() => this.bridge.heard || this.tellSilence(), PATIENCE);
    this.paint();
  }

  draw(url) {
    this.iframe = h('iframe', { src: url, title: this.client.botName, sandbox: SANDBOX, allow: PERMISSIONS });
    this.frame = h('div.frame', {}, this.iframe, h('div.loading', {}, avatar(5, '', { mark: 'watch' })));
    this.iframe.addEventListener('load', () => this.frame.classList.add('ready'));
    this.closeButton = h('button.close', { onclick: () => (this.hasBack ? this.bridge.send('back_button_pressed') : this.leave()) });
    this.main = h('button.main-button', { hidden: true, onclick: () => this.bridge.send('main_button_pressed') });
    this.secondary = h('button.main-button', { hidden: true, onclick: () => this.bridge.send('secondary_button_pressed') });
    this.bottom = h('div.buttons', {}, this.secondary, this.main);
    this.header = h(
      'header',
      {},
      this.closeButton,
      h('div.name', {}, this.client.botName, h('small', {}, t('miniApp'))),
      h('button.more', { 'aria-label': t('more'), onclick: () => this.openMenu() }, icon('more')),
    );
    this.sheet = h('section.sheet', { 'aria-label': this.client.botName }, this.header, this.frame, this.bottom);
    this.root = h('div', {}, h('div.sheet-back'), this.sheet);
    document.getElementById('overlay').append(this.root);
    this.phone.classList.add('app-open');
    this.drawBack();
  }

  drawBack() {
    fill(this.closeButton, this.hasBack ? icon('back') : null, t(this.hasBack ? 'back' : 'close'));
  }

  openMenu() {
    const items = [[t('openChat'), () => (this.remove(), this.client.openChat())], [t('reload'), () => this.reload()]];
    if (this.hasSettings) items.unshift([t('appSettings'), () => this.bridge.send('settings_button_pressed')]);
    menu(items);
  }

  reload() {
    // An app that said it can, reloads itself; otherwise the frame is loaded anew.
    if (this.reloads) this.bridge.send('reload_iframe');
    else this.iframe.setAttribute('src', this.iframe.getAttribute('src'));
  }

  tellSilence() {
    const again = () => {
      box.remove();
      this.waiting = setTimeout(() => this.bridge.heard || this.tellSilence(), PATIENCE);
      this.reload();
    };
    const box = h('div.silent', {}, h('b', {}, t('silentTitle')), t('silentText'), h('button', { onclick: again }, t('again')));
    this.frame.append(box);
  }

  async leave() {
    if (this.confirmClosing && !(await confirm(t('closeTitle'), t('closeSure'), t('closeAnyway'), true))) return;
    this.remove();
  }

  remove() {
    this.bridge.close();
    clearTimeout(this.waiting);
    clearTimeout(this.resting);
    this.resized.disconnect();
    this.sheet.classList.add('leaving');
    setTimeout(() => this.root.remove(), 200);
    this.phone.classList.remove('app-open', 'app-fullscreen');
    if (current === this) current = null;
  }

  /** Colours of the sheet from the theme, or as the app set them. */
  paint() {
    const theme = themes[settings.scheme];
    const colour = (name) => theme[this.colours[name]] ?? this.colours[name];
    const values = { bg: colour('background'), header: colour('header'), bottom: colour('bottom'), accent: theme.accent_text_color, 'header-text': textOn(colour('header')) };
    for (const [name, value] of Object.entries(values)) this.phone.style.setProperty(`--app-${name}`, value);
    for (const [name, element] of [['main', this.main], ['secondary', this.secondary]]) this.drawButton(name, element);
  }

  drawButton(name, element) {
    const theme = themes[settings.scheme];
    const button = this.buttons[name];
    element.hidden = !(button.is_visible && button.text?.trim());
    element.disabled = button.is_active === false;
    element.classList.toggle('shine', Boolean(button.has_shine_effect));
    element.style.background = button.color ?? (name === 'main' ? theme.button_color : theme.bottom_bar_bg_color);
    element.style.color = button.text_color ?? (name === 'main' ? theme.button_text_color : theme.button_color);
    fill(element, button.is_progress_visible ? h('span.spinner') : (button.text ?? ''));
    const position = this.buttons.secondary.position ?? 'left';
    this.bottom.classList.toggle('stacked', position === 'top' || position === 'bottom');
    this.secondary.style.order = position === 'right' || position === 'bottom' ? 1 : 0;
  }

  sendTheme() {
    this.paint();
    this.bridge.send('theme_changed', { theme_params: themes[settings.scheme] });
  }

  /** While the size moves it is told as unstable, and as stable when it rests. */
  resize() {
    if (this.resting) this.sendViewport(false);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = null;
      this.sendViewport(true);
    }, 150);
  }

  sendViewport(stable) {
    const { offsetWidth: width, offsetHeight: height } = this.iframe;
    this.bridge.send('viewport_changed', { width, height, is_expanded: true, is_state_stable: stable });
  }

  sendSafeAreas() {
    const full = this.sheet.classList.contains('fullscreen');
    const style = getComputedStyle(this.phone);
    const side = { left: 0, right: 0 };
    this.bridge.send('safe_area_changed', { top: full ? parseInt(style.getPropertyValue('--top')) || 0 : 0, bottom: 0, ...side });
    this.bridge.send('content_safe_area_changed', { top: full ? 46 : 0, bottom: 0, ...side });
  }

  setFullscreen(full) {
    if (this.sheet.classList.contains('fullscreen') === full) {
      if (full) this.bridge.send('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' });
      return;
    }
    this.sheet.classList.toggle('fullscreen', full);
    this.phone.classList.toggle('app-fullscreen', full);
    this.bridge.send('fullscreen_changed', { is_fullscreen: full });
    this.sendSafeAreas();
  }

  async popup({ title, message, buttons = [] }) {
    const busy = this.popupOpen || !message?.trim() || !buttons.length || buttons.length > 3;
    if (busy) return this.bridge.send('popup_closed', {});
    this.popupOpen = true;
    const word = { ok: t('ok'), close: t('close'), cancel: t('cancel') };
    const shown = buttons.map(({ id, type, text }) => ({ id, text: text || word[type] || t('ok'), style: type === 'destructive' ? 'destructive' : type === 'cancel' ? '' : 'strong' }));
    const id = await dialog({ title, message, buttons: shown });
    this.popupOpen = false;
    this.bridge.send('popup_closed', id === undefined ? {} : { button_id: id });
  }

  async download({ url, file_name: name }) {
    const yes = await confirm(t('download'), name ?? url, t('downloadYes'));
    this.bridge.send('file_download_requested', { status: yes ? 'downloading' : 'cancelled' });
    if (yes) h('a', { href: url, download: name ?? '', target: '_blank', rel: 'noreferrer' }).click();
  }

  async writeAccess() {
    const yes = await confirm('', t('writeAccess', { name: this.client.botName }), t('allow'));
    if (yes) await api.allowWriting();
    this.bridge.send('write_access_requested', { status: yes ? 'allowed' : 'cancelled' });
  }

  handlers() {
    const send = (...event) => this.bridge.send(...event);
    const setColour = (place) => ({ color_key: key, color }) => {
      this.colours[place] = color ?? key ?? 'bg_color';
      this.paint();
    };
    const setButton = (name, element) => (data) => {
      Object.assign(this.buttons[name], data);
      this.drawButton(name, element);
    };
    return {
      iframe_ready: ({ reload_supported: can }) => (this.reloads = Boolean(can)),
      web_app_ready: () => this.frame.classList.add('ready'),
      web_app_close: () => this.remove(),
      web_app_request_theme: () => this.sendTheme(),
      web_app_request_viewport: () => this.sendViewport(true),
      web_app_request_safe_area: () => this.sendSafeAreas(),
      web_app_request_content_safe_area: () => this.sendSafeAreas(),
      web_app_setup_back_button: ({ is_visible: visible }) => {
        this.hasBack = Boolean(visible);
        this.drawBack();
      },
      web_app_setup_settings_button: ({ is_visible: visible }) => (this.hasSettings = Boolean(visible)),
      web_app_setup_closing_behavior: ({ need_confirmation: need }) => (this.confirmClosing = Boolean(need)),
      web_app_setup_main_button: setButton('main', this.main),
      web_app_setup_secondary_button: setButton('secondary', this.secondary),
      web_app_set_header_color: setColour('header'),
      web_app_set_background_color: setColour('background'),
      web_app_set_bottom_bar_color: setColour('bottom'),
      web_app_open_popup: (data) => this.popup(data),
      web_app_open_link: ({ url }) => this.client.openExternal(url),
      web_app_open_tg_link: ({ path_full: path }) => {
        // Since 7.0 the app stays open behind what the link shows.
        if (!atLeast(settings.version, '7.0')) this.remove();
        this.client.openUrl(`https://t.me${path}`);
      },
      web_app_trigger_haptic_feedback: ({ type, impact_style: impact, notification_type: kind }) => haptic([type, impact ?? kind].filter(Boolean).join(' '), kind === 'error' || impact === 'heavy'),
      web_app_request_file_download: (data) => this.download(data),
      web_app_request_write_access: () => this.writeAccess(),
      web_app_request_phone: async () => {
        await confirm('', t('phone', { name: this.client.botName }), t('allow'));
        send('phone_requested', { status: 'cancelled' });
      },
      web_app_request_fullscreen: () => this.setFullscreen(true),
      web_app_exit_fullscreen: () => this.setFullscreen(false),
      web_app_read_text_from_clipboard: ({ req_id: id }) => send('clipboard_text_received', { req_id: id, data: null }),
      web_app_open_scan_qr_popup: () => (toast(t('unsupported', { name: 'QR' })), send('scan_qr_popup_closed')),
      web_app_check_home_screen: () => send('home_screen_checked', { status: 'unsupported' }),
      web_app_biometry_get_info: () => send('biometry_info_received', { available: false }),
      web_app_invoke_custom_method: (data) => send('custom_method_invoked', storage(data)),
      web_app_device_storage_save_key: ({ req_id: id }) => send('device_storage_failed', { req_id: id, error: 'UNSUPPORTED' }),
      web_app_device_storage_get_key: ({ req_id: id }) => send('device_storage_failed', { req_id: id, error: 'UNSUPPORTED' }),
      web_app_secure_storage_save_key: ({ req_id: id }) => send('secure_storage_failed', { req_id: id, error: 'UNSUPPORTED' }),
      web_app_secure_storage_get_key: ({ req_id: id }) => send('secure_storage_failed', { req_id: id, error: 'UNSUPPORTED' }),
    };
  }
}
