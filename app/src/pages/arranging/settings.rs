//! How tickets are dealt with here, for administrators: the way back, names of states, what people see who have no login of
//! their own in OTRS, and the way to ready replies and to who mails replies.

use leptos::{prelude::*, task::spawn_local};

use super::fields::AskedFields;
use crate::{
    backend::{Backend, OtrsLinks as _},
    components::{
        Button, ButtonKind, ButtonSize, Icon, MainAction, Page, Row, RowText, Section, Segmented, SkeletonRows,
        TextField, use_toasts,
    },
    i18n::use_texts,
    live::live,
    model::{
        otrs_link::{RoleQueue, TicketSettings},
        user::Role,
    },
    pages::{
        Fetched,
        composing::{mailing_name, select},
        settings::role_name,
        tickets::desk::Desk,
    },
    telegram::{Haptic, use_telegram},
};

/// The page.
#[component]
pub fn TicketSettingsPage() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let known = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.otrs_links().settings().await }
    });
    view! {
        <Page title=t.tickets_settings()>
            {known.view(
                || view! { <SkeletonRows rows=6 plain=true /> }.into_any(),
                |settings| view! { <Form settings=settings /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Form(settings: TicketSettings) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let backend = StoredValue::new(expect_context::<Backend>());
    let busy = RwSignal::new(false);
    let text = |text: &str| RwSignal::new(text.to_owned());
    let undo = text(&settings.undo_delay_s.to_string());
    let soon = text(&settings.escalation_minutes.to_string());
    let mailing = settings.mailing;
    let names = [
        (t.tickets_set_close(), "close", text(&settings.close_state)),
        (t.tickets_set_reject(), "reject", text(&settings.reject_state)),
        (t.tickets_set_open(), "open", text(&settings.open_state)),
        (t.tickets_set_pending(), "pending", text(&settings.pending_state)),
        (t.tickets_set_new(), "new", text(&settings.new_state)),
        (t.tickets_set_priority(), "priority", text(&settings.priority)),
        (t.tickets_set_key_field(), "key", text(&settings.key_field)),
        (t.mailing_hook(), "hook", text(&settings.ticket_hook)),
    ];
    let queues = RwSignal::new(settings.role_queues.clone());
    let fields = RwSignal::new(settings.fields.clone());
    let save = move |()| {
        let [close, reject, open, pending, new, priority, key, hook] =
            names.map(|(_, _, value)| value.get_untracked().trim().to_owned());
        let number =
            |value: RwSignal<String>, otherwise: u32| value.get_untracked().trim().parse().unwrap_or(otherwise);
        let changed = TicketSettings {
            undo_delay_s: number(undo, settings.undo_delay_s),
            escalation_minutes: number(soon, settings.escalation_minutes),
            mailing,
            ticket_hook: hook,
            close_state: close,
            reject_state: reject,
            open_state: open,
            pending_state: pending,
            new_state: new,
            priority,
            key_field: key,
            role_queues: queues.get_untracked(),
            fields: fields.get_untracked(),
        };
        let backend = backend.get_value();
        busy.set(true);
        spawn_local(async move {
            match backend.otrs_links().change_settings(changed).await {
                Ok(_) => {
                    telegram.haptic(Haptic::Success);
                    toasts.show(t.edit_saved());
                }
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    toasts.error(&error);
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let texts = names.map(|(label, name, value)| {
        view! { <TextField label=label value=value name=["set-", name].concat() /> }.into_any()
    });
    view! {
        <Section footer=t.tickets_set_undo_hint()>
            <TextField label=t.tickets_set_undo() value=undo name="set-undo" input_mode="numeric" />
            <TextField label=t.tickets_set_soon() value=soon name="set-soon" input_mode="numeric" />
        </Section>
        <Section>
            <Row href="/tickets/replies" leads=true>
                <RowText title=t.replies_title() />
            </Row>
            <Row href="/tickets/mailing" leads=true>
                <RowText title=t.mailing_title() subtitle=mailing_name(t, mailing) />
            </Row>
        </Section>
        <Section header=t.tickets_set_names() footer=t.tickets_set_names_hint()>{texts.into_iter().collect_view()}</Section>
        <RoleQueues queues=queues />
        <AskedFields fields=fields />
        <MainAction label=t.edit_save() busy=busy on_press=save />
    }
}

/// What people see who have no login of their own.
#[component]
fn RoleQueues(queues: RwSignal<Vec<RoleQueue>>) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let queue = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Operator);
    let options = move || desk.shelf.with(|shelf| shelf.choices.queues.clone());
    let add = move |()| {
        let queue = queue.get_untracked();
        if !queue.is_empty() {
            let role = role.get_untracked();
            queues.update(|queues| {
                queues.retain(|known| known.queue != queue);
                queues.push(RoleQueue { role, queue });
            });
        }
    };
    view! {
        <Section header=t.tickets_set_queues() footer=t.tickets_set_queues_hint()>
            {live(move || {
                let rows = queues.get().into_iter().enumerate().map(|(at, known)| {
                    view! {
                        <div class="row">
                            <span class="row__main">
                                <span class="row__title">{known.queue}</span>
                                <span class="row__subtitle">{role_name(t, known.role)}</span>
                            </span>
                            <Button
                                label=t.tickets_file_remove()
                                kind=ButtonKind::Plain
                                size=ButtonSize::Small
                                icon=Icon::Close
                                icon_only=true
                                on_press=move |()| queues.update(|queues| drop(queues.remove(at)))
                            />
                        </div>
                    }
                    .into_any()
                });
                rows.collect_view()
            })}
            {select(t.tickets_queue(), "role-queue", queue, options)}
            <div class="section__inset">
                <Segmented
                    label=t.tickets_set_role()
                    name="role"
                    options=[Role::Operator, Role::Admin].map(|role| (role, role_name(t, role).to_owned())).to_vec()
                    chosen=role
                    on_choose=move |chosen| role.set(chosen)
                />
            </div>
            <div class="section__inset">
                <Button label=t.tickets_set_add() kind=ButtonKind::Tinted size=ButtonSize::Small on_press=add />
            </div>
        </Section>
    }
}
