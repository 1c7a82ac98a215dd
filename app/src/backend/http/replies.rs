//! Ready texts and mails to customers over `/api/v1`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::{Mailings, Replies},
    model::{
        Result,
        ids::ReplyId,
        mailing::{MailArrived, MailCheck, MailCheckRequest, MailingReport},
        page::Page,
        reply::{Reply, ReplyChange, ReplyDraft},
    },
};

#[async_trait]
impl Replies for Http {
    async fn replies(&self) -> Result<Vec<Reply>> {
        let page: Page<Reply> = self.send(Call::new(Method::GET, "/replies")).await?;
        Ok(page.items)
    }

    async fn create_reply(&self, draft: ReplyDraft, key: String) -> Result<Reply> {
        self.send(Call::new(Method::POST, "/replies").key(key).json(&draft)?).await
    }

    async fn change_reply(&self, id: ReplyId, change: ReplyChange) -> Result<Reply> {
        self.send(Call::new(Method::PATCH, format!("/replies/{id}")).json(&change)?).await
    }

    async fn delete_reply(&self, id: ReplyId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/replies/{id}"))).await
    }
}

#[async_trait]
impl Mailings for Http {
    async fn report(&self) -> Result<MailingReport> {
        self.send(Call::new(Method::GET, "/settings/tickets/mailing")).await
    }

    async fn check(&self, request: MailCheckRequest) -> Result<MailCheck> {
        self.send(Call::new(Method::POST, "/settings/tickets/mailing/check").json(&request)?).await
    }

    async fn arrived(&self, arrived: bool) -> Result<MailingReport> {
        let answer = MailArrived { arrived };
        self.send(Call::new(Method::POST, "/settings/tickets/mailing/answer").json(&answer)?).await
    }
}
