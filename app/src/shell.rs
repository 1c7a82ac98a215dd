//! The HTML document around the app. No script and no style of anybody else; the two small scripts here
//! carry the request's nonce.
//!
//! # What the server provides
//! For each page request, by context (`leptos_routes_with_context`), before [`shell`] is called:
//! * [`crate::start::Start`]: who is asking, language, time, addresses;
//! * [`crate::backend::Backend`]: the services made for this caller;
//! * [`leptos::nonce::Nonce`]: the value that the content security policy of this answer allows.
//!
//! [`shell`] itself takes the names of the files in a [`Document`].

use std::collections::BTreeMap;

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use leptos_router::location::RequestUrl;

use crate::{app::App, i18n::texts, pages::part::Part, start::Start};

/// Addresses of the files that the first HTML names, absolute paths with the hash of their content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The JavaScript that loads the module.
    pub script: String,
    /// The WebAssembly module.
    pub module: String,
    /// The modules of each [`Part`], by its name.
    pub parts: BTreeMap<String, Vec<String>>,
    /// The stylesheets.
    pub styles: Vec<String>,
    /// The icon.
    pub icon: Option<String>,
}

/// Before the first paint: the colours of the user's Telegram, from the fragment or, after a reload, from
/// what the session kept (`session::store`). Set through the style object, which the policy allows.
const COLOURS: &str = r#"(() => {
  try {
    const root = document.documentElement;
    const told = new URLSearchParams(location.hash.slice(1)).get('tgWebAppThemeParams')
      ?? JSON.parse(sessionStorage.getItem('vakhta.launch') ?? '{}').theme;
    if (!told) return;
    const theme = JSON.parse(told);
    for (const [name, value] of Object.entries(theme)) {
      if (/^[a-z_]+$/.test(name) && /^#[0-9a-f]{6}$/i.test(value)) {
        root.style.setProperty('--tg-theme-' + name.replaceAll('_', '-'), value);
      }
    }
    const ground = parseInt((theme.bg_color ?? '#ffffff').slice(1), 16);
    const light = 0.299 * (ground >> 16) + 0.587 * (ground >> 8 & 255) + 0.114 * (ground & 255);
    root.dataset.scheme = light < 118 ? 'dark' : 'light';
  } catch { /* The defaults are good colours, too. */ }
})();"#;

/// The whole document.
#[must_use]
pub fn shell(document: Document) -> impl IntoView {
    let start = use_context::<Start>().unwrap_or_else(Start::nothing);
    let t = texts(start.language);
    let nonce = use_nonce();
    let url = use_context::<RequestUrl>().and_then(|url| url.parse().ok());
    let parts = url.map_or(&[][..], |url| Part::at(url.path()));
    let mut modules = vec![document.module.clone()];
    for module in parts.iter().filter_map(|part| document.parts.get(part.name())).flatten() {
        // A part comes with the one it opens within.
        if !modules.contains(module) {
            modules.push(module.clone());
        }
    }
    // Loads the module; if that fails, or the module stops, there still is a way to reload. Where it stopped is told to the
    // server once, with the page's path without numbers: they may name a person.
    let boot = [
        "const stopped = document.getElementById('stopped');\
         stopped.querySelector('button').addEventListener('click', () => location.reload());\
         const trap = (error) => {\
           if (!(error instanceof WebAssembly.RuntimeError) || !stopped.hidden) return;\
           stopped.hidden = false;\
           const report = { message: error.stack.slice(0, 4000), page: location.pathname.replace(/\\d/g, '') };\
           navigator.sendBeacon('/api/v1/client-errors', new Blob([JSON.stringify(report)], { type: 'application/json' }));\
         };\
         addEventListener('error', (event) => trap(event.error));\
         addEventListener('unhandledrejection', (event) => trap(event.reason));\
         try { const app = await import(",
        &quoted(&document.script),
        "); await app.default({ module_or_path: ",
        &quoted(&document.module),
        " }); await app.hydrate(); } catch (error) { trap(error); if (stopped.hidden) { \
         stopped.querySelector('p').textContent = stopped.dataset.startFailed; stopped.hidden = false; } throw error; }",
    ]
    .concat();
    view! {
        <!DOCTYPE html>
        <html lang=start.language.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="format-detection" content="telephone=no" />
                <script nonce=nonce.clone()>{COLOURS}</script>
                {document
                    .styles
                    .iter()
                    .map(|style| view! { <link rel="stylesheet" href=style.clone() /> }.into_any())
                    .collect_view()}
                <link rel="modulepreload" href=document.script.clone() />
                {modules
                    .into_iter()
                    .map(|module| {
                        view! {
                            <link
                                rel="preload"
                                href=module
                                r#as="fetch"
                                r#type="application/wasm"
                                crossorigin="anonymous"
                            />
                        }
                            .into_any()
                    })
                    .collect_view()}
                {document.icon.map(|icon| view! { <link rel="icon" href=icon /> }.into_any())}
                <MetaTags />
            </head>
            <body>
                <App />
                {start.user.is_none().then(|| view! { <noscript><p class="noscript">{t.session_no_scripts()}</p></noscript> }.into_any())}
                <div class="stopped" id="stopped" role="alert" data-start-failed=t.error_start_failed() hidden>
                    <p class="stopped__text">{t.error_panic()}</p>
                    <button type="button" class="button button--filled">
                        <span class="button__label">{t.common_reload()}</span>
                    </button>
                </div>
                <script type="module" nonce=nonce>
                    {boot}
                </script>
            </body>
        </html>
    }
}

/// A text of a script. File names hold nothing that could end it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('<', "\\u003c")
}
