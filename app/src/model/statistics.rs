//! Figures of the work with tickets in a period, made from the history that OTRS keeps.
//!
//! What each figure counts is said at [`Figures`]; the events they are made of are found by the server's `helpdesk::fold`.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{otrs_link::TicketCopy, wire_time};

/// A period that has a name; days and weeks are those of the organisation's zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Period {
    /// Today.
    Today,
    /// Today and the six days before.
    Week,
    /// This month until today.
    #[default]
    Month,
    /// The whole last month.
    LastMonth,
    /// This quarter until today.
    Quarter,
    /// This year until today.
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 6] = [Self::Today, Self::Week, Self::Month, Self::LastMonth, Self::Quarter, Self::Year];

    /// The name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::LastMonth => "last_month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.as_str() == name)
    }
}

/// Which days are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Those of a period with a name.
    Of(Period),
    /// From one day to another, both included.
    Between(Date, Date),
}

impl Default for Days {
    fn default() -> Self {
        Self::Of(Period::default())
    }
}

/// Whose work is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's for administrators, else the caller's.
    #[default]
    Any,
    /// The caller's.
    Mine,
    /// That of the agent with this login.
    Agent(String),
}

/// Which statistics are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatisticsQuery {
    /// Of which days.
    pub days: Days,
    /// In this queue or below it; absent: in all.
    pub queue: Option<String>,
    /// Whose.
    pub whose: Whose,
}

impl StatisticsQuery {
    /// The parameters of an address that asks for it.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        match self.days {
            Days::Of(period) if period == Period::default() => {}
            Days::Of(period) => pairs.push(("period", period.as_str().to_owned())),
            Days::Between(from, to) => {
                pairs.extend([("from", wire_time::date_text(from)), ("to", wire_time::date_text(to))]);
            }
        }
        pairs.extend(self.queue.clone().map(|queue| ("queue", queue)));
        match &self.whose {
            Whose::Any => {}
            Whose::Mine => pairs.push(("operator", "me".to_owned())),
            Whose::Agent(login) => pairs.push(("operator", login.clone())),
        }
        pairs
    }

    /// What an address asks for; what it does not say well is as if it were not said.
    #[must_use]
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|text| !text.is_empty());
        let day = |name: &str| wire_time::date(&text(name)?);
        let days = match (day("from"), day("to")) {
            (Some(from), Some(to)) if from <= to => Days::Between(from, to),
            _ => Days::Of(text("period").and_then(|name| Period::from_name(&name)).unwrap_or_default()),
        };
        let whose = text("operator").map(|name| if name == "me" { Whose::Mine } else { Whose::Agent(name) });
        Self { days, queue: text("queue"), whose: whose.unwrap_or_default() }
    }
}

/// What was done in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = TicketFigures))]
pub struct Figures {
    /// Tickets that were made, each in the queue where it was made. For one operator: tickets that he had for the first time,
    /// whether he took them or was given them.
    pub arrived: u32,
    /// Tickets that operators made their own: locked for themselves. Who has a ticket already does not take it again.
    pub taken: u32,
    /// Answers: articles by agents that the customer sees, without the one a ticket begins with.
    pub answered: u32,
    /// Closes but for rejections. A merge is none.
    pub closed: u32,
    /// Closes with the state that stands for "rejected".
    pub rejected: u32,
    /// Tickets that were open again after a close; they count for whoever had closed them.
    pub reopened: u32,
    /// The median time from arrival to the first answer, of tickets whose first answer is in the period, in seconds.
    /// Percentiles are by nearest rank; the time runs around the clock.
    pub first_answer_p50_s: Option<u64>,
    /// Its 90th percentile.
    pub first_answer_p90_s: Option<u64>,
    /// The median time from arrival to the last close, rejections included, of tickets whose last close is in the period and
    /// that were not reopened after it, in seconds.
    pub close_p50_s: Option<u64>,
    /// Its 90th percentile.
    pub close_p90_s: Option<u64>,
}

impl Figures {
    /// Nothing happened at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.arrived | self.taken | self.answered | self.closed | self.rejected | self.reopened == 0
    }
}

/// What was done by one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OperatorFigures {
    /// His login in OTRS; absent when he works through the service agent only, or no ticket named him.
    pub login: Option<String>,
    /// How he is called here, else his login, else his number in OTRS.
    pub name: String,
    /// What he did.
    pub figures: Figures,
}

/// What was done in one queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct QueueFigures {
    /// Its whole name.
    pub queue: String,
    /// What was done.
    pub figures: Figures,
}

/// How long a step of the chart is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Step {
    /// A day.
    #[default]
    Day,
    /// A week from Monday.
    Week,
    /// A month.
    Month,
}

/// A step of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct StepFigures {
    /// Its first day.
    #[serde(with = "super::wire_time::day")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    /// Tickets that arrived.
    pub arrived: u32,
    /// Tickets that were closed, rejections included.
    pub closed: u32,
}

/// Statistics of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Statistics {
    /// The first day.
    #[serde(with = "super::wire_time::day")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[serde(with = "super::wire_time::day")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub to: Date,
    /// Whether it is everybody's work and not one operator's.
    pub everybody: bool,
    /// All of it.
    pub total: Figures,
    /// How long the steps are.
    pub step: Step,
    /// The steps in order, also those in which nothing happened; the first and the last may be cut by the period.
    pub steps: Vec<StepFigures>,
    /// By operator, who closed most first; empty unless it is everybody's.
    pub operators: Vec<OperatorFigures>,
    /// By queue, by name.
    pub queues: Vec<QueueFigures>,
    /// How current the copy is.
    pub copy: TicketCopy,
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn what_is_wanted_survives_its_address() {
        let queries = [
            StatisticsQuery::default(),
            StatisticsQuery { days: Days::Of(Period::LastMonth), queue: None, whose: Whose::Mine },
            StatisticsQuery {
                days: Days::Between(date!(2026 - 11 - 01), date!(2026 - 11 - 20)),
                queue: Some("IT::Сеть".into()),
                whose: Whose::Agent("petr".into()),
            },
        ];
        for query in queries {
            let pairs = query.pairs();
            let get = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            assert_eq!(StatisticsQuery::of(get), query, "{pairs:?}");
        }
        let wrong = |name: &str| Some(if name == "period" { "decade" } else { "2026-02-30" }.to_owned());
        assert_eq!(StatisticsQuery::of(wrong).days, Days::default());
    }
}
