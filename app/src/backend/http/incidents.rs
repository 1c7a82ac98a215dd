//! Incidents over `/api/v1/incidents`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::Incidents,
    model::{
        Result,
        ids::{IncidentId, ServerId},
        incident::{Incident, IncidentAction, IncidentQuery},
        page::{Page, PageRequest},
    },
};

/// What is said with an action; each takes what it needs.
#[derive(Default, serde::Serialize)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[async_trait]
impl Incidents for Http {
    async fn list(&self, query: IncidentQuery, server: Option<ServerId>, page: PageRequest) -> Result<Page<Incident>> {
        let state = match query {
            IncidentQuery::Open => "open",
            IncidentQuery::Closed => "closed",
            IncidentQuery::All => "all",
        };
        let mut call = Call::new(Method::GET, "/incidents").page(&page).ask("state", state);
        if let Some(server) = server {
            call = call.ask("server", &server.to_string());
        }
        self.send(call).await
    }

    async fn incident(&self, id: IncidentId) -> Result<Incident> {
        self.send(Call::new(Method::GET, format!("/incidents/{id}"))).await
    }

    async fn act(&self, id: IncidentId, action: IncidentAction, key: String) -> Result<Incident> {
        let (name, said) = match action {
            IncidentAction::Acknowledge => ("acknowledge", Said::default()),
            IncidentAction::Silence { minutes, reason } => {
                ("silence", Said { minutes: Some(minutes), reason: Some(reason), ..Said::default() })
            }
            IncidentAction::Comment { text } => ("comment", Said { text: Some(text), ..Said::default() }),
            IncidentAction::Resolve => ("resolve", Said::default()),
            IncidentAction::Reopen => ("reopen", Said::default()),
        };
        self.send(Call::new(Method::POST, format!("/incidents/{id}/{name}")).key(key).json(&said)?).await
    }
}
