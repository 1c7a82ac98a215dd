//! Trying a monitor before it is saved, and saying what was refused.

use leptos::{prelude::*, task::spawn_local};

use super::Problems;
use crate::{
    backend::{Backend, Servers as _},
    components::{Button, ButtonKind, StateMark, Toasts, use_toasts},
    fleet::monitor_form::Field,
    i18n::{Texts, use_texts},
    live::live,
    model::{
        Error,
        monitor::{Check, MonitorDraft, MonitorTest},
        server::State,
    },
    telegram::{Haptic, use_telegram},
};

/// Looks once with what is typed, and says what was seen.
#[component]
pub fn Try(
    /// Of the server.
    address: String,
    /// What is typed, if it can be read.
    take: Callback<(), Option<MonitorDraft>>,
    /// What is wrong.
    problems: Problems,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let backend = expect_context::<Backend>();
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Check>);
    let test = move |()| {
        let Some(monitor) = take.run(()) else { return };
        let servers = backend.servers();
        let test = MonitorTest { address: address.clone(), monitor };
        busy.set(true);
        outcome.set(None);
        spawn_local(async move {
            let answer = servers.test_monitor(test).await;
            let _ = busy.try_set(false);
            telegram.haptic(if answer.is_ok() { Haptic::Success } else { Haptic::Error });
            match answer {
                Ok(check) => drop(outcome.try_set(Some(check))),
                Err(error) => tell(t, &error, problems, toasts),
            }
        });
    };
    view! {
        <div class="try">
            <Button label=t.monitor_test() kind=ButtonKind::Tinted busy=busy on_press=test />
            <div class="try__outcome" role="status">
                {live(move || {
                    outcome
                        .get()
                        .map(|check| {
                            let text = said(t, &check);
                            view! {
                                <p class="try__said">
                                    <StateMark state=check.state />
                                    <span>{text}</span>
                                </p>
                                {check.note.map(|note| view! { <p class="try__note">{note}</p> }.into_any())}
                            }
                                .into_any()
                        })
                })}
            </div>
        </div>
    }
}

fn said(t: Texts, check: &Check) -> String {
    match (&check.reason, check.latency_ms) {
        (Some(reason), _) if check.state != State::Up => t.reason(reason),
        (_, Some(ms)) => t.monitor_test_good(&t.latency(ms)),
        _ => t.monitor_test_good_plain().to_owned(),
    }
}

/// Puts a refusal below the field it names, else into a message.
pub fn tell(t: Texts, error: &Error, problems: Problems, toasts: Toasts) {
    match error {
        Error::Invalid { field, .. } => match Field::named(field) {
            Some(field) => {
                let text = match field {
                    Field::Interval => t.monitor_invalid_interval().to_owned(),
                    Field::Timeout => t.monitor_invalid_timeout().to_owned(),
                    _ => t.error(error),
                };
                let _ = problems.try_set(vec![(field, text)]);
            }
            None => toasts.error(error),
        },
        _ => toasts.error(error),
    }
}
