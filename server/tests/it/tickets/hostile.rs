//! What customers write and send: it stays text, files leave with harmless names and types, and nothing of it is an error.

use serde_json::json;
use simulators::otrs::ticket::{Article, Attachment};
use sqlx::PgPool;

use crate::helpers::desk::Desk;

/// Names of files as they are sent, with their types, and what they become.
const FILES: [(&str, &str, &str, &str); 6] = [
    ("../../etc/passwd", "text/html; charset=utf-8", "passwd", "application/octet-stream"),
    ("..\\..\\evil.svg", "image/svg+xml", "evil.svg", "application/octet-stream"),
    ("invoice\u{202e}fdp.exe", "application/pdf", "invoicefdp.exe", "application/pdf"),
    ("a\"; filename=\"b.html", "application/xhtml+xml", "a_; filename=_b.html", "application/octet-stream"),
    ("\r\nSet-Cookie: x=1.txt", "text/plain", "Set-Cookie_ x=1.txt", "text/plain"),
    ("фото.png", "image/png; name=\"x\"", "фото.png", "image/png"),
];

fn nasty() -> String {
    let tower = format!("Z{}", "\u{0301}\u{0336}\u{0489}".repeat(60));
    format!(
        "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) \u{202e}txet desrever\u{202c} {tower} \
         \u{1b}[31m\u{7}\u{0}РџСЂРёРІРµС‚ {} \u{feff}\u{fffd}",
        "W".repeat(3_000)
    )
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whatever_customers_write_is_kept_as_harmless_text(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make(&"Ё<b>".repeat(50), "Helpdesk").await;
    desk.otrs.change(|world| {
        let articles = &mut world.tickets.get_mut(&id).expect("it is there").articles;
        let first = articles[0].clone();
        articles.push(Article {
            id: first.id + 1_000,
            sender: "customer",
            from: format!("{} <tina@corp.test>", nasty()),
            to: nasty(),
            subject: nasty(),
            body: nasty(),
            ..first.clone()
        });
        articles
            .push(Article { id: first.id + 1_001, sender: "customer", body: "слово ".repeat(180_000), ..first });
    });
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let ticket = anna.ticket(id).await;
    assert_eq!(ticket["title"].as_str().expect("a title").chars().count(), 191);
    let article = &ticket["articles"][1];
    for part in ["from", "to", "subject", "body"] {
        let text = article[part].as_str().expect("text");
        assert!(text.contains("<script>alert(1)</script>"), "{part}: it is text, and stays so");
        let bad =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(bad), "{part}");
        assert!(text.matches('\u{0336}').count() < 5, "{part}: no towers");
    }
    // A mail of two megabytes is cut to what a phone can show, and says so.
    let long = &ticket["articles"][2];
    assert_eq!((long["body"].as_str().expect("text").chars().count(), &long["cut"]), (100_000, &json!(true)));
    assert_eq!(anna.found(&[("q", "слово")]).await, [id]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn files_leave_with_harmless_names_and_types(db: PgPool) {
    let desk = Desk::start(db).await;
    let id = desk.make("Файлы", "Helpdesk").await;
    desk.otrs.change(|world| {
        let article = &mut world.tickets.get_mut(&id).expect("it is there").articles[0];
        article.attachments = FILES
            .iter()
            .map(|(name, kind, ..)| Attachment {
                name: (*name).to_owned(),
                content_type: (*kind).to_owned(),
                content: b"<script>alert(1)</script>".to_vec(),
                is_html_body: false,
            })
            .collect();
    });
    desk.copy().await;
    let anna = desk.agent(801, "agent1").await;
    let ticket = anna.ticket(id).await;
    let files = ticket["articles"][0]["attachments"].as_array().expect("files").clone();
    assert_eq!(files.len(), FILES.len());
    for (.., name, kind) in FILES {
        let file = files.iter().find(|file| file["name"] == name).unwrap_or_else(|| panic!("{name} in {files:?}"));
        assert_eq!(file["type"], kind, "{name}");
        let n = &file["n"];
        let answer = anna.get(&format!("/tickets/{id}/attachments/{n}")).await;
        assert_eq!(answer.status.as_u16(), 200);
        let header = |name: &str| answer.headers[name].to_str().expect("ASCII").to_owned();
        assert_eq!((header("content-type"), header("x-content-type-options")), (kind.to_owned(), "nosniff".to_owned()));
        let disposition = header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\""), "{disposition}");
        assert!(!disposition.contains(['/', '\\', '<', '\r', '\n']) && !answer.headers.contains_key("set-cookie"));
        assert_eq!(disposition.matches("filename=\"").count(), 1, "{disposition}");
        assert!(header("content-security-policy").contains("sandbox"));
        // No page is shown of what is none, wherever it says it is one.
        let code = if kind == "application/pdf" { (404, "not_found") } else { (415, "preview_unsupported") };
        for method in [reqwest::Method::GET, reqwest::Method::POST] {
            let asked = anna.request(method, &format!("/tickets/{id}/attachments/{n}/preview"));
            anna.send(asked).await.expect_problem(code.0, code.1);
        }
    }
    let third = desk.agent(803, "agent3").await;
    let hidden = desk.make("Сеть", "Network").await;
    desk.copy().await;
    third.get(&format!("/tickets/{hidden}/attachments/1/preview")).await.expect_problem(404, "not_found");
}
