//! The people of the demo: Telegram users, one for each role of the product.
//!
//! Which role somebody really has is the product's business; the demo seed asks for it through the API.

use crate::launch::Person;

/// One of the demo's Telegram users.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    /// Telegram user id.
    pub id: i64,
    /// The role that the demo gives him: `admin`, `operator`, `employee` or `guest`.
    pub role: &'static str,
    /// `@username` without the sign.
    pub username: &'static str,
    /// First and last name in Russian.
    pub ru: (&'static str, &'static str),
    /// First and last name in English.
    pub en: (&'static str, &'static str),
}

/// The demo's administrator: `ADMIN_TELEGRAM_IDS` names him.
pub const ADMIN: Actor =
    Actor {
        id: 700_100, role: "admin", username: "anna_sokolova", ru: ("Анна", "Соколова"), en: ("Anna", "Sokolova")
    };

/// The operator on duty.
pub const OPERATOR: Actor = Actor {
    id: 700_200,
    role: "operator",
    username: "petr_vorontsov",
    ru: ("Пётр", "Воронцов"),
    en: ("Petr", "Vorontsov"),
};

/// Somebody from another department who looks people up.
pub const EMPLOYEE: Actor =
    Actor { id: 700_300, role: "employee", username: "olga_kim", ru: ("Ольга", "Ким"), en: ("Olga", "Kim") };

/// Somebody whom the product does not know.
pub const GUEST: Actor =
    Actor {
        id: 700_400, role: "guest", username: "oleg_nesterov", ru: ("Олег", "Нестеров"), en: ("Oleg", "Nesterov")
    };

/// Somebody else whom the product does not know; he has asked for access. No user of the client page.
pub const ASKING: Actor = Actor {
    id: 700_500,
    role: "guest",
    username: "sveta_romashova",
    ru: ("Светлана", "Ромашова"),
    en: ("Svetlana", "Romashova"),
};

/// The users of the client page, highest role first.
pub const ALL: [Actor; 4] = [ADMIN, OPERATOR, EMPLOYEE, GUEST];

impl Actor {
    /// His login in the simulated OTRS, where he is an agent; the password is this with `-pass`.
    #[must_use]
    pub fn login(&self) -> String {
        self.username.replace('_', ".")
    }

    /// The Telegram user with his client set to `language` (`ru`, anything else is English).
    #[must_use]
    pub fn person(&self, language: &str) -> Person {
        let (first, last) = if language == "ru" { self.ru } else { self.en };
        Person {
            id: self.id,
            first_name: first.to_owned(),
            last_name: Some(last.to_owned()),
            username: Some(self.username.to_owned()),
            language_code: Some(language.to_owned()),
            is_premium: self.role == "admin",
        }
    }
}
