//! How servers are watched: whom we ask about our own line, and which networks may be checked.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Servers as _},
    components::{MainAction, Page, Section, SkeletonRows, TextArea, use_toasts},
    i18n::use_texts,
    live::live_text,
    model::{Error, settings::MonitoringSettings},
    pages::Fetched,
    telegram::guard_unsaved,
};

/// The settings of watching.
#[component]
pub fn FleetSettings() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let known = Fetched::new(move || {
        let servers = backend.servers();
        async move { servers.settings().await }
    });
    view! {
        <Page title=t.fleet_settings()>
            {known.view(
                || view! { <SkeletonRows rows=3 plain=true /> }.into_any(),
                |settings| view! { <Form settings=settings /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Form(settings: MonitoringSettings) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let servers = expect_context::<Backend>().servers();
    let line = RwSignal::new(settings.line_addresses.join("\n"));
    let networks = RwSignal::new(settings.allowed_networks.join("\n"));
    let seen = RwSignal::new(settings);
    let failure = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let typed =
        move || MonitoringSettings { line_addresses: lines(&line.get()), allowed_networks: lines(&networks.get()) };
    let changed = Memo::new(move |_| typed() != seen.get());
    guard_unsaved(changed.into());
    let save = move |()| {
        let servers = servers.clone();
        let wanted = untrack(typed);
        failure.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = servers.change_settings(wanted).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(settings) => {
                    drop(seen.try_set(settings));
                    toasts.show(t.fleet_saved());
                }
                Err(error) => {
                    let text = match &error {
                        Error::Invalid { field, .. } => [field.as_str(), ": ", &t.error(&error)].concat(),
                        _ => t.error(&error),
                    };
                    drop(failure.try_set(Some(text)));
                }
            }
        });
    };
    view! {
        <Section footer=t.fleet_settings_line_text()>
            <TextArea label=t.fleet_settings_line() value=line name="line_addresses" hint=t.fleet_settings_line_hint() />
        </Section>
        <Section footer=t.fleet_settings_networks_text()>
            <TextArea
                label=t.fleet_settings_networks()
                value=networks
                name="allowed_networks"
                hint=t.fleet_settings_networks_hint()
            />
        </Section>
        <p class="field__note field__note--bad" role="alert">
            {live_text(move || failure.get().unwrap_or_default())}
        </p>
        <MainAction label=t.fleet_save() on_press=save busy=busy disabled=Signal::derive(move || !changed.get()) />
    }
}

fn lines(text: &str) -> Vec<String> {
    text.split(['\n', ',']).map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}
