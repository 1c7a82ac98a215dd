//! Writing down how an attempt ended.

use app::model::live::Topic;
use time::Duration;

use super::{Attempt, End};
use crate::{
    services::{
        servers::json as raw,
        tickets::{
            actions::shown_for,
            mail::{self, Draft},
            sight,
        },
    },
    store::{
        self,
        actions::work::Outcome,
        live_log::{Audience, News},
    },
};

/// After an answer that was lost OTRS may still be at work: so long nobody looks, or as long as it was waited for.
const PATIENCE: Duration = Duration::seconds(3);
/// Pauses while OTRS is away, the last one again and again.
const PAUSES: [i64; 6] = [2, 5, 10, 20, 40, 60];

impl Attempt<'_> {
    /// Writes down how it ended and tells the author.
    pub(super) async fn settle(self, end: End) -> sqlx::Result<()> {
        let was_sent = self.row.sent_at.is_some();
        let outcome = |state, reason, detail| Outcome {
            state,
            reason,
            detail,
            ticket_id: None,
            article_id: None,
            not_before: None,
            untouched: false,
        };
        let pause = PAUSES[usize::try_from(self.row.attempts).unwrap_or_default().min(PAUSES.len() - 1)];
        // The attempt itself may have taken long.
        let took = self.began.elapsed();
        let later = |pause| Some(self.now + took + pause);
        let outcome = match &end {
            End::TakenBack => return Ok(()),
            End::Done { ticket, article, .. } => {
                Outcome { ticket_id: Some(*ticket), article_id: *article, ..outcome("done", None, None) }
            }
            End::Conflict => Outcome { untouched: true, ..outcome("conflict", Some("ticket_conflict"), None) },
            End::NeedsSignIn => Outcome { untouched: !was_sent, ..outcome("needs_sign_in", Some("sign_in"), None) },
            End::Refused(why) => {
                Outcome { untouched: true, ..outcome("failed", Some("otrs_refused"), Some(why.as_str())) }
            }
            End::Field(reason, why) => {
                Outcome { untouched: true, ..outcome("failed", Some(*reason), Some(why.as_str())) }
            }
            End::HalfDone(why) => outcome("failed", Some("half_done"), Some(why.as_str())),
            End::Gone => outcome("failed", Some("ticket_gone"), None),
            End::Away => Outcome {
                not_before: later(Duration::seconds(pause)),
                untouched: !was_sent,
                ..outcome(if was_sent { "sent" } else { "waiting" }, Some("otrs_away"), None)
            },
            End::Unclear => Outcome {
                not_before: later(PATIENCE.max(Duration::try_from(took).unwrap_or(PATIENCE))),
                ..outcome("sent", Some("unclear"), None)
            },
            End::Again => Outcome { not_before: later(Duration::ZERO), ..outcome("sent", None, None) },
        };
        let mut tx = self.deps.db.begin().await?;
        let Some(row) = store::actions::work::settle(&mut tx, self.row.id, &outcome, self.now).await? else {
            return Ok(());
        };
        if let End::Done { ticket, article, mail, alone } = end {
            self.follow_up(&mut tx, ticket, article, mail, alone).await?;
        }
        let (sight, _) = sight::of(&mut tx, &self.user, self.now).await?;
        let shown = shown_for(&mut tx, &sight, row).await?;
        let audience = Some(Audience::Account { account: self.row.account_id.get() });
        let news = News { topic: Topic::Tickets, event: "action.state", data: raw(&shown), audience };
        store::live_log::append(&mut tx, &[news], self.now).await?;
        tx.commit().await
    }

    /// What is done: the author has seen his own words, and his next actions are meant for what this one made of the ticket,
    /// unless others did something as well.
    async fn follow_up(
        &self,
        tx: &mut sqlx::PgConnection,
        ticket: i64,
        article: Option<i64>,
        mail: Option<Draft>,
        alone: bool,
    ) -> sqlx::Result<()> {
        if article.is_some() {
            store::tickets::marks::see(tx, self.row.account_id.get(), ticket, article).await?;
        }
        match mail {
            // Its files go when it is sent.
            Some(mail) => mail::put(tx, self.deps, self.row.id, &mail, self.now).await?,
            None => store::actions::work::delete_files(tx, self.row.id).await?,
        }
        let after = if alone { store::tickets::lock(tx, &[ticket]).await?.pop() } else { None };
        if let (Some(before), Some(after)) = (&self.row.seen_version, after) {
            store::actions::work::follow(tx, self.row.account_id, ticket, before, &after.version).await?;
        }
        Ok(())
    }
}
