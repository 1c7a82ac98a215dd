//! Two records of the same person become one.
//!
//! What the kept record lacks comes from the other one. Telephones and addresses that come over count as
//! added by hand, so that the next import, which knows only one of the two, does not drop them.

use app::model::{
    Error, Result,
    employee::{ChangeKind, Employee, Field},
    ids::{AccountId, EmployeeId},
};
use serde_json::json;
use sqlx::PgConnection;

use super::{Employees, difference, draft, shown};
use crate::{
    auth::policy::Action,
    directory::fields::phone,
    store::{self, audit::Entry, employees::Row},
};

impl Employees {
    pub(super) async fn merge_two(&self, id: EmployeeId, other: EmployeeId) -> Result<Employee> {
        let by = self.caller.may(Action::ManageDirectory)?.account;
        if id == other {
            return Err(Error::invalid("other", "other"));
        }
        let mut tx = self.begin().await?;
        let mut rows =
            store::employees::lock(&mut tx, &[id.get(), other.get()]).await.map_err(|error| self.failed(error))?;
        let mut take = |wanted| rows.iter().position(|row| row.id == wanted).map(|at| rows.swap_remove(at));
        let (Some(before), Some(mut gone)) = (take(id), take(other)) else { return Err(Error::NotFound) };
        if before.deleted_at.is_some() {
            return Err(Error::NotFound);
        }
        if gone.merged_into == Some(id.get()) {
            return Ok(shown::employee(before));
        }
        if gone.deleted_at.is_some() {
            return Err(Error::NotFound);
        }
        let kept = fill(before.clone(), &gone);
        gone.deleted_at = Some(self.caller.now);
        gone.merged_into = Some(id.get());
        // In this order: the e-mail of the other record is free only once that one is merged.
        self.store(&mut tx, &gone).await?;
        self.store(&mut tx, &kept).await?;
        self.move_account(&mut tx, by, other, id).await.map_err(|error| self.failed(error))?;
        let fields = difference::between(Some(&before), &kept);
        self.note(&mut tx, &kept, by, ChangeKind::Merged, Some(other), &fields).await?;
        self.note(&mut tx, &gone, by, ChangeKind::Deleted, Some(id), &[]).await?;
        self.commit_and_show(tx, &[id, other]).await
    }

    async fn move_account(
        &self,
        tx: &mut PgConnection,
        by: AccountId,
        from: EmployeeId,
        to: EmployeeId,
    ) -> sqlx::Result<()> {
        let Some((account, linked)) = store::employees::write::move_account(tx, from, to).await? else {
            return Ok(());
        };
        let detail = json!({ "before": from, "after": linked.then_some(to) });
        let entry = Entry {
            at: self.caller.now,
            by: Some(by),
            action: "account.employee",
            object: format!("account:{account}"),
            detail,
        };
        store::audit::insert(tx, &entry).await
    }
}

/// `kept` with what it lacks from `other`.
fn fill(mut kept: Row, other: &Row) -> Row {
    fn blank<T: Clone>(kept: &mut Option<T>, other: &Option<T>) -> bool {
        let fills = kept.is_none() && other.is_some();
        if fills {
            kept.clone_from(other);
        }
        fills
    }
    let filled = [
        (Field::Patronymic, blank(&mut kept.patronymic, &other.patronymic)),
        (Field::Email, blank(&mut kept.email, &other.email)),
        (Field::Workstation, blank(&mut kept.workstation, &other.workstation)),
        (Field::Position, blank(&mut kept.position, &other.position)),
        (Field::Department, blank(&mut kept.department, &other.department)),
        (Field::Unit, blank(&mut kept.unit, &other.unit)),
        (Field::Room, blank(&mut kept.room, &other.room)),
        (Field::Hired, blank(&mut kept.hired, &other.hired)),
        (Field::Note, blank(&mut kept.note, &other.note)),
    ];
    // What was edited by hand there stays protected from imports here, and nothing else is.
    for (field, filled) in filled {
        let name = field.as_str();
        if !filled {
            continue;
        }
        kept.edited_fields.retain(|edited| edited != name);
        if other.edited_fields.iter().any(|edited| edited == name) {
            kept.edited_fields.push(name.into());
        }
    }
    let mut phones: Vec<_> = kept.phones.iter().map(shown::phone).collect();
    for phone in other.phones.iter().map(shown::phone) {
        phone::add(&mut phones, phone);
    }
    let mut ips: Vec<_> = kept.ips.iter().map(|ip| ip.ip.clone()).collect();
    ips.extend(other.ips.iter().filter(|ip| !kept.ips.iter().any(|known| known.ip == ip.ip)).map(|ip| ip.ip.clone()));
    draft::set_lists(&mut kept, phones, ips);
    kept
}
