//! The demo's agents, signed in to the simulated OTRS each with a login of their own; and what they say often.

use reqwest::Method;
use serde_json::json;

use super::{Options, api::Api};
use crate::cast::Actor;

/// Links this person's login. Anew each time, for the simulated OTRS forgets its sessions when it stops. Whether there was none.
pub(super) async fn link(options: &Options, actor: &Actor) -> anyhow::Result<bool> {
    let api = Api::sign_in(&options.app_url, &options.bot_token, &actor.person("ru")).await?;
    let before = api.get("/otrs-link").await?;
    let login = actor.login();
    let link = json!({ "login": login, "password": format!("{login}-pass") });
    api.send(Method::POST, "/otrs-link", Some(link)).await?;
    api.sign_out().await?;
    Ok(before["login"] != json!(login))
}

/// What an administrator would write on the first day: title, text, queue, what for.
const REPLIES: [(&str, &str, Option<&str>, &str); 6] = [
    (
        "Взяли в работу",
        "{greeting}, {customer_name}!\n\nМы приняли заявку {ticket_number} и уже занимаемся ею. Напишем, как только будут новости.\n\n{operator_name}",
        None,
        "reply",
    ),
    (
        "Нужны подробности",
        "{greeting}, {customer_name}!\n\nЧтобы разобраться, нам не хватает деталей: что именно вы делали и какое сообщение появилось на экране? Снимок экрана очень поможет.\n\n{operator_name}",
        None,
        "reply",
    ),
    (
        "Пароль сброшен",
        "{greeting}, {customer_name}!\n\nПароль сброшен, временный придёт в SMS. При первом входе система попросит задать новый.\n\n{operator_name}",
        Some("Поддержка"),
        "reply",
    ),
    (
        "Готово, проверьте",
        "{greeting}, {customer_name}!\n\nСделали, проверьте, пожалуйста. Если что-то не так, просто ответьте на это письмо: оно попадёт в заявку {ticket_number}.\n\n{operator_name}",
        None,
        "any",
    ),
    ("Выезжаю", "Выезжаю на место, буду в течение часа. {operator_name}", Some("Поддержка"), "comment"),
    (
        "In English: we are on it",
        "{greeting}, {customer_name}!\n\nWe have your request {ticket_number} and are working on it.\n\n{operator_name}",
        None,
        "reply",
    ),
];

/// Writes ready replies where there are none, and lets the server mail what is replied if it can. How many were written.
pub(super) async fn write_replies(api: &Api) -> anyhow::Result<u64> {
    let mailing = api.get("/settings/tickets/mailing").await?;
    if mailing["mailing"] == "unknown" && mailing["from"].is_string() {
        let mut settings = api.get("/settings/tickets").await?;
        settings["mailing"] = json!("vakhta");
        api.send(Method::PUT, "/settings/tickets", Some(settings)).await?;
    }
    if !super::items(&api.get("/replies").await?).is_empty() {
        return Ok(0);
    }
    let mut written = 0;
    for (title, body, queue, purpose) in REPLIES {
        let reply = json!({ "title": title, "body": body, "queue": queue, "purpose": purpose });
        api.send(Method::POST, "/replies", Some(reply)).await?;
        written += 1;
    }
    Ok(written)
}
