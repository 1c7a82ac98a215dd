//! Files of what is written: one goal with it, whatever OTRS does half.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use simulators::otrs::Fault;
use sqlx::PgPool;

use crate::helpers::{desk::Desk, people::User};

async fn upload(user: &User, name: &str, content: &[u8]) -> Value {
    let file = json!({ "name": name, "type": "text/plain", "content": BASE64_STANDARD.encode(content) });
    user.post_json("/uploads", &file).await.expect(201)["id"].clone()
}

/// A file by its name.
type File = (String, Vec<u8>);

/// Articles of a ticket in OTRS: the subject and the files.
fn stands(desk: &Desk, id: i64) -> Vec<(String, Vec<File>)> {
    desk.otrs.look(|world| {
        let article = |article: &simulators::otrs::ticket::Article| {
            let files = article.attachments.iter().map(|file| (file.name.clone(), file.content.clone())).collect();
            (article.subject.clone(), files)
        };
        world.tickets[&id].articles.iter().skip(1).map(article).collect()
    })
}

fn all_files(articles: &[(String, Vec<File>)]) -> Vec<File> {
    let mut files: Vec<_> = articles.iter().flat_map(|(_, files)| files.clone()).collect();
    files.sort();
    files
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_come_with_what_is_written_and_with_a_safe_name(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let files = [upload(&anna, "../../etc/отчёт.txt", b"one").await, upload(&anna, "b.txt", b"two").await];
    let request = json!({ "action": "close", "comment": "Готово", "files": files });
    let action = anna.act(id, request.clone()).await;
    desk.perform_after(11).await;
    assert_eq!(anna.action(&action["id"]).await["state"], "done");
    let there = stands(&desk, id);
    assert_eq!(there.len(), 1);
    assert_eq!(all_files(&there), [("b.txt".to_owned(), b"two".to_vec()), ("отчёт.txt".to_owned(), b"one".to_vec())]);
    // They belong to that action now; nothing of them is left here.
    let again = anna.post_json(&format!("/tickets/{id}/actions"), &request).await;
    assert_eq!(again.expect_problem(422, "file_gone")["field"], "files");
    let left = sqlx::query_scalar::<_, i64>(
        "select (select count(*) from otrs.upload) + (select count(*) from otrs.action_file)",
    );
    assert_eq!(left.fetch_one(&desk.app.db).await.expect("a count"), 0);
    let shown = anna.ticket(id).await;
    assert_eq!(shown["articles"][1]["attachments"].as_array().expect("files").len(), 2);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_files_may_be_is_checked_before(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let (anna, bob) = (desk.agent(801, "agent1").await, desk.agent(802, "agent2").await);
    let file = upload(&anna, "a.txt", b"one").await;
    let act = format!("/tickets/{id}/actions");
    let with = |files: Value| json!({ "action": "comment", "comment": "Вот", "files": files });
    // A file of somebody else is none.
    bob.post_json(&act, &with(json!([file]))).await.expect_problem(422, "file_gone");
    let without_text = json!({ "action": "close", "files": [file] });
    assert_eq!(anna.post_json(&act, &without_text).await.expect(422)["field"], "comment");
    let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
    anna.post_json(&act, &with(json!(many))).await.expect_problem(413, "files_too_large");
    let empty = json!({ "name": "a", "type": "text/plain", "content": "" });
    anna.post_json("/uploads", &empty).await.expect(422);
    let large = BASE64_STANDARD.encode(vec![7; 7 << 20]);
    let large = json!({ "name": "a.bin", "type": "application/octet-stream", "content": large });
    let (one, two) =
        (anna.post_json("/uploads", &large).await.expect(201), anna.post_json("/uploads", &large).await.expect(201));
    anna.post_json(&act, &with(json!([one["id"], two["id"]]))).await.expect_problem(413, "files_too_large");
    let address = format!("/uploads/{}", one["id"].as_str().expect("an id"));
    bob.delete(&address).await.expect_problem(404, "not_found");
    anna.delete(&address).await.expect(204);
    anna.post_json(&act, &with(json!([two["id"], file]))).await.expect(202);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whatever_breaks_each_text_and_each_file_stands_there_once(db: PgPool) {
    let mut desk = Desk::start(db).await;
    // So that the queue is known when rights in it are learnt.
    desk.make("Первая", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    for fault in [Fault::AnswerLost, Fault::QuestionLost, Fault::ServerError] {
        let id = desk.make(&format!("{fault:?}"), "Helpdesk").await;
        desk.copy().await;
        let files = [upload(&anna, "a.txt", b"one").await, upload(&anna, "a.txt", b"two").await];
        let action = anna.act(id, json!({ "action": "comment", "comment": "Вот", "files": files })).await;
        desk.otrs.fail_next("TicketUpdate", fault);
        desk.perform_after(11).await;
        desk.perform_after(10).await;
        assert_eq!(anna.action(&action["id"]).await["state"], "done", "{fault:?}");
        let there = stands(&desk, id);
        assert_eq!(there.len(), 1, "{fault:?}");
        let contents: Vec<_> = all_files(&there).into_iter().map(|(_, content)| content).collect();
        assert_eq!(contents.len(), 2, "{fault:?}");
        assert!(contents.contains(&b"one".to_vec()) && contents.contains(&b"two".to_vec()), "{fault:?}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_that_an_article_lost_come_with_a_second_one(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let files = [upload(&anna, "a.txt", b"one").await];
    let action = anna.act(id, json!({ "action": "reply", "comment": "Вот", "files": files })).await;
    desk.otrs.fail_next("TicketUpdate", Fault::HalfUpdate);
    desk.perform_after(11).await;
    desk.perform_after(10).await;
    assert_eq!(anna.action(&action["id"]).await["state"], "done");
    let there = stands(&desk, id);
    assert_eq!(there.len(), 2);
    assert_eq!((there[0].1.len(), there[1].0.as_str()), (0, "Файлы: Re: Принтер"));
    assert_eq!(all_files(&there), [("a.txt".to_owned(), b"one".to_vec())]);
    let visible = desk.otrs.look(|world| world.tickets[&id].articles[2].visible);
    assert!(visible, "the customer gets them as he got the text");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_that_are_lost_twice_are_named(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let files = [upload(&anna, "a.txt", b"one").await];
    let action = anna.act(id, json!({ "action": "comment", "comment": "Вот", "files": files })).await;
    for _ in 0..2 {
        desk.otrs.fail_next("TicketUpdate", Fault::HalfUpdate);
    }
    for _ in 0..4 {
        desk.perform_after(11).await;
    }
    let failed = anna.action(&action["id"]).await;
    assert_eq!((&failed["state"], &failed["reason"]), (&json!("failed"), &json!("half_done")));
    assert!(failed["detail"].as_str().expect("words").contains("Files: a.txt"), "{failed}");
    assert_eq!(stands(&desk, id).len(), 2, "no third article");
    // Whoever has seen to it himself lets it go.
    anna.delete(&format!("/actions/{}", failed["id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!(anna.get("/actions").await.expect(200)["items"], json!([]));
}
