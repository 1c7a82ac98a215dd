//! Tickets, actions and the link to OTRS over `/api/v1`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::{Actions, OtrsLinks, Tickets},
    model::{
        Result,
        action::{Action, ActionRequest, ActionState, NewFile, NewTicket, Upload},
        ids::{ActionId, TicketId, UploadId},
        import::Download,
        otrs_link::{OtrsLink, OtrsSignIn, TicketSettings},
        page::{Page, PageRequest},
        reading,
        ticket::{
            Owner, Queue, Ticket, TicketChoices, TicketCounts, TicketList, TicketQuery, TicketSort, asked::FieldValue,
        },
    },
};

#[async_trait]
impl Tickets for Http {
    async fn list(&self, query: TicketQuery, page: PageRequest) -> Result<TicketList> {
        let owner = match &query.owner {
            None => "",
            Some(Owner::Me) => "me",
            Some(Owner::None) => "none",
            Some(Owner::Agent(login)) => login,
        };
        let wanted = [
            ("q", query.text.as_str()),
            ("view", query.view.map_or("", |view| view.as_str())),
            ("queue", query.queue.as_deref().unwrap_or_default()),
            ("state", query.state.as_deref().unwrap_or_default()),
            ("owner", owner),
            ("customer", query.customer.as_deref().unwrap_or_default()),
            ("sort", if query.sort == TicketSort::default() { "" } else { query.sort.as_str() }),
        ];
        let mut call = Call::new(Method::GET, "/tickets").page(&page);
        for (name, value) in wanted.into_iter().filter(|(_, value)| !value.is_empty()) {
            call = call.ask(name, value);
        }
        self.send(call).await
    }

    async fn by_ids(&self, ids: Vec<TicketId>) -> Result<Vec<Ticket>> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let list: TicketList = self.send(Call::new(Method::GET, "/tickets").ask("ids", &ids.join(","))).await?;
        Ok(list.items)
    }

    async fn counts(&self) -> Result<TicketCounts> {
        self.send(Call::new(Method::GET, "/tickets/counts")).await
    }

    async fn ticket(&self, id: TicketId) -> Result<Ticket> {
        self.send(Call::new(Method::GET, format!("/tickets/{id}"))).await
    }

    async fn seen(&self, id: TicketId) -> Result<()> {
        self.tell(Call::new(Method::POST, format!("/tickets/{id}/seen"))).await
    }

    async fn watch(&self, id: TicketId) -> Result<()> {
        self.tell(Call::new(Method::POST, format!("/tickets/{id}/watch"))).await
    }

    async fn unwatch(&self, id: TicketId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/tickets/{id}/watch"))).await
    }

    async fn attachment_download(&self, id: TicketId, n: u32) -> Result<Download> {
        self.send(Call::new(Method::POST, format!("/tickets/{id}/attachments/{n}/download"))).await
    }

    async fn attachment_preview(&self, id: TicketId, n: u32) -> Result<Download> {
        self.send(Call::new(Method::POST, format!("/tickets/{id}/attachments/{n}/preview"))).await
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        let page: Page<Queue> = self.send(Call::new(Method::GET, "/queues")).await?;
        Ok(page.items)
    }

    async fn choices(&self) -> Result<TicketChoices> {
        self.send(Call::new(Method::GET, "/tickets/choices")).await
    }
}

#[async_trait]
impl Actions for Http {
    async fn act(&self, id: TicketId, request: ActionRequest, key: String) -> Result<Action> {
        self.send(Call::new(Method::POST, format!("/tickets/{id}/actions")).key(key).json(&request)?).await
    }

    async fn create(&self, ticket: NewTicket, key: String) -> Result<Action> {
        self.send(Call::new(Method::POST, "/tickets").key(key).json(&ticket)?).await
    }

    async fn upload(&self, file: NewFile) -> Result<Upload> {
        self.send(Call::new(Method::POST, "/uploads").json(&file)?).await
    }

    async fn drop_upload(&self, id: UploadId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/uploads/{id}"))).await
    }

    async fn undo(&self, id: ActionId) -> Result<Action> {
        self.send(Call::new(Method::DELETE, format!("/actions/{id}"))).await
    }

    async fn undo_key(&self, key: String) -> Result<Action> {
        self.send(Call::new(Method::DELETE, "/actions").ask("key", &key)).await
    }

    async fn retry(&self, id: ActionId) -> Result<Action> {
        self.send(Call::new(Method::POST, format!("/actions/{id}/retry"))).await
    }

    async fn actions(&self, state: Option<ActionState>, page: PageRequest) -> Result<Page<Action>> {
        let mut call = Call::new(Method::GET, "/actions").page(&page);
        if let Some(state) = state {
            call = call.ask("state", state.as_str());
        }
        let reading::Actions(page) = self.send(call).await?;
        Ok(page)
    }
}

#[async_trait]
impl OtrsLinks for Http {
    async fn link(&self) -> Result<OtrsLink> {
        self.send(Call::new(Method::GET, "/otrs-link")).await
    }

    async fn sign_in(&self, sign_in: OtrsSignIn) -> Result<OtrsLink> {
        self.send(Call::new(Method::POST, "/otrs-link").json(&sign_in)?).await
    }

    async fn sign_out(&self) -> Result<OtrsLink> {
        self.send(Call::new(Method::DELETE, "/otrs-link")).await
    }

    async fn settings(&self) -> Result<TicketSettings> {
        self.send(Call::new(Method::GET, "/settings/tickets")).await
    }

    async fn change_settings(&self, settings: TicketSettings) -> Result<TicketSettings> {
        self.send(Call::new(Method::PUT, "/settings/tickets").json(&settings)?).await
    }

    async fn known_fields(&self) -> Result<Vec<FieldValue>> {
        let page: Page<FieldValue> = self.send(Call::new(Method::GET, "/settings/tickets/fields")).await?;
        Ok(page.items)
    }
}
