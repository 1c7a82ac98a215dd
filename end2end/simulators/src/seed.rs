//! The demo's content: people, roles, a little history, servers to watch. All of it goes through the public API of a running
//! server, as an administrator would do it, and a second run adds nothing.

mod api;
mod fleet;
mod tickets;

use std::time::Duration;

use anyhow::Context as _;
use reqwest::Method;
use serde_json::{Value, json};

use self::api::Api;
use crate::{
    cast::{self, Actor},
    people::workbook,
    telegram::demo,
};

/// What the seed needs to know.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address of the server.
    pub app_url: String,
    /// Signs the launch data with which the demo's people sign in.
    pub bot_token: String,
    /// Telegram id of an administrator (`ADMIN_TELEGRAM_IDS`).
    pub admin_id: i64,
    /// Address of the simulated Telegram, to mention somebody's card in the group; optional.
    pub telegram_url: Option<String>,
    /// Address where a simulated fleet is controlled, to enter its servers; optional.
    pub fleet_url: Option<String>,
    /// The server works with the simulated OTRS: the demo's agents sign in there.
    pub otrs: bool,
    /// How many people the workbook has.
    pub people: usize,
}

/// What was added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Employees.
    pub employees: u64,
    /// Accounts with a role, or asking for one.
    pub accounts: u64,
    /// Changes by hand.
    pub edits: u64,
    /// Servers.
    pub servers: u64,
    /// Logins in OTRS.
    pub links: u64,
    /// Ready replies.
    pub replies: u64,
}

/// Whose people the demo shows.
pub const SEED: u64 = 2_026;

/// Fills the server.
///
/// # Errors
/// When the server does not answer or refuses.
pub async fn run(options: &Options) -> anyhow::Result<Added> {
    let mut added = Added::default();
    let admin = Actor { id: options.admin_id, ..cast::ADMIN };
    let api = Api::sign_in(&options.app_url, &options.bot_token, &admin.person("ru")).await?;
    if items(&api.get("/employees?limit=1").await?).is_empty() {
        added.employees += import(&api, options.people).await?;
        added.edits += edit(&api).await?;
    }
    let accounts = all_accounts(&api).await?;
    for actor in [admin, cast::OPERATOR, cast::EMPLOYEE] {
        let employee = employee_of(&api, &actor, &mut added).await?;
        added.accounts += u64::from(give(&api, options, &accounts, &actor, &employee).await?);
    }
    if account(&accounts, cast::ASKING.id).is_none() {
        let guest = Api::sign_in(&options.app_url, &options.bot_token, &cast::ASKING.person("ru")).await?;
        guest.send(Method::POST, "/me/access-request", None).await?;
        guest.sign_out().await?;
        added.accounts += 1;
    }
    if let Some(telegram) = &options.telegram_url {
        mention(&api, telegram).await.context("the simulated Telegram")?;
    }
    if let Some(url) = &options.fleet_url {
        added.servers += fleet::enter(&api, &options.app_url, url).await.context("the simulated fleet")?;
    }
    if options.otrs {
        for actor in [admin, cast::OPERATOR] {
            added.links += u64::from(tickets::link(options, &actor).await.context("the simulated OTRS")?);
        }
        added.replies += tickets::write_replies(&api).await.context("ready replies")?;
    }
    api.sign_out().await?;
    Ok(added)
}

/// Enters the simulated fleet alone: for measurements.
///
/// # Errors
/// When the server or the fleet does not answer or refuses.
pub async fn enter_fleet(options: &Options) -> anyhow::Result<u64> {
    let url = options.fleet_url.as_deref().context("where is the fleet?")?;
    let admin = Actor { id: options.admin_id, ..cast::ADMIN };
    let api = Api::sign_in(&options.app_url, &options.bot_token, &admin.person("ru")).await?;
    let added = fleet::enter(&api, &options.app_url, url).await?;
    api.sign_out().await?;
    Ok(added)
}

fn items(page: &Value) -> Vec<Value> {
    page["items"].as_array().cloned().unwrap_or_default()
}

async fn import(api: &Api, people: usize) -> anyhow::Result<u64> {
    let (file, _) = workbook::write(people, SEED)?;
    let report = api.upload("/employees/import?dry_run=false", "Справочник сотрудников.xlsx", file).await?;
    Ok(report["created"].as_u64().unwrap_or_default())
}

/// A few changes by hand, so that there is a history to look at.
async fn edit(api: &Api) -> anyhow::Result<u64> {
    let changes = [
        json!({"room": "А-118", "note": "Переехала группа целиком, второй этаж"}),
        json!({"phones": [{"number": "8 (495) 555-20-00", "ext": "2112"}, {"number": "8 916 555-01-02"}]}),
        json!({"position": "Ведущий специалист"}),
        json!({"state": "left"}),
    ];
    let chosen = found(api, "инженер", changes.len()).await?;
    let mut edits = 0;
    for (person, mut change) in chosen.iter().zip(changes) {
        change["version"] = person["version"].clone();
        api.send(Method::PATCH, &format!("/employees/{}", text(person, "id")), Some(change)).await?;
        edits += 1;
    }
    Ok(edits)
}

/// People who fit. What was just imported is found within a second, so this looks a few times.
async fn found(api: &Api, query: &str, limit: usize) -> anyhow::Result<Vec<Value>> {
    let mut people = Vec::new();
    for _ in 0..50 {
        people = items(&api.get(&format!("/employees?q={query}&limit={limit}")).await?);
        if !people.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(people)
}

async fn all_accounts(api: &Api) -> anyhow::Result<Vec<Value>> {
    let mut accounts = Vec::new();
    let mut path = "/accounts?limit=100".to_owned();
    loop {
        let page = api.get(&path).await?;
        accounts.extend(items(&page));
        match page["next"].as_str() {
            Some(next) => path = format!("/accounts?limit=100&cursor={next}"),
            None => return Ok(accounts),
        }
    }
}

fn account(accounts: &[Value], telegram_id: i64) -> Option<&Value> {
    accounts.iter().find(|account| text(account, "telegram_id") == telegram_id.to_string())
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// The record of one of the cast in the directory, entered by hand if there is none.
async fn employee_of(api: &Api, actor: &Actor, added: &mut Added) -> anyhow::Result<String> {
    let email = format!("{}@nevpribor.example", actor.username.replace('_', "."));
    let found = items(&api.get(&format!("/employees?q={email}&limit=5")).await?);
    if let Some(person) = found.iter().find(|person| text(person, "email") == email) {
        return Ok(text(person, "id").to_owned());
    }
    let is_it = actor.role != "employee";
    let draft = json!({
        "surname": actor.ru.1,
        "name": actor.ru.0,
        "email": email,
        "position": match actor.role {
            "admin" => "Руководитель службы поддержки",
            "operator" => "Дежурный инженер",
            _ => "Ведущий бухгалтер",
        },
        "department": if is_it { "Департамент информационных технологий" } else { "Бухгалтерия" },
        "unit": if is_it { "Служба поддержки" } else { "Расчётный отдел" },
        "room": if is_it { "А-112" } else { "А-305" },
        "phones": [{"number": "+7 495 555-20-00", "ext": actor.id.to_string()[2..].to_owned()}],
        "ips": [format!("10.20.250.{}", actor.id / 100 % 100 + 10)],
        "workstation": format!("MSK-WS-9{}", &actor.id.to_string()[2..]),
    });
    let person = api.send(Method::POST, "/employees", Some(draft)).await?;
    added.employees += 1;
    Ok(text(&person, "id").to_owned())
}

/// Gives an account its role and its employee; false if it had both.
async fn give(api: &Api, options: &Options, known: &[Value], actor: &Actor, employee: &str) -> anyhow::Result<bool> {
    let listed;
    let find = account;
    let account = match find(known, actor.id) {
        Some(account) => account,
        None => {
            // An account begins with the first sign-in.
            Api::sign_in(&options.app_url, &options.bot_token, &actor.person("ru")).await?.sign_out().await?;
            listed = all_accounts(api).await?;
            find(&listed, actor.id).context("the account just made is listed")?
        }
    };
    let has_role = account["role_fixed"] == true || account["role"] == actor.role;
    if has_role && account["employee_id"].is_string() {
        return Ok(false);
    }
    let mut change = json!({"employee_id": employee});
    if !has_role {
        change["role"] = json!(actor.role);
    }
    api.send(Method::PATCH, &format!("/accounts/{}", text(account, "id")), Some(change)).await?;
    Ok(true)
}

/// Somebody in the group shares a card, so that the deep link can be tried.
async fn mention(api: &Api, telegram: &str) -> anyhow::Result<()> {
    let client = reqwest::Client::new();
    let user = cast::OPERATOR.id;
    let state = client.get(format!("{telegram}/client/state?user={user}&language=ru")).send().await?;
    let state: Value = state.error_for_status()?.json().await?;
    let person = found(api, "бухгалтерия", 1).await?;
    let Some(person) = person.first() else { return Ok(()) };
    let link = format!(
        "https://t.me/{}/{}?startapp=employee-{}",
        text(&state["bot"], "username"),
        text(&state["app"], "name"),
        text(person, "id")
    );
    if state.to_string().contains(&link) {
        return Ok(());
    }
    let name = text(person, "full_name");
    let message = json!({
        "user": user, "chat": demo::GROUP, "thread": demo::DIRECTORY,
        "text": format!("По зарплате — {name}, вот карточка: {link}"),
        "english": format!("For payroll it is {name}, here is the card: {link}"),
    });
    client.post(format!("{telegram}/client/send")).json(&message).send().await?.error_for_status()?;
    Ok(())
}
