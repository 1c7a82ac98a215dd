// The Mini App bridge as the client speaks it with a frame: JSON texts by postMessage, each with its least version.

/** Methods of the app and the Bot API version that brought them. */
const since = {
  iframe_ready: '6.0', iframe_will_reload: '6.0', web_app_ready: '6.0', web_app_expand: '6.0', web_app_close: '6.0', web_app_data_send: '6.0',
  web_app_open_link: '6.0', web_app_setup_main_button: '6.0', web_app_setup_closing_behavior: '6.0', web_app_request_theme: '6.0', web_app_request_viewport: '6.0',
  web_app_setup_back_button: '6.1', web_app_set_header_color: '6.1', web_app_set_background_color: '6.1', web_app_open_tg_link: '6.1',
  web_app_open_invoice: '6.1', web_app_trigger_haptic_feedback: '6.1', web_app_open_popup: '6.2', web_app_open_scan_qr_popup: '6.4',
  web_app_close_scan_qr_popup: '6.4', web_app_read_text_from_clipboard: '6.4', web_app_switch_inline_query: '6.7', web_app_invoke_custom_method: '6.9',
  web_app_request_write_access: '6.9', web_app_request_phone: '6.9', web_app_setup_settings_button: '6.10', web_app_biometry_get_info: '7.2',
  web_app_setup_swipe_behavior: '7.7', web_app_setup_secondary_button: '7.10', web_app_set_bottom_bar_color: '7.10', web_app_request_fullscreen: '8.0',
  web_app_exit_fullscreen: '8.0', web_app_request_safe_area: '8.0', web_app_request_content_safe_area: '8.0', web_app_add_to_home_screen: '8.0',
  web_app_check_home_screen: '8.0', web_app_request_file_download: '8.0', web_app_toggle_orientation_lock: '8.0', web_app_device_storage_save_key: '9.0',
  web_app_device_storage_get_key: '9.0', web_app_device_storage_clear: '9.0', web_app_secure_storage_save_key: '9.0', web_app_secure_storage_get_key: '9.0',
  web_app_hide_keyboard: '9.1',
};

/** Compares versions part by part: "7.10" is newer than "7.9". */
export function atLeast(version, least) {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  return a[0] !== b[0] ? a[0] > b[0] : (a[1] ?? 0) >= (b[1] ?? 0);
}

/** What was said lately, newest last; the panel shows it. */
export const log = [];
const watchers = new Set();

/** Calls back after each line of the log. */
export function onLog(watcher) {
  watchers.add(watcher);
}

function note(kind, type, data) {
  const text = data === undefined || data === null || data === '' ? '' : ` ${JSON.stringify(data)}`;
  log.push({ kind, text: `${type}${text}`.slice(0, 220) });
  if (log.length > 200) log.shift();
  for (const watcher of watchers) watcher();
}

/** A bridge to one frame. `handlers[eventType](eventData)`; those without a handler are only noted. */
export class Bridge {
  constructor(frame, version, handlers) {
    this.frame = frame;
    this.version = version;
    this.handlers = handlers;
    this.listener = (event) => this.receive(event);
    addEventListener('message', this.listener);
  }

  receive(event) {
    if (event.source !== this.frame.contentWindow || typeof event.data !== 'string') return;
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    const { eventType, eventData } = message ?? {};
    if (typeof eventType !== 'string') return;
    // A client that does not know a method does nothing.
    if (!atLeast(this.version, since[eventType] ?? '99')) return note('old', eventType, eventData);
    note('out', eventType, eventData);
    this.heard = true;
    this.handlers[eventType]?.(eventData || {});
  }

  /** Sends an event to the app. */
  send(eventType, eventData = null) {
    note('in', eventType, eventType === 'theme_changed' ? '…' : eventData);
    this.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), '*');
  }

  close() {
    removeEventListener('message', this.listener);
  }
}
