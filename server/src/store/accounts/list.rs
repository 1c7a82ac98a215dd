//! Accounts as administrators see them.

use app::model::{
    ids::{AccountId, EmployeeId},
    user::Role,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An account and what other tables know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The account.
    pub id: AccountId,
    /// Telegram's number.
    pub telegram_id: i64,
    /// As Telegram shows it.
    pub name: String,
    /// For reading only.
    pub username: Option<String>,
    /// What was given here.
    pub role: Role,
    /// Who it is in the directory.
    pub employee_id: Option<EmployeeId>,
    /// That person's full name.
    pub employee_name: Option<String>,
    /// Waits for an answer since.
    pub access_requested_at: Option<OffsetDateTime>,
    /// Last seen here.
    pub last_seen_at: Option<OffsetDateTime>,
    /// Live sessions.
    pub sessions: i64,
    /// Where it stands in the list.
    pub place: Place,
}

/// A place in the list: requests first, the longest waiting ahead; then the others, the last seen ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// 0 for those who wait, 1 for the others.
    pub group: i32,
    /// Microseconds, smaller is earlier in the list.
    pub rank: i64,
    /// The account, when all else is equal.
    pub id: i64,
}

/// Which accounts are wanted.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// This one.
    One(AccountId),
    /// All of them from the beginning, or those after a place.
    After(Option<Place>),
}

/// At most `limit` accounts in the order of [`Place`]; `admins` of the configuration never wait for access.
///
/// # Errors
/// Those of the database.
pub async fn list(
    connection: &mut PgConnection,
    admins: &[i64],
    wanted: Wanted,
    now: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    let (one, after) = match wanted {
        Wanted::One(id) => (Some(id.get()), None),
        Wanted::After(place) => (None, place),
    };
    let rows = sqlx::query!(
        r#"
        with waiting as (
            select a.*, a.access_requested_at is not null and a.role = 'guest' and a.telegram_id <> all($1) as waits
            from core.account a
        ), placed as (
            select w.*,
                case when w.waits then 0 else 1 end as place_group,
                case when w.waits then (extract(epoch from w.access_requested_at) * 1000000)::bigint
                     else -coalesce((extract(epoch from w.last_seen_at) * 1000000)::bigint, 0) end as place_rank
            from waiting w
        )
        select p.id, p.telegram_id, p.name, p.username, p.role, p.employee_id, p.last_seen_at,
            case when p.waits then p.access_requested_at end as access_requested_at,
            nullif(concat_ws(' ', e.surname, e.name, e.patronymic), '') as employee_name,
            (select count(*) from core.session s
             where s.account_id = p.id and s.ended_at is null and s.expires_at > $2) as "sessions!",
            p.place_group as "place_group!", p.place_rank as "place_rank!"
        from placed p
        left join employees.employee e on e.id = p.employee_id
        where ($3::bigint is null or p.id = $3)
          and ($4::integer is null or (p.place_group, p.place_rank, p.id) > ($4, $5::bigint, $6::bigint))
        order by p.place_group, p.place_rank, p.id
        limit $7
        "#,
        admins,
        now,
        one,
        after.map(|place| place.group),
        after.map(|place| place.rank),
        after.map(|place| place.id),
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            id: row.id.into(),
            telegram_id: row.telegram_id,
            name: row.name,
            username: row.username,
            role: super::role(&row.role),
            employee_id: row.employee_id.map(Into::into),
            employee_name: row.employee_name,
            access_requested_at: row.access_requested_at,
            last_seen_at: row.last_seen_at,
            sessions: row.sessions,
            place: Place { group: row.place_group, rank: row.place_rank, id: row.id },
        })
        .collect())
}
