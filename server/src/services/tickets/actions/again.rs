//! Taking an action back, trying one again that stopped; the same for the mail of one that is done.

use app::model::{
    Error, Result,
    action::{Action, ActionState},
    ids::ActionId,
};
use sqlx::PgConnection;
use time::Duration;

use super::Tickets;
use crate::{auth::policy::Action as Right, services::idempotency, store};

/// What is asked for is stored by then, or never: longer than a request may run.
const STORED_WITHIN: Duration = Duration::minutes(2);

impl Tickets {
    pub(in crate::services::tickets) async fn take_back(&self, id: ActionId) -> Result<Action> {
        let row = self.own_action(id).await?;
        let mut db = self.connection().await?;
        if self.decide_mail(&mut db, id, false).await? {
            drop(db);
            return self.shown_again(id).await;
        }
        if row.state != ActionState::Undone.as_str()
            && !store::actions::undo(&mut db, id, self.caller.now).await.map_err(|error| self.failed(error))?
        {
            drop(db);
            let now = self.shown_again(id).await?;
            return Err(Error::conflict_with("action_sent", &now));
        }
        store::actions::work::delete_files(&mut db, id).await.map_err(|error| self.failed(error))?;
        drop(db);
        self.shown_again(id).await
    }

    pub(in crate::services::tickets) async fn take_back_key(&self, key: &str) -> Result<Action> {
        let account = self.caller.may(Right::WorkTickets)?.account;
        if !(1..=200).contains(&key.len()) {
            return Err(Error::invalid("key", "invalid"));
        }
        idempotency::revoke(&self.deps, &self.caller, key, STORED_WITHIN).await?;
        let mut db = self.connection().await?;
        let row = store::actions::by_key(&mut db, account, key).await.map_err(|error| self.failed(error))?;
        drop(db);
        self.take_back(row.ok_or(Error::NotFound)?.id).await
    }

    pub(in crate::services::tickets) async fn try_again(&self, id: ActionId) -> Result<Action> {
        let row = self.own_action(id).await?;
        let line = self.line()?;
        let mut db = self.connection().await?;
        if self.decide_mail(&mut db, id, true).await? {
            drop(db);
            return self.shown_again(id).await;
        }
        let (sight, login) = self.author(&mut db).await?;
        // A login of his own OTRS itself asks for its rights.
        if login.is_none()
            && let Some(ticket) = row.ticket_id
            && store::tickets::list::rows(&mut db, &sight, &[ticket])
                .await
                .map_err(|error| self.failed(error))?
                .is_empty()
        {
            return Err(Error::NotFound);
        }
        let again = store::actions::retry(&mut db, id, login.as_deref(), self.caller.now).await;
        if !again.map_err(|error| self.failed(error))? {
            drop(db);
            let now = self.shown_again(id).await?;
            return Err(Error::conflict_with("action_not_stopped", &now));
        }
        drop(db);
        line.new_actions.notify_one();
        self.shown_again(id).await
    }

    /// What is done and stopped at its mail: that is sent again, or left. Whether it had stopped there.
    async fn decide_mail(&self, db: &mut PgConnection, id: ActionId, again: bool) -> Result<bool> {
        let account = self.caller.signed_in()?.account;
        let decided = async {
            let decided = store::actions::mail::decide(db, account, id, again, self.caller.now).await?;
            if decided && !again {
                store::actions::work::delete_files(db, id).await?;
            }
            Ok(decided)
        };
        decided.await.map_err(|error| self.failed(error))
    }
}
