//! October 2024 as the histories of its tickets, by a clock in UTC. The organisation is in Moscow, three hours ahead.

use simulators::otrs::{
    World,
    ticket::{Article, Entry, Ticket},
};

/// Number and login.
pub type Agent = (i64, &'static str);
pub const ANNA: Agent = (2, "agent1");
pub const BOB: Agent = (3, "agent2");
/// Customers and OTRS itself.
const NOBODY: Agent = (1, "root@localhost");

const HELPDESK: i64 = 5;
const NETWORK: i64 = 6;

/// What happens to a ticket.
pub enum What {
    Arrives(i64),
    Takes,
    Notes,
    Answers,
    Closes,
    Rejects,
    Reopens,
    Moves(i64),
    Merges,
}

use What::{Answers, Arrives, Closes, Merges, Moves, Notes, Rejects, Reopens, Takes};

type Line = (&'static str, Agent, What);

/// The tickets. Behind each deed: what it counts for.
pub const MONTH: &[(i64, &[Line])] = &[
    (
        101,
        &[
            ("2024-09-30 21:30:00", NOBODY, Arrives(HELPDESK)), // 1 October, 00:30 in Moscow: arrived
            ("2024-09-30 22:00:00", ANNA, Takes),               // taken, received
            ("2024-09-30 22:15:00", ANNA, Notes),               // nothing: the customer does not see it
            ("2024-09-30 22:30:00", ANNA, Answers),             // answered; first answer after 60 min
            ("2024-09-30 23:30:00", ANNA, Closes),              // closed; after 120 min
        ],
    ),
    (
        102,
        &[
            ("2024-10-02 08:00:00", NOBODY, Arrives(HELPDESK)), // arrived
            ("2024-10-02 08:10:00", ANNA, Takes),               // taken, received
            ("2024-10-02 08:20:00", ANNA, Answers),             // answered; first answer after 20 min
            ("2024-10-02 09:00:00", ANNA, Answers),             // answered
            ("2024-10-02 10:00:00", ANNA, Closes),              // closed; without a time, it is not the last one
            ("2024-10-03 08:00:00", NOBODY, Reopens),           // reopened, for Anna
            ("2024-10-03 08:30:00", BOB, Takes),                // taken, received
            ("2024-10-03 12:00:00", BOB, Closes),               // closed; 28 h after the arrival: 1 680 min
        ],
    ),
    (
        103,
        &[
            ("2024-10-05 10:00:00", NOBODY, Arrives(NETWORK)), // arrived
            ("2024-10-05 10:30:00", BOB, Answers),             // answered; first answer after 30 min
            ("2024-10-05 10:30:00", BOB, Rejects),             // rejected; after 30 min
        ],
    ),
    (
        104,
        &[
            ("2024-10-10 12:00:00", NOBODY, Arrives(HELPDESK)), // arrived, in Helpdesk
            ("2024-10-10 12:05:00", ANNA, Moves(NETWORK)),      // nothing
            ("2024-10-10 13:00:00", BOB, Takes),                // taken, received, in Network
            ("2024-10-10 14:00:00", BOB, Closes),               // closed in Network; after 120 min
        ],
    ),
    (
        105,
        &[
            ("2024-10-12 12:00:00", NOBODY, Arrives(HELPDESK)), // arrived
            ("2024-10-12 12:30:00", ANNA, Merges),              // nothing
        ],
    ),
    (
        106,
        &[
            ("2024-10-31 20:59:59", NOBODY, Arrives(HELPDESK)), // arrived, in the last second
            ("2024-11-01 08:00:00", ANNA, Closes),              // in November
        ],
    ),
    (107, &[("2024-10-31 21:00:00", NOBODY, Arrives(HELPDESK))]), // in November
    (
        108,
        &[
            ("2024-09-20 06:00:00", NOBODY, Arrives(HELPDESK)), // in September
            ("2024-10-01 06:00:00", ANNA, Answers),             // answered; first answer after 264 h: 15 840 min
            ("2024-10-01 07:00:00", ANNA, Closes),              // closed; after 15 900 min
        ],
    ),
];

/// Writes the tickets as OTRS would have.
pub fn write(world: &mut World, tickets: &[(i64, &[Line])]) {
    let pattern = world.tickets[&1].clone();
    for (id, lines) in tickets {
        let ticket = Ticket {
            id: *id,
            number: format!("20241001{id:08}"),
            title: format!("Заявка {id}"),
            customer_user: Some("tina".to_owned()),
            history: Vec::new(),
            articles: Vec::new(),
            ..pattern.clone()
        };
        let mut writing = Writing { ticket, at: 0, by: 1 };
        for (at, (by, login), what) in *lines {
            (writing.at, writing.by) = (seconds(at), *by);
            writing.line(login, what);
        }
        writing.ticket.created = writing.ticket.history[0].at;
        writing.ticket.changed = writing.at;
        world.tickets.insert(*id, writing.ticket);
    }
}

struct Writing {
    ticket: Ticket,
    at: i64,
    by: i64,
}

impl Writing {
    fn line(&mut self, login: &str, what: &What) {
        match what {
            Arrives(queue) => {
                self.ticket.queue = *queue;
                self.ticket.state = 1;
                let name = format!("%%{}%%Queue%%3 normal%%new%%{}", self.ticket.number, self.ticket.id);
                self.entry("NewTicket", &name, 0);
                self.article("customer", true, "NewTicket");
            }
            Takes => {
                self.ticket.locked = true;
                self.entry("Lock", "%%lock", 0);
                self.ticket.owner = self.by;
                self.entry("OwnerUpdate", &format!("%%{login}%%{}", self.by), 0);
            }
            Notes => self.article("agent", false, "AddNote"),
            Answers => self.article("agent", true, "SendAnswer"),
            Closes => self.state(2, "closed successful"),
            Rejects => self.state(3, "closed unsuccessful"),
            Reopens => self.state(4, "open"),
            Merges => {
                self.entry("Merged", "%%2024100100000105%%105%%2024100100000104%%104", 0);
                self.state(9, "merged");
            }
            Moves(queue) => {
                self.ticket.queue = *queue;
                self.entry("Move", &format!("%%Network%%{queue}%%Helpdesk%%5"), 0);
            }
        }
    }

    fn state(&mut self, state: i64, name: &str) {
        self.ticket.state = state;
        self.entry("StateUpdate", &format!("%%before%%{name}%%"), 0);
        if self.ticket.locked {
            self.entry("OwnerUpdate", "Reset owner to root@localhost.", 0);
            (self.ticket.owner, self.ticket.locked) = (1, false);
            self.entry("Unlock", "%%unlock", 0);
        }
    }

    fn article(&mut self, sender: &'static str, visible: bool, kind: &'static str) {
        let id = self.ticket.id * 100 + i64::try_from(self.ticket.articles.len()).expect("few") + 1;
        self.ticket.articles.push(Article {
            id,
            channel: 1,
            sender,
            visible,
            from: "Tina Tester <tina@corp.test>".to_owned(),
            subject: "Заявка".to_owned(),
            body: "Текст".to_owned(),
            mime_type: "text/plain".to_owned(),
            charset: "utf-8".to_owned(),
            created: self.at,
            created_by: self.by,
            incoming: self.at,
            ..Article::default()
        });
        self.entry(kind, "%%text", id);
    }

    fn entry(&mut self, kind: &'static str, name: &str, article: i64) {
        self.ticket.history.push(Entry {
            at: self.at,
            by: self.by,
            kind,
            name: name.to_owned(),
            article,
            queue: self.ticket.queue,
            state: self.ticket.state,
            owner: self.ticket.owner,
            priority: 3,
            type_id: 1,
        });
    }
}

fn seconds(at: &str) -> i64 {
    let (day, clock) = at.split_once(' ').expect("a time");
    app::model::wire_time::time(&format!("{day}T{clock}Z")).expect("a time").unix_timestamp()
}
