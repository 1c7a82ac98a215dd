//! The first page: the search one came for, what is broken, which tickets wait; and for administrators what waits for them.

mod admins;
mod fleet;
mod tickets;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use admins::ForAdmins;
use fleet::Fleet;
use tickets::Tickets;

use super::{
    employees::{FavouritePeople, RecentSearches, Remembered},
    part::Entered,
};
use crate::{
    components::{Icon, IconTile, Page, Row, RowText, Section, use_clock},
    i18n::{Texts, use_texts},
    model::user::Role,
    session::{use_role, use_session},
    start::Start,
};

/// Enters the part of the app that is its first page.
#[wasm_split(home, fallible, preload(#[doc = "Fetches it."] load_home))]
pub fn home() -> Entered {
    Ok(view! { <Home /> }.into_any())
}

/// Home.
#[component]
pub fn Home() -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let user = use_session().user_untracked();
    let name = user.as_ref().and_then(|user| user.name.split_whitespace().next()).unwrap_or_default().to_owned();
    let greeting = Memo::new(move |_| greeting(t, clock.now.get().to_offset(clock.zone.get()).hour()));
    let title = Signal::derive(move || match name.as_str() {
        "" => greeting.get().to_owned(),
        name => t.home_greeting(greeting.get(), name),
    });
    provide_context(Remembered::of_me());
    let employee = user.and_then(|user| user.employee_id);
    let role = use_role();
    let tickets = use_context::<Start>().is_some_and(|start| start.tickets);
    view! {
        <Page title=title>
            <a class="search search--entry" href="/employees" data-search-entry="">
                <span class="search__icon">{Icon::Search.view()}</span>
                <span class="search__label">{t.home_search()}</span>
            </a>
            <Fleet />
            {(tickets && role >= Role::Operator).then(|| view! { <Tickets /> })}
            <RecentSearches />
            <FavouritePeople />
            <Section>
                <Row
                    href="/employees"
                    before=view! { <IconTile icon=Icon::People colour=5 /> }.into_any()
                    leads=true
                >
                    <RowText title=t.home_directory() />
                </Row>
                {employee
                    .map(|id| {
                        view! {
                            <Row
                                href=["/employees/", &id.to_string()].concat()
                                before=view! { <IconTile icon=Icon::Person colour=3 /> }.into_any()
                                leads=true
                            >
                                <RowText title=t.home_my_card() />
                            </Row>
                        }
                    })}
            </Section>
            {(role >= Role::Admin).then(|| view! { <ForAdmins /> })}
        </Page>
    }
}

fn greeting(t: Texts, hour: u8) -> &'static str {
    match hour {
        5..12 => t.home_morning(),
        12..18 => t.home_day(),
        18..23 => t.home_evening(),
        _ => t.home_night(),
    }
}
