//! What runs in the background, and how often.

use std::{sync::Arc, time::Duration};

use url::Url;

use crate::{
    bot::{self, dispatcher::Handled},
    config::telegram::WEBHOOK_PATH,
    integrations::telegram::Client,
    services::{Deps, tickets::Line},
    shutdown::Shutdown,
    state::AppState,
    workers::{
        self,
        check_runner::Runner,
        otrs_sync::Sync,
        supervisor::{Outcome, Supervisor},
        telegram_polling::Polling,
    },
};

const HOUR: Duration = Duration::from_secs(3_600);

/// Starts background work.
pub(super) fn start_workers(state: &AppState, shutdown: &Shutdown) {
    let supervisor = Supervisor::new(shutdown.clone(), state.metrics.clone());
    let deps = Arc::new(state.deps.clone());
    let tidied = deps.clone();
    supervisor.run_forever("retention", Duration::from_secs(60), move |now| {
        workers::retention::run_once(tidied.clone(), now)
    });
    let runner = Runner::new(state.deps.clone(), state.hub.clone(), state.metrics.clone(), state.stop.clone());
    supervisor.run_forever("check_runner", Duration::from_secs(1), move |_| {
        let runner = runner.clone();
        async move { runner.run_once().await }
    });
    let decided = deps.clone();
    supervisor
        .run_forever("incidents", Duration::from_secs(1), move |now| workers::incidents::decide(decided.clone(), now));
    let windows = Arc::new(workers::incidents::Windows::new(deps.clone()));
    supervisor.run_forever("maintenance", Duration::from_secs(5), move |now| {
        let windows = windows.clone();
        async move { windows.run_once(now).await }
    });
    if let Some(line) = state.deps.otrs.clone() {
        start_tickets(&supervisor, &deps, &line);
    }
    supervisor
        .run_forever("roll_up", Duration::from_secs(20), move |now| workers::retention::roll_up(deps.clone(), now));
}

/// Starts what copies tickets and carries out what people want to be done to them.
fn start_tickets(supervisor: &Supervisor, deps: &Arc<Deps>, line: &Arc<Line>) {
    let sync = Arc::new(Sync::new(deps.clone(), line.clone()));
    supervisor.run_forever("otrs_sync", Duration::from_secs(5), move |now| {
        let sync = sync.clone();
        async move { sync.run_once(now).await }
    });
    let (learning, with) = (deps.clone(), line.clone());
    supervisor.run_forever("otrs_rights", Duration::from_secs(5), move |now| {
        workers::otrs_sync::learn(learning.clone(), with.clone(), now)
    });
    let mailing = deps.clone();
    supervisor
        .run_forever("otrs_mail", Duration::from_secs(1), move |now| workers::otrs_sync::mail(mailing.clone(), now));
    let (acting, with) = (deps.clone(), line.clone());
    supervisor.run_forever("otrs_actions", Duration::from_millis(500), move |now| {
        workers::otrs_sync::perform(acting.clone(), with.clone(), now)
    });
}

/// Starts what receives and handles Telegram's updates.
pub(super) fn start_bot(state: &AppState, shutdown: &Shutdown, client: &Arc<Client>) {
    let supervisor = Supervisor::new(shutdown.clone(), state.metrics.clone());
    let deps = Arc::new(state.deps.clone());

    let (handled, token) = (deps.clone(), shutdown.token.clone());
    // Waiting for an update is part of the unit, so there is no pause between them.
    supervisor.run_forever("bot", Duration::ZERO, move |now| {
        let handled = bot::dispatcher::run_once(handled.clone(), token.clone(), now);
        async move {
            Ok(match handled.await? {
                Handled::One => Outcome::Busy,
                Handled::Nothing => Outcome::Idle,
            })
        }
    });
    supervisor.run_forever("bot_setup", 24 * HOUR, move |_| {
        let published = bot::setup::run_once(deps.clone());
        async move { published.await.map(|()| Outcome::Idle) }
    });
    match state.deps.config.telegram.webhook_secret.clone() {
        Some(secret) => {
            let mut url = Url::clone(&state.deps.public_url);
            url.set_path(WEBHOOK_PATH);
            let client = client.clone();
            supervisor.run_forever("telegram_webhook", HOUR, move |_| {
                workers::telegram_webhook::run_once(client.clone(), url.clone(), secret.clone())
            });
        }
        None => {
            let polling = Arc::new(Polling::new(client.clone(), state.deps.clone(), shutdown.token.clone()));
            supervisor.run_forever("telegram_polling", Duration::from_millis(200), move |_| {
                let polling = polling.clone();
                async move { polling.run_once().await }
            });
        }
    }
}
