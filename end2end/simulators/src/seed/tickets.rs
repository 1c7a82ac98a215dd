//! The demo's agents, signed in to the simulated OTRS each with a login of their own.

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
