//! What is wanted: whose figures, of which days, in which queue.

use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, ButtonSize, Icon, Segmented, TextField},
    helpdesk::short_queue,
    i18n::{Texts, use_texts},
    live::live,
    model::{
        statistics::{Days, Period, StatisticsQuery, Whose},
        user::Role,
        wire_time::{date, date_text},
    },
    session::use_role,
};

/// The choices above the figures.
#[component]
pub fn Choosing(
    /// What is wanted.
    wanted: RwSignal<StatisticsQuery>,
) -> impl IntoView {
    let t = use_texts();
    let picking = RwSignal::new(wanted.with_untracked(|wanted| matches!(wanted.days, Days::Between(..))));
    view! {
        {(use_role() >= Role::Admin).then(|| view! { <Whom wanted=wanted /> })}
        {live(move || {
            let days = wanted.with(|wanted| wanted.days);
            let chips = Period::ALL.map(|period| {
                chip(
                    name(t, period),
                    days == Days::Of(period),
                    move || {
                        picking.set(false);
                        wanted.update(|wanted| wanted.days = Days::Of(period));
                    },
                )
            });
            let own = matches!(days, Days::Between(..));
            view! {
                <div class="chips chips--line statistics__chips" role="group" aria-label=t.statistics_period()>
                    {chips.into_iter().collect_view()}
                    {chip(t.statistics_days(), own, move || picking.update(|on| *on = !*on))}
                </div>
            }
                .into_any()
        })}
        {live(move || picking.get().then(|| view! { <OwnDays wanted=wanted /> }.into_any()))}
        {live(move || narrowings(t, wanted))}
    }
}

fn name(t: Texts, period: Period) -> &'static str {
    match period {
        Period::Today => t.statistics_today(),
        Period::Week => t.statistics_week(),
        Period::Month => t.statistics_month(),
        Period::LastMonth => t.statistics_last_month(),
        Period::Quarter => t.statistics_quarter(),
        Period::Year => t.statistics_year(),
    }
}

fn chip(name: &'static str, on: bool, press: impl Fn() + 'static) -> AnyView {
    view! {
        <div class=if on { "chip chip--on" } else { "chip" }>
            <button
                type="button"
                class="chip__link"
                aria-pressed=if on { "true" } else { "false" }
                on:click=move |_| press()
            >
                <span class="chip__name">{name}</span>
            </button>
        </div>
    }
    .into_any()
}

/// Mine or everybody's; one operator's is neither.
#[component]
fn Whom(wanted: RwSignal<StatisticsQuery>) -> impl IntoView {
    let t = use_texts();
    let chosen = Signal::derive(move || {
        wanted.with(|wanted| match wanted.whose {
            Whose::Any => 0,
            Whose::Mine => 1,
            Whose::Agent(_) => 2,
        })
    });
    let choose = move |choice: u8| {
        wanted.update(|wanted| wanted.whose = if choice == 0 { Whose::Any } else { Whose::Mine });
    };
    view! {
        <div class="statistics__whose">
            <Segmented
                label=t.statistics_whose()
                name="whose"
                options=vec![(0, t.statistics_everybody().to_owned()), (1, t.statistics_mine().to_owned())]
                chosen=chosen
                on_choose=choose
            />
        </div>
    }
}

/// From one day to another.
#[component]
fn OwnDays(wanted: RwSignal<StatisticsQuery>) -> impl IntoView {
    let t = use_texts();
    let (first, last) = wanted.with_untracked(|wanted| match wanted.days {
        Days::Between(from, to) => (date_text(from), date_text(to)),
        Days::Of(_) => (String::new(), String::new()),
    });
    let (from, to) = (RwSignal::new(first), RwSignal::new(last));
    let days = move || {
        let (from, to) = (date(&from.get())?, date(&to.get())?);
        (from <= to).then_some(Days::Between(from, to))
    };
    let show = move || {
        if let Some(days) = untrack(days) {
            wanted.update(|wanted| wanted.days = days);
        }
    };
    view! {
        <form
            class="section statistics__own"
            on:submit=move |event| {
                event.prevent_default();
                show();
            }
        >
            <div class="section__body">
                <TextField label=t.statistics_from() value=from name="statistics-from" kind="date" />
                <TextField label=t.statistics_to() value=to name="statistics-to" kind="date" />
            </div>
            <Button
                label=t.statistics_show()
                kind=ButtonKind::Tinted
                size=ButtonSize::Medium
                disabled=Signal::derive(move || days().is_none())
                on_press=move |()| show()
            />
            // Enter in a field presses the first button that submits.
            <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
        </form>
    }
}

/// A way to take one condition away.
type Clear = fn(&mut StatisticsQuery);

fn narrowings(t: Texts, wanted: RwSignal<StatisticsQuery>) -> Option<AnyView> {
    let query = wanted.get();
    let operator = if let Whose::Agent(login) = query.whose { Some(login) } else { None };
    let queue = query.queue.map(|queue| short_queue(&queue).to_owned());
    let all: [(Option<String>, Clear); 2] =
        [(operator, |query| query.whose = Whose::Any), (queue, |query| query.queue = None)];
    let chips = all.into_iter().filter_map(|(words, clear)| {
        let words = words?;
        Some(
            view! {
                <div class="chip chip--on">
                    <span class="chip__link">
                        <span class="chip__name">{words}</span>
                    </span>
                    <button
                        type="button"
                        class="chip__remove"
                        aria-label=t.common_clear()
                        on:click=move |_| wanted.update(clear)
                    >
                        {Icon::Close.view()}
                    </button>
                </div>
            }
            .into_any(),
        )
    });
    let chips: Vec<AnyView> = chips.collect();
    (!chips.is_empty()).then(|| view! { <div class="chips chips--line statistics__chips">{chips}</div> }.into_any())
}
