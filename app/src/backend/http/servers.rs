//! Servers, monitors, groups and planned windows over `/api/v1`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::{Overview, Servers},
    model::{
        Result,
        history::{History, HistoryQuery},
        ids::{GroupId, MaintenanceId, MonitorId, ServerId},
        import::{ImportFile, ImportMode},
        maintenance::{Maintenance, MaintenanceDraft, MaintenancePreview},
        monitor::{Check, CheckNow, Monitor, MonitorDraft, MonitorPatch, MonitorTest},
        page::Page,
        server::{Group, Server, ServerDraft, ServerList, ServerPatch, ServerQuery, ServerSummary},
        server_import::ServerImportReport,
        settings::MonitoringSettings,
        wire_time::time_text,
    },
};

#[derive(serde::Serialize)]
struct Named {
    name: String,
}

#[async_trait]
impl Overview for Http {
    async fn summary(&self) -> Result<ServerSummary> {
        self.send(Call::new(Method::GET, "/servers/summary")).await
    }
}

#[async_trait]
impl Servers for Http {
    async fn list(&self, query: ServerQuery) -> Result<ServerList> {
        let mut call = Call::new(Method::GET, "/servers");
        if !query.text.is_empty() {
            call = call.ask("q", &query.text);
        }
        if let Some(group) = &query.group {
            call = call.ask("group", group);
        }
        if let Some(state) = query.state {
            call = call.ask("state", state.as_str());
        }
        self.send(call).await
    }

    async fn server(&self, id: ServerId) -> Result<Server> {
        self.send(Call::new(Method::GET, format!("/servers/{id}"))).await
    }

    async fn history(&self, id: ServerId, query: HistoryQuery) -> Result<History> {
        let mut call = Call::new(Method::GET, format!("/servers/{id}/history"))
            .ask("from", &time_text(query.from))
            .ask("to", &time_text(query.to))
            .ask("points", &query.points.to_string());
        if let Some(monitor) = query.monitor {
            call = call.ask("monitor", &monitor.to_string());
        }
        self.send(call).await
    }

    async fn check_now(&self, id: ServerId) -> Result<CheckNow> {
        self.send(Call::new(Method::POST, format!("/servers/{id}/check-now"))).await
    }

    async fn create(&self, draft: ServerDraft, key: String) -> Result<Server> {
        self.send(Call::new(Method::POST, "/servers").key(key).json(&draft)?).await
    }

    async fn change(&self, id: ServerId, patch: ServerPatch) -> Result<Server> {
        self.send(Call::new(Method::PATCH, format!("/servers/{id}")).json(&patch)?).await
    }

    async fn delete(&self, id: ServerId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/servers/{id}"))).await
    }

    async fn restore(&self, id: ServerId) -> Result<Server> {
        self.send(Call::new(Method::POST, format!("/servers/{id}/restore"))).await
    }

    async fn add_monitor(&self, server: ServerId, draft: MonitorDraft, key: String) -> Result<Monitor> {
        self.send(Call::new(Method::POST, format!("/servers/{server}/monitors")).key(key).json(&draft)?).await
    }

    async fn change_monitor(&self, id: MonitorId, patch: MonitorPatch) -> Result<Monitor> {
        self.send(Call::new(Method::PATCH, format!("/monitors/{id}")).json(&patch)?).await
    }

    async fn delete_monitor(&self, id: MonitorId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/monitors/{id}"))).await
    }

    async fn test_monitor(&self, test: MonitorTest) -> Result<Check> {
        self.send(Call::new(Method::POST, "/monitors/test").json(&test)?).await
    }

    async fn groups(&self) -> Result<Vec<Group>> {
        let page: Page<Group> = self.send(Call::new(Method::GET, "/groups")).await?;
        Ok(page.items)
    }

    async fn create_group(&self, name: String, key: String) -> Result<Group> {
        self.send(Call::new(Method::POST, "/groups").key(key).json(&Named { name })?).await
    }

    async fn rename_group(&self, id: GroupId, name: String) -> Result<Group> {
        self.send(Call::new(Method::PATCH, format!("/groups/{id}")).json(&Named { name })?).await
    }

    async fn delete_group(&self, id: GroupId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/groups/{id}"))).await
    }

    async fn maintenance(&self) -> Result<Vec<Maintenance>> {
        let page: Page<Maintenance> = self.send(Call::new(Method::GET, "/maintenance")).await?;
        Ok(page.items)
    }

    async fn plan(&self, draft: MaintenanceDraft, key: String) -> Result<Maintenance> {
        self.send(Call::new(Method::POST, "/maintenance").key(key).json(&draft)?).await
    }

    async fn preview(&self, draft: MaintenanceDraft) -> Result<MaintenancePreview> {
        self.send(Call::new(Method::POST, "/maintenance/preview").json(&draft)?).await
    }

    async fn cancel_maintenance(&self, id: MaintenanceId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/maintenance/{id}"))).await
    }

    async fn settings(&self) -> Result<MonitoringSettings> {
        self.send(Call::new(Method::GET, "/settings/monitoring")).await
    }

    async fn change_settings(&self, settings: MonitoringSettings) -> Result<MonitoringSettings> {
        self.send(Call::new(Method::PUT, "/settings/monitoring").json(&settings)?).await
    }

    async fn import(&self, file: ImportFile, mode: ImportMode) -> Result<ServerImportReport> {
        let dry_run = if mode == ImportMode::Preview { "true" } else { "false" };
        self.send(Call::new(Method::POST, "/servers/import").ask("dry_run", dry_run).file(file)).await
    }
}
