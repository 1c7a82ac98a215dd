//! The rights table: role × action → allowed. Pure; every service asks it, nothing else decides.

use app::model::user::Role;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Ask for access.
    RequestAccess,
    /// Search and read the directory.
    ReadDirectory,
    /// Create and change employees, see who changed what.
    EditEmployees,
    /// Import, export, merge, delete.
    ManageDirectory,
    /// Roles, employee links and sessions of others.
    ManageAccounts,
    /// See servers and incidents.
    ReadServers,
    /// Acknowledge, silence, plan maintenance, check now.
    OperateServers,
    /// Servers, monitors, groups.
    ConfigureServers,
    /// See tickets and act on them, within the rights in OTRS.
    WorkTickets,
    /// How tickets are dealt with here, and which queues a role sees.
    ConfigureTickets,
}

/// Whether this role may do this.
#[must_use]
pub fn allowed(role: Role, action: Action) -> bool {
    let from = match action {
        Action::RequestAccess => return role == Role::Guest,
        Action::ReadDirectory | Action::ReadServers => Role::Employee,
        Action::EditEmployees | Action::OperateServers | Action::WorkTickets => Role::Operator,
        Action::ManageDirectory | Action::ManageAccounts | Action::ConfigureServers | Action::ConfigureTickets => {
            Role::Admin
        }
    };
    role >= from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_rights() {
        use Action::{
            ConfigureServers, ConfigureTickets, EditEmployees, ManageAccounts, ManageDirectory, OperateServers,
            ReadDirectory, ReadServers, RequestAccess, WorkTickets,
        };
        let table = [
            (RequestAccess, [true, false, false, false]),
            (ReadDirectory, [false, true, true, true]),
            (EditEmployees, [false, false, true, true]),
            (ManageDirectory, [false, false, false, true]),
            (ManageAccounts, [false, false, false, true]),
            (ReadServers, [false, true, true, true]),
            (OperateServers, [false, false, true, true]),
            (ConfigureServers, [false, false, false, true]),
            (WorkTickets, [false, false, true, true]),
            (ConfigureTickets, [false, false, false, true]),
        ];
        for (action, expected) in table {
            assert_eq!(Role::ALL.map(|role| allowed(role, action)), expected, "{action:?}");
        }
    }
}
