//! Lists of tickets. Every query takes the [`Sight`] of who asks, and gives nothing else.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// What somebody may see: tickets in these queues and those that are his, without those that OTRS refused him.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Who.
    pub account: i64,
    /// Numbers of queues.
    pub queues: Vec<i64>,
    /// His login in OTRS in small letters: whoever owns a ticket or answers for it may see it there.
    pub login: Option<String>,
}

/// Which tickets are wanted; what is absent is no condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the conditions of the list")]
pub struct Wanted {
    /// For `to_tsquery`.
    pub text: Option<String>,
    pub view: Option<String>,
    /// The whole name; queues below it count.
    pub queue: Option<String>,
    /// A state or a type of states.
    pub state: Option<String>,
    /// A login in small letters; empty: nobody's.
    pub owner: Option<String>,
    pub customer: Option<String>,
    pub sort: &'static str,
    /// Promises that are broken before this are escalating.
    pub escalating_by: Option<OffsetDateTime>,
    pub now: Option<OffsetDateTime>,
}

/// A place in a list: what it is ordered by, and the ticket, whose number decides between equals; negative where the highest
/// comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns")]
pub struct Place {
    pub key: i64,
    pub tie: i64,
}

impl Place {
    /// The ticket.
    #[must_use]
    pub const fn id(self) -> i64 {
        self.tie.abs()
    }
}

/// Queries of this transaction are planned anew each time: what fits a word that is in every second ticket is bad for one that
/// is in none, and a plan for all of them is bad for each.
///
/// # Errors
/// Those of the database.
pub async fn plan_anew(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set local plan_cache_mode = force_custom_plan").execute(db).await.map(drop)
}

/// The numbers of tickets that fit, in order, behind `after`.
///
/// Orders name the columns of their index before the keys, which say the same.
///
/// # Errors
/// Those of the database.
pub async fn page(
    db: &mut PgConnection,
    sight: &Sight,
    wanted: &Wanted,
    after: Option<Place>,
    limit: i64,
) -> sqlx::Result<Vec<Place>> {
    sqlx::query_as!(
        Place,
        r#"select k.key as "key!", k.tie as "tie!"
           from otrs.ticket t
           cross join lateral (select case $10::text
               when 'newest' then -(extract(epoch from t.created_at) * 1000000)::bigint
               when 'oldest' then (extract(epoch from t.created_at) * 1000000)::bigint
               when 'escalation' then coalesce((extract(epoch from t.escalates_at) * 1000000)::bigint, 9000000000000000)
               when 'priority' then -t.priority_id * 10000000000000000 - (extract(epoch from t.changed_at) * 1000000)::bigint
               else -(extract(epoch from t.changed_at) * 1000000)::bigint end as key,
               case when $10 in ('oldest', 'escalation') then t.id else -t.id end as tie) k
           where t.gone_at is null
             and (t.queue_id = any($1) or lower(t.owner) = $2 or lower(t.responsible) = $2)
             and not exists (select from otrs.refusal r where r.account_id = $3 and r.ticket_id = t.id)
             and ($4::text is null or t.search @@ (to_tsquery('russian', $4) || to_tsquery('simple', $4)))
             and ($5::text is null or t.queue = $5 or starts_with(t.queue, $5 || '::'))
             and ($6::text is null or t.state = $6 or t.state_type = $6)
             and ($7::text is null or lower(t.owner) = $7 or ($7 = '' and t.owner_id = 1))
             and ($8::text is null or lower(t.customer_login) = lower($8))
             and case coalesce($9::text, '')
                 when '' then true
                 when 'mine' then t.owner_id <> 1 and lower(t.owner) = $2 and t.state_type not in ('closed', 'removed', 'merged')
                 when 'new' then t.state_type = 'new'
                 when 'open' then t.state_type in ('new', 'open')
                 when 'waiting' then t.state_type not in ('closed', 'removed', 'merged') and t.owner_id <> 1
                     and (lower(t.owner) = $2 or lower(t.responsible) = $2)
                     and (t.last_sender = 'customer' or (t.state_type = 'pending reminder' and t.pending_until < $12))
                 when 'escalating' then t.escalates_at < $11 and t.state_type not in ('closed', 'removed', 'merged')
                 when 'pending' then t.state_type in ('pending reminder', 'pending auto')
                 else $9 = 'watched' end
             and ($9 is distinct from 'watched'
                  or t.id = any(array(select w.ticket_id from otrs.watch w where w.account_id = $3)))
             and ($13::bigint is null or (k.key, k.tie) > ($13, $14))
             and ($13 is null or $10 <> 'changed' or t.changed_at <= to_timestamp(1 - $13 / 1000000.0))
           order by case when $10 = 'priority' then t.priority_id end desc,
                    case when $10 in ('priority', 'changed') then t.changed_at end desc,
                    case when $10 = 'newest' then t.created_at end desc,
                    case when $10 = 'oldest' then t.created_at end,
                    case when $10 = 'escalation' then t.escalates_at end,
                    case when $10 in ('oldest', 'escalation') then t.id end,
                    case when $10 not in ('oldest', 'escalation') then t.id end desc,
                    k.key, k.tie limit $15"#,
        &sight.queues,
        sight.login,
        sight.account,
        wanted.text,
        wanted.queue,
        wanted.state,
        wanted.owner,
        wanted.customer,
        wanted.view,
        wanted.sort,
        wanted.escalating_by,
        wanted.now,
        after.map(|place| place.key),
        after.map(|place| place.tie),
        limit
    )
    .fetch_all(db)
    .await
}

/// How many tickets there are in each view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the views")]
pub struct Counts {
    pub mine: i64,
    pub new: i64,
    pub open: i64,
    pub waiting: i64,
    pub escalating: i64,
    pub pending: i64,
    pub watched: i64,
}

/// How many tickets there are in each view.
///
/// # Errors
/// Those of the database.
pub async fn counts(
    db: &mut PgConnection,
    sight: &Sight,
    escalating_by: OffsetDateTime,
    now: OffsetDateTime,
) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"select count(*) filter (where t.owner_id <> 1 and lower(t.owner) = $2) as "mine!",
                  count(*) filter (where t.state_type = 'new') as "new!",
                  count(*) filter (where t.state_type in ('new', 'open')) as "open!",
                  count(*) filter (where t.owner_id <> 1 and (lower(t.owner) = $2 or lower(t.responsible) = $2)
                      and (t.last_sender = 'customer' or (t.state_type = 'pending reminder' and t.pending_until < $5)))
                      as "waiting!",
                  count(*) filter (where t.escalates_at < $4) as "escalating!",
                  count(*) filter (where t.state_type in ('pending reminder', 'pending auto')) as "pending!",
                  (select count(*) from otrs.watch w join otrs.ticket s on s.id = w.ticket_id
                   where w.account_id = $3 and s.gone_at is null
                     and (s.queue_id = any($1) or lower(s.owner) = $2 or lower(s.responsible) = $2)
                     and not exists (select from otrs.refusal r where r.account_id = $3 and r.ticket_id = s.id)) as "watched!"
           from otrs.ticket t
           where t.gone_at is null and t.state_type not in ('closed', 'removed', 'merged')
             and (t.queue_id = any($1) or lower(t.owner) = $2 or lower(t.responsible) = $2)
             and not exists (select from otrs.refusal r where r.account_id = $3 and r.ticket_id = t.id)"#,
        &sight.queues,
        sight.login,
        sight.account,
        escalating_by,
        now
    )
    .fetch_one(db)
    .await
}

/// A ticket in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub queue_id: i64,
    pub queue: String,
    pub state: String,
    pub state_type: String,
    pub priority: String,
    pub locked: bool,
    pub owner_id: i64,
    pub owner: String,
    pub responsible_id: i64,
    pub responsible: String,
    pub customer_login: Option<String>,
    pub customer_name: Option<String>,
    pub customer_email: Option<String>,
    pub employee_id: Option<i64>,
    pub employee_name: Option<String>,
    pub created_at: OffsetDateTime,
    pub changed_at: OffsetDateTime,
    pub escalates_at: Option<OffsetDateTime>,
    pub pending_until: Option<OffsetDateTime>,
    pub version: String,
    pub unread: bool,
    pub watched: bool,
}

/// Those of these tickets that he may see, in any order.
///
/// # Errors
/// Those of the database.
pub async fn rows(db: &mut PgConnection, sight: &Sight, ids: &[i64]) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select t.id, t.number, t.title, t.queue_id, t.queue, t.state, t.state_type, t.priority, t.locked, t.owner_id, t.owner,
                  t.responsible_id, t.responsible, t.customer_login, t.customer_name, t.customer_email,
                  e.id as "employee_id?", concat_ws(' ', e.surname, e.name, e.patronymic) as "employee_name?",
                  t.created_at, t.changed_at, t.escalates_at, t.pending_until, t.version,
                  t.last_article_id > coalesce(
                      (select s.article_id from otrs.seen s where s.account_id = $3 and s.ticket_id = t.id),
                      (select r.since_article_id from otrs.reader r where r.account_id = $3), 0) as "unread!",
                  exists (select from otrs.watch w where w.account_id = $3 and w.ticket_id = t.id) as "watched!"
           from otrs.ticket t
           left join employees.employee e on e.email = lower(t.customer_email) and e.deleted_at is null and e.merged_into is null
           where t.id = any($4) and t.gone_at is null
             and (t.queue_id = any($1) or lower(t.owner) = $2 or lower(t.responsible) = $2)
             and not exists (select from otrs.refusal r where r.account_id = $3 and r.ticket_id = t.id)"#,
        &sight.queues,
        sight.login,
        sight.account,
        ids
    )
    .fetch_all(db)
    .await
}
