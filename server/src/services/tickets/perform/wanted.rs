//! What an action wants, of its request and its files; and what of it is sent.

use app::model::action::ActionRequest;

use super::{Attempt, Goal, Trouble};
use crate::{
    integrations::otrs::{Change, File, Ticket},
    services::tickets::plan::{self, Author, Paper},
    store,
};

impl Attempt<'_> {
    /// What is missing as OTRS takes it, with what is in the files.
    pub(super) async fn change(&self, missing: &Goal, goal: &Goal) -> sqlx::Result<Change> {
        let marker = &self.row.marker;
        let change = match (&goal.article, missing.is_files_alone()) {
            (Some(text), true) => {
                let words = app::i18n::texts(self.user.language).replies_lost_files();
                let article = plan::article_of_files(missing, text, words);
                plan::change(&Goal { article: Some(article), ..Goal::default() }, &plan::mark_of_files(marker))
            }
            _ => plan::change(missing, marker),
        };
        if missing.files.is_empty() {
            return Ok(change);
        }
        let files = store::actions::files(&mut *self.deps.db.acquire().await?, self.row.id).await?;
        let wanted = files.into_iter().zip(1_i32..).filter(|(_, n)| missing.files.iter().any(|paper| paper.n == *n));
        let file = |(file, _): (store::actions::File, i32)| File {
            name: file.name,
            content_type: file.kind,
            content: file.content,
        };
        Ok(Change { files: wanted.map(file).collect(), ..change })
    }

    pub(super) async fn goal(&self, ticket: &Ticket) -> Result<Goal, Trouble> {
        let request: ActionRequest = serde_json::from_value(self.row.request.clone())
            .map_err(|error| Trouble::Database(sqlx::Error::Decode(error.into())))?;
        let author = self.row.login.as_deref().map_or(Author::For(&self.name), Author::Agent);
        let files = store::actions::file_names(&mut *self.deps.db.acquire().await?, self.row.id).await?;
        let paper =
            |file: store::actions::FileName| Paper { n: file.n, name: file.name, size: file.size.unsigned_abs() };
        Ok(plan::goal(&request, files.into_iter().map(paper).collect(), ticket, author, &self.settings))
    }
}
