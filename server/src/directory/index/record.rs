//! A person as the index wants it: only what can be searched.

use app::model::{
    employee::{Employee, EmployeeState},
    ids::EmployeeId,
};

/// A person to be found. Texts as they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Whose record it is.
    pub id: EmployeeId,
    /// Family name.
    pub surname: String,
    /// First name.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephones.
    pub phones: Vec<Line>,
    /// IPv4 addresses.
    pub ips: Vec<String>,
    /// Name of the computer.
    pub workstation: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// People who have left come after the others.
    pub state: EmployeeState,
}

/// A telephone: a number, an extension, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// E.164 with `+`.
    pub number: Option<String>,
    /// Digits.
    pub ext: Option<String>,
}

impl From<&Employee> for Record {
    fn from(employee: &Employee) -> Self {
        Self {
            id: employee.id,
            surname: employee.surname.clone(),
            name: employee.name.clone(),
            patronymic: employee.patronymic.clone(),
            email: employee.email.clone(),
            phones: employee
                .phones
                .iter()
                .map(|phone| Line { number: phone.number.clone(), ext: phone.ext.clone() })
                .collect(),
            ips: employee.ips.clone(),
            workstation: employee.workstation.clone(),
            position: employee.position.clone(),
            department: employee.department.clone(),
            unit: employee.unit.clone(),
            room: employee.room.clone(),
            state: employee.state,
        }
    }
}
