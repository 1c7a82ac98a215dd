//! Who mails replies, and the check whether this OTRS does: it says what it did and saw, and asks.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Mailings as _, OtrsLinks as _},
    components::{
        Button, ButtonKind, ButtonSize, ErrorNotice, Icon, Page, Row, RowText, Section, SkeletonRows, TextField,
        use_clock, use_toasts,
    },
    format,
    i18n::{Texts, use_texts},
    live::live,
    model::{
        Error, Result,
        mailing::{MailCheck, MailCheckRequest, Mailing, MailingReport},
        otrs_link::TicketSettings,
    },
    pages::{
        Fetched,
        composing::{mailing_name, select},
        tickets::desk::Desk,
    },
};

/// The page.
#[component]
pub fn MailingPage() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let known = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.mailings().report().await }
    });
    view! {
        <Page title=t.mailing_title()>
            {known.view(
                || view! { <SkeletonRows rows=6 plain=true /> }.into_any(),
                move |report| {
                    let report = RwSignal::new(report);
                    view! {
                        <Choice report=report />
                        <Check report=report known=known />
                    }
                        .into_any()
                },
            )}
        </Page>
    }
}

/// Who mails.
#[component]
fn Choice(report: RwSignal<MailingReport>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let backend = StoredValue::new(expect_context::<Backend>());
    let choose = move |mailing: Mailing| {
        let backend = backend.get_value();
        spawn_local(async move {
            let changed = async {
                let settings = backend.otrs_links().settings().await?;
                backend.otrs_links().change_settings(TicketSettings { mailing, ..settings }).await
            };
            match changed.await {
                Ok(_) => {
                    toasts.show(t.edit_saved());
                    report.try_update(|report| report.mailing = mailing);
                }
                Err(error) => toasts.error(&error),
            }
        });
    };
    live(move || {
        let MailingReport { mailing: chosen, from, .. } = report.get();
        let rows = [Mailing::Unknown, Mailing::Otrs, Mailing::Portal, Mailing::Vakhta].map(|mailing| {
            let here = mailing == chosen;
            let hint = match mailing {
                Mailing::Unknown => t.mailing_unknown_hint().to_owned(),
                Mailing::Otrs => t.mailing_otrs_hint().to_owned(),
                Mailing::Portal => t.mailing_portal_hint().to_owned(),
                Mailing::Vakhta => {
                    from.as_deref().map_or_else(|| t.mailing_no_smtp().to_owned(), |from| t.mailing_vakhta_hint(from))
                }
            };
            let text = view! { <RowText title=mailing_name(t, mailing) subtitle=hint /> }.into_any();
            let mark = here.then(|| Icon::Check.view()).into_any();
            if mailing == Mailing::Vakhta && from.is_none() {
                return view! { <Row after=mark>{text}</Row> }.into_any();
            }
            view! { <Row on_press=move |()| choose(mailing) after=mark selected=here>{text}</Row> }.into_any()
        });
        view! { <div class="mailing"><Section header=t.mailing_row()>{rows.into_iter().collect_view()}</Section></div> }
            .into_any()
    })
}

/// The check.
#[component]
fn Check(report: RwSignal<MailingReport>, known: Fetched<MailingReport>) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let backend = StoredValue::new(expect_context::<Backend>());
    let text = || RwSignal::new(String::new());
    let (ticket, address, queue) = (text(), text(), text());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Error>);
    let missing = Signal::derive(move || {
        ticket.with(|text| text.trim().is_empty())
            && (address.with(|text| text.trim().is_empty()) || queue.with(String::is_empty))
    });
    let start = move |()| {
        let some =
            |value: RwSignal<String>| Some(value.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        let request = MailCheckRequest { ticket: some(ticket), address: some(address), queue: some(queue) };
        let backend = backend.get_value();
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = backend.mailings().check(request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(check) => drop(report.try_update(|report| report.check = Some(check))),
                Err(error) => drop(failure.try_set(Some(error))),
            }
        });
    };
    let settle = move |answer: Result<MailingReport>| match answer {
        Ok(now) => drop(report.try_set(now)),
        Err(error) => drop(failure.try_set(Some(error))),
    };
    let say = Callback::new(move |arrived: bool| {
        let backend = backend.get_value();
        spawn_local(async move { settle(backend.mailings().arrived(arrived).await) });
    });
    let queues = move || desk.shelf.with(|shelf| shelf.choices.queues.clone());
    view! {
        {live(move || report.with(|report| report.check.clone()).map(|check| {
            let again = Callback::new(move |()| known.refetch());
            view! { <Seen check=check say=say again=again /> }.into_any()
        }))}
        <Section header=t.mailing_check() footer=t.mailing_check_hint()>
            <TextField label=t.mailing_check_ticket() value=ticket name="check-ticket" input_mode="numeric" />
            <TextField label=t.mailing_check_address() value=address name="check-address" kind="email" input_mode="email" />
            {select(t.tickets_queue(), "check-queue", queue, queues)}
            <div class="section__inset">
                <Button label=t.mailing_check_start() size=ButtonSize::Large disabled=missing busy=busy on_press=start />
            </div>
        </Section>
        {live(move || failure.get().map(|error| view! { <ErrorNotice error=error /> }.into_any()))}
    }
    .into_any()
}

/// What was done and seen, and the question.
#[component]
fn Seen(check: MailCheck, say: Callback<bool>, again: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let MailCheck { ticket_number: number, to, at, seen, sign, arrived, ticket_id } = check;
    let asked = t.mailing_asked(&to);
    let done = live(move || t.mailing_done(&format::exact(t, at, clock.zone.get()), &to, &number));
    let href = crate::helpdesk::links::ticket(ticket_id, &crate::helpdesk::links::Filter::default());
    let seen = if seen.is_empty() { vec![t.mailing_seen_nothing().to_owned()] } else { seen };
    let seen = seen.into_iter().map(|entry| view! { <li class="mailing__entry" dir="auto">{entry}</li> }.into_any());
    view! {
        <div class="stopped-card" role="status">
            <p class="stopped-card__why"><a href=href>{done}</a></p>
            <p class="stopped-card__why">{t.mailing_seen()}</p>
            <ul class="mailing__seen">{seen.collect_view()}</ul>
            <p class="stopped-card__why">{if sign { t.mailing_sign() } else { t.mailing_no_sign() }}</p>
            <p class="stopped-card__what">{said(t, arrived).map_or(asked, str::to_owned)}</p>
            <div class="stopped-card__ways">
                <Button label=t.mailing_yes() kind=ButtonKind::Tinted size=ButtonSize::Small on_press=move |()| say.run(true) />
                <Button label=t.mailing_no() kind=ButtonKind::Tinted size=ButtonSize::Small on_press=move |()| say.run(false) />
                <Button label=t.mailing_look_again() kind=ButtonKind::Plain size=ButtonSize::Small on_press=again />
            </div>
        </div>
    }
    .into_any()
}

fn said(t: Texts, arrived: Option<bool>) -> Option<&'static str> {
    arrived.map(|arrived| if arrived { t.mailing_said_yes() } else { t.mailing_said_no() })
}
