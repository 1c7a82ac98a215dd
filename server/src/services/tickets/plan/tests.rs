use time::macros::datetime;

use super::*;
use crate::integrations::otrs::{Agent, Deadlines, HistoryEntry, HostTime, Named, StateKind, TicketId};

const MARK: &str = "Vakhta k1";

fn named(id: i64, name: &str) -> Named {
    Named { id, name: name.into() }
}

fn ticket() -> Ticket {
    let anna = || Agent { id: 2, login: "anna".into() };
    Ticket {
        id: TicketId::new(7),
        number: "2026112010000017".into(),
        title: "Принтер".into(),
        queue: named(5, "Helpdesk"),
        state: named(4, "open"),
        state_kind: StateKind::Open,
        priority: named(3, "3 normal"),
        locked: true,
        owner: anna(),
        responsible: anna(),
        customer_user: Some("tina".into()),
        customer_company: None,
        kind: None,
        service: None,
        sla: None,
        created_at: datetime!(2026-11-20 08:00 UTC),
        created_by: 2,
        changed_at: datetime!(2026-11-20 09:00 UTC),
        changed: HostTime::EARLIEST,
        changed_by: 2,
        pending_until: None,
        deadlines: Deadlines::default(),
        first_response_at: None,
        first_lock_at: None,
        closed_at: None,
        fields: Vec::new(),
        articles: Vec::new(),
    }
}

fn history(names: &[&str]) -> History {
    let entry = |name: &&str| HistoryEntry {
        at: datetime!(2026-11-20 09:00 UTC),
        by: 2,
        kind: "AddNote".into(),
        name: format!("%%{name}"),
        article: Some(ArticleId::new(31)),
        queue: 5,
        state: 4,
        owner: 2,
        priority: 3,
    };
    History { ticket: TicketId::new(7), entries: names.iter().map(entry).collect() }
}

fn asked(action: ActionKind) -> ActionRequest {
    ActionRequest { comment: Some("Готово".into()), ..ActionRequest::new(action) }
}

fn goal_of(request: &ActionRequest, ticket: &Ticket) -> Goal {
    goal(request, Vec::new(), ticket, Author::Agent("anna"), &TicketSettings::default())
}

#[test]
fn what_is_half_done_leaves_the_other_half() {
    let request = asked(ActionKind::Close);
    let wanted = goal_of(&request, &ticket());
    assert_eq!(missing(&wanted, &ticket(), &history(&[]), MARK), wanted, "nothing happened yet");
    // Closed, and the owner reset: the article is what is left, and the owner.
    let nobody = Agent { id: 1, login: "root@localhost".into() };
    let closed = Ticket { state: named(2, "closed successful"), owner: nobody, locked: false, ..ticket() };
    let left = missing(&wanted, &closed, &history(&["other"]), MARK);
    assert_eq!((left.state.clone(), left.owner.as_deref()), (None, Some("anna")));
    assert!(left.article.is_some());
    // Written, and not closed: the article is not written twice.
    let left = missing(&wanted, &ticket(), &history(&["other", MARK]), MARK);
    assert_eq!((left.state.as_deref(), left.article), (Some("closed successful"), None));
    assert_eq!(left.owner.as_deref(), Some("anna"), "closing would take the owner away again");
    let done = Ticket { owner: Agent { id: 2, login: "Anna".into() }, ..closed };
    assert!(missing(&wanted, &done, &history(&[MARK]), MARK).is_reached(), "logins differ in case on some databases");
}

#[test]
fn moving_keeps_the_owner_of_a_taken_ticket_and_gives_nobody_a_free_one() {
    let request = ActionRequest { queue: Some("Network".into()), ..ActionRequest::new(ActionKind::Move) };
    let taken = goal_of(&request, &ticket());
    assert_eq!((taken.owner.as_deref(), taken.locked), (Some("anna"), Some(true)));
    // All three in one change, or OTRS takes lock and owner away (444).
    let left = missing(&taken, &ticket(), &history(&[]), MARK);
    assert_eq!(left, taken);
    let free = Ticket { owner: Agent { id: 1, login: "root@localhost".into() }, locked: false, ..ticket() };
    let moved = goal_of(&request, &free);
    assert_eq!((moved.owner, moved.locked), (None, None));
}

#[test]
fn it_is_always_said_who_sees_what_is_written() {
    let visible = |request: &ActionRequest| {
        let goal = goal_of(request, &ticket());
        change(&goal, MARK).article.expect("an article").visible
    };
    for (action, expected) in [
        (ActionKind::Comment, Visible::Agents),
        (ActionKind::Close, Visible::Agents),
        (ActionKind::Reject, Visible::Agents),
        (ActionKind::Reply, Visible::Customer),
    ] {
        assert_eq!(visible(&asked(action)), expected, "{action:?}");
    }
    assert_eq!(visible(&ActionRequest { internal: Some(false), ..asked(ActionKind::Close) }), Visible::Customer);
    let article = change(&goal_of(&asked(ActionKind::Reply), &ticket()), MARK).article.expect("an article");
    assert_eq!(
        (article.channel, article.to),
        (Channel::Internal, None),
        "OTRS mails nothing unless the settings say so"
    );
    assert_eq!(article.history_comment.as_deref(), Some(MARK));
}

#[test]
fn whoever_has_no_login_is_named() {
    let settings = TicketSettings::default();
    let goal = goal(&asked(ActionKind::Comment), Vec::new(), &ticket(), Author::For("Иван \"Гром\" Петров"), &settings);
    let text = goal.article.expect("an article");
    assert_eq!(text.body, "Иван \"Гром\" Петров:\n\nГотово");
    assert_eq!(text.from.as_deref(), Some("\"Иван Гром Петров\""));
}

#[test]
fn a_time_to_wait_for_goes_with_its_state_to_the_minute() {
    let until = datetime!(2026-11-21 09:00:42 UTC);
    let request = ActionRequest { until: Some(until), ..ActionRequest::new(ActionKind::Pending) };
    let wanted = goal_of(&request, &ticket());
    let minute = datetime!(2026-11-21 09:00 UTC);
    assert_eq!(wanted.until, Some(minute.unix_timestamp()));
    let waits = |until| Ticket { state: named(6, "pending reminder"), pending_until: Some(until), ..ticket() };
    assert!(missing(&wanted, &waits(minute), &history(&[]), MARK).is_reached());
    let left = missing(&wanted, &waits(datetime!(2026-11-22 09:00 UTC)), &history(&[]), MARK);
    assert_eq!((left.state.as_deref(), left.until), (Some("pending reminder"), Some(minute.unix_timestamp())));
}

fn paper(n: i32, name: &str, size: u64) -> Paper {
    Paper { n, name: name.into(), size }
}

fn with_files(article: i64, files: &[(&str, u64)]) -> Ticket {
    let attachment = |(at, (name, size)): (usize, &(&str, u64))| crate::integrations::otrs::Attachment {
        n: i64::try_from(at).unwrap_or_default() + 1,
        name: (*name).to_owned(),
        content_type: "text/plain".into(),
        content_id: String::new(),
        inline: false,
        size: *size,
        content: None,
    };
    let article = crate::integrations::otrs::Article {
        id: ArticleId::new(article),
        number: 1,
        at: datetime!(2026-11-20 09:00 UTC),
        created_by: 2,
        channel: 3,
        sender: "agent".into(),
        visible_for_customer: true,
        deleted: false,
        edited: false,
        from: String::new(),
        to: String::new(),
        cc: String::new(),
        reply_to: String::new(),
        message_id: String::new(),
        subject: String::new(),
        body: String::new(),
        content_type: String::new(),
        attachments: files.iter().enumerate().map(attachment).collect(),
    };
    Ticket { articles: vec![article], ..ticket() }
}

#[test]
fn an_article_and_its_files_are_one_goal() {
    let files = vec![paper(1, "a.txt", 3), paper(2, "a.txt", 3), paper(3, "b.txt", 9)];
    let wanted = goal(&asked(ActionKind::Comment), files, &ticket(), Author::Agent("anna"), &TicketSettings::default());
    assert_eq!(missing(&wanted, &ticket(), &history(&[]), MARK).files.len(), 3, "nothing happened yet");
    let left = |there: &[(&str, u64)]| missing(&wanted, &with_files(31, there), &history(&[MARK]), MARK);
    // One of two with the same name is renamed there.
    assert!(left(&[("a-1.txt", 3), ("a.txt", 3), ("b.txt", 9)]).is_reached());
    let lost = left(&[("a.txt", 3), ("b.txt", 9)]);
    assert!(lost.is_files_alone());
    assert_eq!(lost.files.iter().map(|paper| paper.n).collect::<Vec<_>>(), [2]);
    assert_eq!(left(&[]).files.len(), 3);
    // What another article has is not ours.
    let elsewhere = missing(&wanted, &with_files(99, &[("a.txt", 3)]), &history(&[MARK]), MARK);
    assert_eq!(elsewhere.files.len(), 3);
}

#[test]
fn who_mails_decides_what_a_reply_is_and_nobody_but_the_customer_gets_it() {
    let mut asked_by = with_files(31, &[]);
    asked_by.articles[0].sender = "customer".into();
    asked_by.articles[0].from = "\"Ольга\" <olga@corp.test>".into();
    asked_by.articles[0].reply_to = "evil@example.com".into();
    for (mailing, to, by_us) in [
        (Mailing::Unknown, None, false),
        (Mailing::Portal, None, false),
        (Mailing::Otrs, Some("olga@corp.test"), false),
        (Mailing::Vakhta, Some("olga@corp.test"), true),
    ] {
        let settings = TicketSettings { mailing, ..TicketSettings::default() };
        let reply = goal(&asked(ActionKind::Reply), Vec::new(), &asked_by, Author::Agent("anna"), &settings);
        let text = reply.article.expect("an article");
        assert_eq!((text.mail_to.as_deref(), text.by_us, text.visible), (to, by_us, true), "{mailing:?}");
        let note = goal(&asked(ActionKind::Comment), Vec::new(), &asked_by, Author::Agent("anna"), &settings);
        let note = note.article.expect("an article");
        assert_eq!((note.mail_to, note.by_us, note.visible), (None, false, false));
    }
}
