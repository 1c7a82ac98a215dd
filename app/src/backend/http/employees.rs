//! The directory over `/api/v1/employees`, `/api/v1/departments` and `/api/v1/imports`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::{Employees, Imports, Records},
    model::{
        Result,
        employee::{Change, Department, Employee, EmployeeDraft, EmployeePatch, EmployeeQuery, Neighbours},
        ids::{EmployeeId, ImportId},
        import::{Download, ImportFile, ImportMode, ImportReport, ImportStatus},
        page::{Page, PageRequest},
    },
};

#[async_trait]
impl Employees for Http {
    async fn search(&self, query: EmployeeQuery, page: PageRequest) -> Result<Page<Employee>> {
        let mut call = Call::new(Method::GET, "/employees").page(&page);
        if !query.text.is_empty() {
            call = call.ask("q", &query.text);
        }
        if let Some(department) = &query.department {
            call = call.ask("department", department);
        }
        self.send(call).await
    }

    async fn by_ids(&self, ids: Vec<EmployeeId>) -> Result<Vec<Employee>> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let page: Page<Employee> = self.send(Call::new(Method::GET, "/employees").ask("ids", &ids.join(","))).await?;
        Ok(page.items)
    }

    async fn employee(&self, id: EmployeeId) -> Result<Employee> {
        self.send(Call::new(Method::GET, format!("/employees/{id}"))).await
    }

    async fn neighbours(&self, id: EmployeeId) -> Result<Neighbours> {
        self.send(Call::new(Method::GET, format!("/employees/{id}/neighbours"))).await
    }

    async fn departments(&self) -> Result<Vec<Department>> {
        let page: Page<Department> = self.send(Call::new(Method::GET, "/departments")).await?;
        Ok(page.items)
    }

    async fn change(&self, id: EmployeeId, patch: EmployeePatch) -> Result<Employee> {
        self.send(Call::new(Method::PATCH, format!("/employees/{id}")).json(&patch)?).await
    }

    async fn delete(&self, id: EmployeeId) -> Result<()> {
        self.tell(Call::new(Method::DELETE, format!("/employees/{id}"))).await
    }

    async fn restore(&self, id: EmployeeId) -> Result<Employee> {
        self.send(Call::new(Method::POST, format!("/employees/{id}/restore"))).await
    }

    async fn vcard_download(&self, id: EmployeeId) -> Result<Download> {
        self.send(Call::new(Method::POST, format!("/employees/{id}/vcard/download"))).await
    }
}

#[async_trait]
impl Records for Http {
    async fn history(&self, id: EmployeeId) -> Result<Vec<Change>> {
        let page: Page<Change> = self.send(Call::new(Method::GET, format!("/employees/{id}/history"))).await?;
        Ok(page.items)
    }

    async fn create(&self, draft: EmployeeDraft, key: String) -> Result<Employee> {
        self.send(Call::new(Method::POST, "/employees").key(key).json(&draft)?).await
    }

    async fn merge(&self, id: EmployeeId, other: EmployeeId) -> Result<Employee> {
        #[derive(serde::Serialize)]
        struct Other {
            other: EmployeeId,
        }
        self.send(Call::new(Method::POST, format!("/employees/{id}/merge")).json(&Other { other })?).await
    }
}

#[async_trait]
impl Imports for Http {
    async fn import(&self, file: ImportFile, mode: ImportMode) -> Result<ImportReport> {
        let dry_run = if mode == ImportMode::Preview { "true" } else { "false" };
        self.send(Call::new(Method::POST, "/employees/import").ask("dry_run", dry_run).file(file)).await
    }

    async fn import_status(&self) -> Result<ImportStatus> {
        self.send(Call::new(Method::GET, "/employees/import")).await
    }

    async fn import_report(&self, id: ImportId) -> Result<ImportReport> {
        self.send(Call::new(Method::GET, format!("/imports/{id}"))).await
    }

    async fn export_download(&self) -> Result<Download> {
        self.send(Call::new(Method::POST, "/employees/export/download")).await
    }

    async fn report_download(&self, id: ImportId) -> Result<Download> {
        self.send(Call::new(Method::POST, format!("/imports/{id}/report/download"))).await
    }
}
