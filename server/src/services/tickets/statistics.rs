//! Figures of the work with tickets: an operator's own within his sight, everybody's for administrators.

mod book;

use std::collections::HashMap;

use app::{
    backend,
    model::{
        Error, Result,
        import::Download,
        otrs_link::TicketCopy,
        statistics::{Figures, OperatorFigures, QueueFigures, Statistics, StatisticsQuery, StepFigures, Whose},
        wire_time::date_text,
    },
};
use async_trait::async_trait;
use sqlx::PgConnection;

use super::{Tickets, shown, sight};
use crate::{
    auth::{
        AuthUser,
        policy::{Action, allowed},
    },
    error::internal,
    helpdesk::period,
    services::{
        downloads::{self, What},
        employees::files::{Content, File},
    },
    store::{
        self,
        tickets::figures::{Sums, Wanted},
    },
};

/// Whose figures are summed up, and within what.
struct Scope {
    whose: Option<Vec<i64>>,
    sight: Option<store::tickets::list::Sight>,
}

impl Tickets {
    /// The figures of a period as a workbook.
    ///
    /// # Errors
    /// As [`backend::Statistics::statistics`].
    pub async fn statistics_workbook(&self, query: StatisticsQuery) -> Result<File> {
        self.workbook(&self.figures(query).await?)
    }

    /// Figures that somebody saw who was allowed to, as a workbook.
    pub(in crate::services) fn workbook(&self, statistics: &Statistics) -> Result<File> {
        let table =
            book::write(statistics, self.caller.language).map_err(|error| internal(&self.caller.reference, error))?;
        Ok(File { name: file_name(statistics), content: Content::Table(table) })
    }

    async fn figures(&self, query: StatisticsQuery) -> Result<Statistics> {
        let user = self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let zone = self.deps.config.web.time_zone.rules();
        let (from, to) = period::days(query.days, period::today(self.caller.now, zone))
            .map_err(|(field, code)| Error::invalid(field, code))?;
        let step = period::step(from, to);
        let steps = period::steps(from, to, step);
        let ends = to.next_day().ok_or_else(|| Error::invalid("to", "invalid"))?;
        let mut db = self.connection().await?;
        let Scope { whose, sight } = self.scope(&mut db, user, query.whose).await?;
        let everybody = whose.is_none();
        let read = async {
            let bounds = steps.iter().chain([&ends]).map(|day| period::begin(*day, zone)).collect();
            let sums =
                store::tickets::figures::sums(&mut db, &Wanted { bounds, queue: query.queue, whose, sight }).await?;
            let ids = |pick: fn(&Sums) -> Option<i64>| sums.iter().filter_map(pick).collect::<Vec<_>>();
            let operators = store::tickets::figures::names(&mut db, &ids(|sums| sums.who)).await?;
            let queues = store::tickets::figures::queue_names(&mut db, &ids(|sums| sums.queue_id)).await?;
            let copy = shown::copy(&store::tickets::sync::get(&mut db).await?);
            Ok((sums, Names { operators, queues }, copy))
        };
        let (sums, names, copy) = read.await.map_err(|error| self.failed(error))?;
        let empty = Statistics {
            from,
            to,
            everybody,
            total: Figures::default(),
            step,
            steps: steps.into_iter().map(|from| StepFigures { from, arrived: 0, closed: 0 }).collect(),
            operators: Vec::new(),
            queues: Vec::new(),
            copy: TicketCopy::default(),
        };
        Ok(Statistics { copy, ..put_together(empty, sums, &names) })
    }

    /// Nobody but administrators sees another one's figures; theirs are of all queues.
    async fn scope(&self, db: &mut PgConnection, user: &AuthUser, whose: Whose) -> Result<Scope> {
        let is_admin = allowed(user.role, Action::ConfigureTickets);
        let read = async {
            let (sight, link) = sight::of(db, user, self.caller.now).await?;
            let mut mine = vec![-user.account.get()];
            let login = link.map(|link| link.login.to_lowercase());
            if let Some(login) = &login {
                mine.extend(store::tickets::figures::behind(db, login).await?);
            }
            Ok((sight, login, mine))
        };
        let (sight, login, mine) = read.await.map_err(|error| self.failed(error))?;
        let sight = Some(sight).filter(|_| !is_admin);
        let whose = match whose {
            Whose::Any if is_admin => None,
            Whose::Any | Whose::Mine => Some(mine),
            Whose::Agent(wanted) if login == Some(wanted.to_lowercase()) => Some(mine),
            Whose::Agent(_) if !is_admin => return Err(Error::forbidden()),
            Whose::Agent(wanted) => {
                let behind = store::tickets::figures::behind(db, &wanted).await;
                Some(behind.map_err(|error| self.failed(error))?)
            }
        };
        Ok(Scope { whose, sight })
    }
}

struct Names {
    operators: Vec<store::tickets::figures::NameRow>,
    queues: Vec<(i64, String)>,
}

/// What is not told apart in a row of sums: operator, queue and step have a bit each.
const OPERATOR: i32 = 0b011;
const QUEUE: i32 = 0b101;
const STEP: i32 = 0b110;

fn put_together(mut statistics: Statistics, sums: Vec<Sums>, names: &Names) -> Statistics {
    let everybody = statistics.everybody;
    let operators: HashMap<i64, _> = names.operators.iter().map(|row| (row.who, row)).collect();
    let queues: HashMap<i64, &str> = names.queues.iter().map(|(id, name)| (*id, name.as_str())).collect();
    for sums in sums {
        match (sums.of, sums.who, sums.queue_id, sums.step) {
            (OPERATOR, Some(who), ..) if everybody => {
                let known = operators.get(&who);
                let login = known.and_then(|row| row.login.clone());
                let name = known.and_then(|row| row.name.clone()).filter(|name| !name.is_empty());
                let name = name.or_else(|| login.clone()).unwrap_or_else(|| format!("#{}", who.abs()));
                statistics.operators.push(OperatorFigures { login, name, figures: figures(&sums, false) });
            }
            (QUEUE, _, Some(id), _) => {
                let queue = queues.get(&id).map_or_else(|| format!("#{id}"), |&name| name.to_owned());
                statistics.queues.push(QueueFigures { queue, figures: figures(&sums, everybody) });
            }
            (STEP, _, _, Some(step)) => {
                let figures = figures(&sums, everybody);
                let index = usize::try_from(step - 1).unwrap_or(usize::MAX);
                if let Some(step) = statistics.steps.get_mut(index) {
                    (step.arrived, step.closed) = (figures.arrived, figures.closed + figures.rejected);
                }
            }
            (of, ..) if of == OPERATOR | QUEUE | STEP => statistics.total = figures(&sums, everybody),
            _ => {}
        }
    }
    statistics.operators.retain(|operator| !operator.figures.is_empty());
    statistics.queues.retain(|queue| !queue.figures.is_empty());
    let done = |figures: &Figures| (figures.closed + figures.rejected, figures.answered, figures.taken);
    statistics
        .operators
        .sort_by(|one, other| done(&other.figures).cmp(&done(&one.figures)).then_with(|| one.name.cmp(&other.name)));
    statistics.queues.sort_by(|one, other| one.queue.cmp(&other.queue));
    statistics
}

/// To an operator arrives what he had for the first time, to a queue what was made in it.
fn figures(sums: &Sums, of_all: bool) -> Figures {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let seconds = |seconds: Option<i64>| seconds.and_then(|seconds| u64::try_from(seconds).ok());
    Figures {
        arrived: count(if of_all { sums.arrived } else { sums.received }),
        taken: count(sums.taken),
        answered: count(sums.answered),
        closed: count(sums.closed),
        rejected: count(sums.rejected),
        reopened: count(sums.reopened),
        first_answer_p50_s: seconds(sums.first_answer_p50),
        first_answer_p90_s: seconds(sums.first_answer_p90),
        close_p50_s: seconds(sums.close_p50),
        close_p90_s: seconds(sums.close_p90),
    }
}

fn file_name(statistics: &Statistics) -> String {
    format!("tickets-{}-{}.xlsx", date_text(statistics.from), date_text(statistics.to))
}

#[async_trait]
impl backend::Statistics for Tickets {
    async fn statistics(&self, query: StatisticsQuery) -> Result<Statistics> {
        self.figures(query).await
    }

    /// What stands behind the address is what was allowed when it was asked for: there nobody is signed in.
    async fn statistics_download(&self, query: StatisticsQuery) -> Result<Download> {
        let statistics = Box::new(self.figures(query).await?);
        let name = file_name(&statistics);
        downloads::issue(&self.deps, &self.caller, What::Statistics { statistics }, name).await
    }
}
