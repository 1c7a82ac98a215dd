//! Who may do what: agents with rights per group, and customers.

use std::collections::HashMap;

/// What a group's tickets allow an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights(Vec<&'static str>);

/// Every single right; `rw` holds all of them.
pub const RIGHTS: [&str; 9] =
    ["ro", "move_into", "create", "note", "owner", "priority", "responsible", "close", "pending"];

impl Rights {
    /// All.
    #[must_use]
    pub fn all() -> Self {
        Self(vec!["rw"])
    }

    /// Reading alone.
    #[must_use]
    pub fn read_only() -> Self {
        Self(vec!["ro"])
    }

    /// None.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// These, `ro` included where there is any.
    #[must_use]
    pub fn only(names: &[&str]) -> Self {
        let known = RIGHTS.into_iter().chain(["rw"]).filter(|right| names.contains(right) || *right == "ro");
        Self(if names.is_empty() { Vec::new() } else { known.collect() })
    }

    /// Whether this one is among them.
    #[must_use]
    pub fn allow(&self, right: &str) -> bool {
        self.0.contains(&"rw") || self.0.contains(&right)
    }

    /// Their names.
    #[must_use]
    pub fn names(&self) -> &[&'static str] {
        &self.0
    }
}

/// An agent.
#[derive(Clone, Debug)]
pub struct Agent {
    /// His number; 1 is `root@localhost`.
    pub id: i64,
    /// His login.
    pub login: String,
    /// His password; `root@localhost` cannot sign in here.
    pub password: Option<String>,
    /// First and last name.
    pub name: (String, String),
    /// His address.
    pub email: String,
    /// By the group.
    pub rights: HashMap<i64, Rights>,
}

impl Agent {
    /// An agent whose password is the login with `-pass`.
    #[must_use]
    pub fn new(id: i64, login: &str, name: (&str, &str), rights: &[(i64, Rights)]) -> Self {
        Self {
            id,
            login: login.to_owned(),
            password: Some(format!("{login}-pass")),
            name: (name.0.to_owned(), name.1.to_owned()),
            email: format!("{login}@corp.test"),
            rights: rights.iter().cloned().collect(),
        }
    }

    /// `root@localhost`: nobody.
    #[must_use]
    pub fn root() -> Self {
        let nobody = ("Admin", "OTRS");
        Self { password: None, email: String::new(), ..Self::new(1, "root@localhost", nobody, &[]) }
    }

    /// First and last name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.name.0, self.name.1)
    }
}

/// A customer user.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
    /// First and last name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The company.
    pub company: String,
}

impl Customer {
    /// A customer user whose password is the login with `-pass`.
    #[must_use]
    pub fn new(login: &str, name: &str, email: &str, company: &str) -> Self {
        Self {
            login: login.to_owned(),
            password: format!("{login}-pass"),
            name: name.to_owned(),
            email: email.to_owned(),
            company: company.to_owned(),
        }
    }
}

/// The agents of the recordings: `agent1` may all, `agent2` only reads in group 4, `agent3` may nothing there.
#[must_use]
pub fn recorded_agents() -> Vec<Agent> {
    let (users, network) = ((1, Rights::all()), |rights| (4, rights));
    vec![
        Agent::root(),
        Agent::new(2, "agent1", ("Anna", "Agent"), &[users.clone(), network(Rights::all())]),
        Agent::new(3, "agent2", ("Bob", "Agent"), &[users.clone(), network(Rights::read_only())]),
        Agent::new(4, "agent3", ("Carl", "Agent"), std::slice::from_ref(&users)),
        Agent::new(5, "svc-api", ("Service", "Api"), &[users, network(Rights::all())]),
    ]
}

/// The customers of the recordings.
#[must_use]
pub fn recorded_customers() -> Vec<Customer> {
    vec![
        Customer::new("tina", "Tina Tester", "tina@corp.test", "acme"),
        Customer::new("igor", "Игорь Петров", "igor@corp.test", "romashka"),
    ]
}
