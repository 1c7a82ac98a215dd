//! What of the rest of Vakhta belongs to a ticket: servers that it speaks of, and where its customer sits.

use app::model::{
    ids::ServerId,
    ticket::{Customer, Desktop, RelatedServer},
};
use sqlx::PgConnection;

use super::{
    Tickets,
    mentions::{Known, mentioned},
};
use crate::{
    services::servers::shown::rows_of,
    store::{self, tickets::one::ArticleRow},
};

/// So many servers are shown.
const SHOWN: usize = 5;
/// Bytes of a ticket that are read, the newest first.
const READ: usize = 1 << 20;

impl Tickets {
    /// Where the customer sits, if he is somebody of the directory.
    pub(super) async fn desktop(&self, db: &mut PgConnection, customer: Option<&Customer>) -> sqlx::Result<Desktop> {
        let Some(employee) = customer.and_then(|customer| customer.employee_id) else { return Ok(Desktop::default()) };
        let row = store::employees::by_id(db, employee).await?.filter(|row| row.deleted_at.is_none());
        Ok(row.map_or_else(Desktop::default, |row| Desktop {
            workstation: row.workstation.filter(|name| !name.is_empty()),
            ips: row.ips.iter().map(|ip| ip.ip.clone()).collect(),
        }))
    }

    /// Watched servers that the ticket speaks of, or that are the customer's own machine.
    pub(super) async fn servers_of(
        &self,
        db: &mut PgConnection,
        title: &str,
        articles: &[ArticleRow],
        desktop: &Desktop,
    ) -> sqlx::Result<Vec<RelatedServer>> {
        let known = store::servers::names(db).await?;
        let known: Vec<Known> =
            known.into_iter().map(|row| Known { id: row.id, name: row.name, address: row.address }).collect();
        let mut left = READ;
        let written = articles.iter().rev().flat_map(|article| [&*article.subject, &*article.body]);
        let written = written.take_while(|text| {
            let read = left > 0;
            left = left.saturating_sub(text.len());
            read
        });
        let own = desktop.workstation.iter().chain(&desktop.ips).map(String::as_str);
        let ids = mentioned(&known, std::iter::once(title).chain(written).chain(own), SHOWN);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = rows_of(&self.deps, db, &ids, self.caller.now).await?;
        let find = |id: &i64| rows.iter().find(|row| row.id == ServerId::from(*id));
        let shown = ids.iter().filter_map(find).map(|row| RelatedServer {
            id: row.id,
            name: row.name.clone(),
            address: row.address.clone(),
            state: row.state,
            since: row.since,
        });
        Ok(shown.collect())
    }
}
