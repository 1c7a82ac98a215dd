//! What is known about a server besides its checks: who is responsible, what it hangs on, notes, tags, the runbook.

use leptos::prelude::*;

use crate::{
    components::{Avatar, Icon, IconTile, Row, RowText, Section},
    directory::links::{Search, card},
    fleet::links::{Filter, is_web, list, server as server_page},
    i18n::{Texts, use_texts},
    model::{employee::Employee, server::Server},
};

/// The rest of a server's page.
#[component]
pub fn About(
    /// Of which.
    server: Server,
    /// Who is responsible.
    responsible: Option<Employee>,
) -> impl IntoView {
    let t = use_texts();
    let tile = |icon, colour| view! { <IconTile icon=icon colour=colour /> }.into_any();
    let filter = |group: Option<String>, tag: Option<String>| list(&Filter { group, tag, ..Filter::default() });
    let runbook = server.runbook_url.clone().filter(|url| is_web(url)).map(|url| {
        view! {
            <a class="row" href=url target="_blank" rel="noopener noreferrer external">
                <span class="row__before">{tile(Icon::Link, 1)}</span>
                <span class="row__main">
                    <span class="row__title">{t.server_runbook()}</span>
                </span>
                <span class="row__next">{Icon::Next.view()}</span>
            </a>
        }
        .into_any()
    });
    let person = responsible.map(|person| {
        let href = card(person.id, &Search::default());
        let work = person.position.clone().unwrap_or_default();
        let avatar = view! { <Avatar name=person.full_name.clone() seed=person.id.get() /> }.into_any();
        view! {
            <Section header=t.server_responsible()>
                <Row href=href before=avatar leads=true>
                    <RowText title=person.full_name.clone() subtitle=work />
                </Row>
            </Section>
        }
    });
    let parent = server.parent_id.map(|id| {
        let name = server.parent_name.clone().unwrap_or_default();
        view! {
            <Row href=server_page(id, &Filter::default()) before=tile(Icon::Server, 5) leads=true>
                <RowText title=name subtitle=t.server_parent() />
            </Row>
        }
    });
    let children = (server.children > 0).then(|| {
        view! {
            <Row>
                <RowText title=t.server_children(server.children.into()) />
            </Row>
        }
    });
    let group = server.group.clone().map(|group| {
        view! {
            <Row href=filter(Some(group.clone()), None) leads=true>
                <RowText title=group subtitle=t.server_group() />
            </Row>
        }
    });
    let tags = server.tags.into_iter().map(|tag| {
        let href = filter(None, Some(tag.clone()));
        view! {
            <li class="chip">
                <a class="chip__link" href=href>
                    {tag}
                </a>
            </li>
        }
        .into_any()
    });
    let tags: Vec<AnyView> = tags.collect();
    let warnings: Vec<AnyView> = server
        .warnings
        .iter()
        .map(|code| view! { <p class="server__warning">{warning(t, code)}</p> }.into_any())
        .collect();
    view! {
        {person}
        <Section header=t.server_about()>
            {runbook} {parent} {children} {group}
            {(!tags.is_empty()).then(|| view! { <ul class="chips server__tags">{tags}</ul> }.into_any())}
            {server
                .notes
                .map(|notes| {
                    view! {
                        <div class="value">
                            <span class="value__main">
                                <span class="value__label">{t.server_notes()}</span>
                                <span class="server__notes">{notes}</span>
                            </span>
                        </div>
                    }.into_any()
                })}
            {warnings}
        </Section>
    }
}

fn warning(t: Texts, code: &str) -> String {
    match code {
        "address_is_loopback" => t.server_warn_loopback().to_owned(),
        "address_is_link_local" => t.server_warn_link_local().to_owned(),
        "address_is_private" => t.server_warn_private().to_owned(),
        other => t.server_warn_other(other),
    }
}
