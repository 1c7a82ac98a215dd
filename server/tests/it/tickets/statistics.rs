//! Figures against a month that was written and reckoned by hand, through the wire, the copy, SQL and REST.

mod month;

use app::model::user::Role;
use serde_json::{Value, json};
use simulators::otrs::people::Rights;
use sqlx::PgPool;

use crate::helpers::desk::Desk;
use month::{ANNA, BOB, MONTH};

const OCTOBER: &str = "/tickets/statistics?from=2024-10-01&to=2024-10-31";

async fn october(db: PgPool) -> Desk {
    let desk = Desk::start(db).await;
    desk.otrs.change(|world| month::write(world, MONTH));
    desk.copy().await;
    desk
}

/// Counts in the order arrived, taken, answered, closed, rejected, reopened; then median and 90th percentile in minutes to the
/// first answer and to close.
fn read(figures: &Value) -> ([u64; 6], [Option<u64>; 4]) {
    let count = |name: &str| figures[name].as_u64().expect("a count");
    let minutes = |name: &str| figures[name].as_u64().map(|seconds| seconds / 60);
    (
        ["arrived", "taken", "answered", "closed", "rejected", "reopened"].map(count),
        ["first_answer_p50_s", "first_answer_p90_s", "close_p50_s", "close_p90_s"].map(minutes),
    )
}

fn of<'a>(list: &'a Value, name: &str, value: &str) -> &'a Value {
    let items = list.as_array().expect("a list");
    &items.iter().find(|item| item[name] == value).unwrap_or_else(|| panic!("{value} in {list}"))["figures"]
}

/// All events as they stand in the database.
async fn events(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select e::text from otrs.event e order by ticket_id, place, kind")
        .fetch_all(db)
        .await
        .expect("rows")
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn everybodys_month_is_as_reckoned_by_hand(db: PgPool) {
    let desk = october(db).await;
    let admin = desk.app.user(Role::Admin).await;
    let told = admin.get(OCTOBER).await.expect(200);
    assert_eq!((&told["everybody"], &told["step"], &told["from"]), (&json!(true), &json!("day"), &json!("2024-10-01")));
    // First answers 20, 30, 60, 15 840: the second and the fourth. Closes 30, 120, 120, 1 680, 15 900: the third and the fifth.
    assert_eq!(read(&told["total"]), ([6, 4, 5, 5, 1, 1], [Some(30), Some(15_840), Some(120), Some(15_900)]));
    let operators = &told["operators"];
    assert_eq!(operators.as_array().expect("a list").len(), 2, "{operators}");
    // First answers 20, 60, 15 840. Closes 120, 15 900: that of ticket 102 was not the last one.
    let anna = ([2, 2, 4, 3, 0, 1], [Some(60), Some(15_840), Some(120), Some(15_900)]);
    assert_eq!(read(of(operators, "login", "agent1")), anna);
    // First answer 30. Closes 30, 120, 1 680.
    let bob = ([2, 2, 1, 2, 1, 0], [Some(30), Some(30), Some(120), Some(1_680)]);
    assert_eq!(read(of(operators, "login", "agent2")), bob);
    let queues = &told["queues"];
    // First answers 20, 60, 15 840. Closes 120, 1 680, 15 900.
    let helpdesk = ([5, 3, 4, 4, 0, 1], [Some(60), Some(15_840), Some(1_680), Some(15_900)]);
    assert_eq!(read(of(queues, "queue", "Helpdesk")), helpdesk);
    // Ticket 104 was closed here, but arrived there.
    assert_eq!(read(of(queues, "queue", "Network")), ([1, 1, 1, 1, 1, 0], [Some(30), Some(30), Some(30), Some(120)]));
    // The days are those of Moscow: 101 arrived at half past midnight there, 106 a second before the month's end.
    let steps = told["steps"].as_array().expect("steps");
    let day =
        |n: usize| (steps[n - 1]["from"].clone(), steps[n - 1]["arrived"].clone(), steps[n - 1]["closed"].clone());
    assert_eq!(steps.len(), 31);
    assert_eq!(day(1), (json!("2024-10-01"), json!(1), json!(2)));
    assert_eq!(day(3), (json!("2024-10-03"), json!(0), json!(1)));
    assert_eq!(day(31), (json!("2024-10-31"), json!(1), json!(0)));
    // One operator's, one queue's.
    let told = admin.get(&format!("{OCTOBER}&operator=AGENT2")).await.expect(200);
    assert_eq!((read(&told["total"]), &told["operators"]), (bob, &json!([])));
    let told = admin.get(&format!("{OCTOBER}&queue=Helpdesk")).await.expect(200);
    assert_eq!(read(&told["total"]), helpdesk);
    let told = admin.get("/tickets/statistics?from=2024-11-01&to=2024-11-01").await.expect(200);
    assert_eq!(read(&told["total"]).0, [1, 0, 0, 1, 0, 0], "107 arrived, 106 was closed");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn made_anew_the_events_are_the_same(db: PgPool) {
    let desk = october(db.clone()).await;
    let before = events(&db).await;
    assert!(before.len() > 25, "{}", before.len());
    sqlx::query("delete from otrs.event where ticket_id <> 103").execute(&db).await.expect("deleted");
    // Nothing happens while the rule is the same; an older one makes all of them anew.
    desk.copy().await;
    assert!(events(&db).await.len() < 10);
    sqlx::query("update otrs.event_rule set rule = 'older'").execute(&db).await.expect("changed");
    desk.copy().await;
    assert_eq!(events(&db).await, before);
    // What stands for "rejected" is a setting.
    let admin = desk.app.user(Role::Admin).await;
    let settings = json!({ "reject_state": "closed successful" });
    admin.send(admin.request(reqwest::Method::PUT, "/settings/tickets").json(&settings)).await.expect(200);
    desk.copy().await;
    let told = admin.get(OCTOBER).await.expect(200);
    assert_eq!(read(&told["total"]).0, [6, 4, 5, 1, 5, 1]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_operator_has_his_own_figures_of_what_he_may_see(db: PgPool) {
    let mut desk = october(db).await;
    let (anna, bob, carl) =
        (desk.agent(801, ANNA.1).await, desk.agent(802, BOB.1).await, desk.agent(803, "agent3").await);
    let mine = anna.get(OCTOBER).await.expect(200);
    assert_eq!(read(&mine["total"]).0, [2, 2, 4, 3, 0, 1]);
    assert_eq!((&mine["everybody"], &mine["operators"]), (&json!(false), &json!([])));
    for operator in ["me", "agent1", "Agent1"] {
        assert_eq!(anna.get(&format!("{OCTOBER}&operator={operator}")).await.expect(200), mine, "{operator}");
    }
    for path in ["", "/export"] {
        let path = OCTOBER.replace("?", &format!("{path}?operator=agent2&"));
        anna.get(&path).await.expect_problem(403, "forbidden");
    }
    let download = OCTOBER.replace('?', "/download?operator=agent2&");
    anna.post(&download).await.expect_problem(403, "forbidden");
    // Carl may not see Network and did nothing; whoever is linked to nobody did nothing either.
    for user in [&carl, &desk.app.operator(804).await] {
        let told = user.get(OCTOBER).await.expect(200);
        assert_eq!(read(&told["total"]), ([0; 6], [None; 4]));
        assert_eq!(told["queues"], json!([]));
    }
    // Bob's work in Network is out of his sight together with it.
    assert_eq!(read(&bob.get(OCTOBER).await.expect(200)["total"]).0, [2, 2, 1, 2, 1, 0]);
    desk.otrs.change(|world| {
        let agent = world.agents.iter_mut().find(|agent| agent.login == BOB.1).expect("there");
        agent.rights.insert(4, Rights::none());
    });
    desk.pass(240);
    desk.learn().await;
    let told = bob.get(OCTOBER).await.expect(200);
    assert_eq!(read(&told["total"]).0, [1, 1, 0, 1, 0, 0]);
    assert!(!told.to_string().contains("Network"), "{told}");
    let asked = bob.get(&format!("{OCTOBER}&queue=Network")).await.expect(200);
    assert_eq!(read(&asked["total"]).0, [0; 6]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_asked_wrongly_is_refused(db: PgPool) {
    let path = "/tickets/statistics";
    let desk = Desk::start(db).await;
    desk.app.user(Role::Employee).await.get(path).await.expect_problem(403, "forbidden");
    let user = desk.app.operator(805).await;
    for (query, field, code) in [
        ("from=2024-10-32&to=2024-11-01", "from", "date"),
        ("from=2024-10-01", "to", "date"),
        ("from=2024-10-02&to=2024-10-01", "to", "before_beginning"),
        ("from=2014-10-02&to=2024-10-01", "to", "too_long"),
        ("period=decade", "period", "invalid"),
    ] {
        let problem = user.get(&format!("{path}?{query}")).await.expect_problem(422, code);
        assert_eq!(problem["field"], field, "{query}");
    }
    for period in ["today", "week", "month", "last_month", "quarter", "year"] {
        user.get(&format!("{path}?period={period}")).await.expect(200);
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_workbook_holds_the_same_figures(db: PgPool) {
    let desk = october(db).await;
    let admin = desk.app.user(Role::Admin).await;
    let address = admin.post(&OCTOBER.replace('?', "/download?")).await.expect(200);
    assert_eq!(address["file_name"], "tickets-2024-10-01-2024-10-31.xlsx");
    let url = address["url"].as_str().expect("an address");
    let answer = reqwest::get(url).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let given = answer.bytes().await.expect("a file");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(given)).expect("a workbook");
    let sheet = std::io::read_to_string(book.by_name("xl/worksheets/sheet1.xml").expect("a sheet")).expect("text");
    // The last line is the total: arrived, taken, answered, closed, rejected, reopened.
    let cells: String = (2..=4)
        .flat_map(|row| ["B", "C", "D", "E", "F", "G"].map(|column| (column, row)))
        .map(|(column, row)| {
            let cell = sheet.split(&format!("r=\"{column}{row}\"")).nth(1).expect("a cell");
            let value = cell.split("<v>").nth(1).and_then(|value| value.split('<').next()).expect("a value");
            format!("{value} ")
        })
        .collect();
    assert_eq!(cells, "2 2 4 3 0 1 2 2 1 2 1 0 6 4 5 5 1 1 ");
    assert_eq!(reqwest::get(url).await.expect("an answer").status(), 404, "once");
    let plain = admin.request(reqwest::Method::GET, &OCTOBER.replace('?', "/export?")).send().await.expect("an answer");
    assert_eq!(plain.status(), 200);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_done_here_counts_for_whom_it_was_done(db: PgPool) {
    let mut desk = Desk::start(db).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let admin = desk.app.user(Role::Admin).await;
    let settings = json!({ "role_queues": [{ "role": "operator", "queue": "Helpdesk" }] });
    admin.send(admin.request(reqwest::Method::PUT, "/settings/tickets").json(&settings)).await.expect(200);
    // He has no login in OTRS: the service agent does it, with his mark.
    let user = desk.app.operator(807).await;
    user.act(id, json!({ "action": "close", "comment": "Готово", "internal": false })).await;
    desk.perform_after(11).await;
    desk.copy().await;
    let year = "/tickets/statistics?period=year";
    let told = user.get(year).await.expect(200);
    assert_eq!(read(&told["total"]).0, [0, 0, 1, 1, 0, 0]);
    let told = admin.get(year).await.expect(200);
    let all: Vec<_> = told["operators"].as_array().expect("a list").iter().map(|one| &one["login"]).collect();
    assert_eq!(all, [&Value::Null], "{told}");
}
