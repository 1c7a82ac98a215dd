//! `TicketSearch`: an unknown condition is ignored, an unknown value empties the answer.

use serde_json::{Value, json};

use super::{
    catalog::{self, PRIORITIES, STATE_KINDS, STATES, number_of},
    escalation,
    perl::{self, Params, given, is_like, list},
    render::closings,
    reply::Reply,
    ticket::{Article, Ticket},
    world::{World, read},
};

/// A value that nobody knows: nothing is found.
struct Unknown;

/// Something a ticket has to fulfil.
type Test<'a> = Box<dyn Fn(&Ticket) -> bool + 'a>;

impl World {
    pub(super) fn ticket_search(&mut self, params: &Params) -> Result<Value, Reply> {
        let who = self.who_reads(params, "TicketSearch")?;
        let Ok(found) = self.find(params) else { return Ok(json!({})) };
        let found: Vec<_> = found.into_iter().filter(|id| self.may_find(&who, *id)).collect();
        let limit = match given(params, "Limit") {
            None => self.settings.search_limit,
            Some(text) => match text.parse::<usize>() {
                Ok(limit) => limit,
                Err(_) => return Ok(json!({})),
            },
        };
        let found: Vec<_> = found.into_iter().take(limit).map(|id| id.to_string()).collect();
        Ok(if found.is_empty() { json!({}) } else { json!({"TicketID": found}) })
    }

    /// Searches look at rights in queues alone: being the owner does not help.
    fn may_find(&self, who: &super::session::Who, id: i64) -> bool {
        match (who, self.tickets.get(&id)) {
            (super::session::Who::Agent(agent), Some(ticket)) => self.allows_in(*agent, ticket.queue, "ro"),
            _ => self.may_see(who, id),
        }
    }

    fn find(&self, params: &Params) -> Result<Vec<i64>, Unknown> {
        let mut tests = self.tables(params)?;
        tests.extend(self.texts(params));
        tests.extend(self.times(params)?);
        let mut found: Vec<&Ticket> =
            self.tickets.values().filter(|ticket| tests.iter().all(|test| test(ticket))).collect();
        self.sort(params, &mut found)?;
        Ok(found.into_iter().map(|ticket| ticket.id).collect())
    }

    /// Conditions on numbers and names of tables.
    fn tables(&self, params: &Params) -> Result<Vec<Test<'_>>, Unknown> {
        let mut tests: Vec<Test<'_>> = Vec::new();
        let mut add = |name: &str, field: fn(&Ticket) -> i64, known: &dyn Fn(&str) -> Option<i64>| {
            let wanted = list(params, name);
            let ids = wanted.iter().map(|value| known(value).ok_or(Unknown)).collect::<Result<Vec<_>, _>>()?;
            if !ids.is_empty() {
                tests.push(Box::new(move |ticket| ids.contains(&field(ticket))));
            }
            Ok(())
        };
        // A number that nobody has is no error; a text where a number belongs finds nothing.
        let number = |text: &str| text.parse().ok().or(Some(-1));
        let queue = |name: &str| self.catalog.queues.iter().find(|queue| self.same(&queue.name, name)).map(|it| it.id);
        let sub_queues = params.get("UseSubQueues").is_some_and(perl::is_true);
        add("States", |it| it.state, &|name| {
            STATES.iter().find(|state| self.same(state.name, name)).map(|state| state.id)
        })?;
        add("StateIDs", |it| it.state, &number)?;
        let kind: fn(&Ticket) -> i64 =
            |ticket| number_of(&STATE_KINDS, |kind| *kind == catalog::state(ticket.state).kind).unwrap_or_default();
        add("StateType", kind, &|name| number_of(&STATE_KINDS, |kind| self.same(kind, name)))?;
        add("StateTypeIDs", kind, &number)?;
        add("Priorities", |it| it.priority, &|name| number_of(&PRIORITIES, |known| *known == name))?;
        add("PriorityIDs", |it| it.priority, &number)?;
        add("Locks", |it| 1 + i64::from(it.locked), &|name| number_of(&["unlock", "lock"], |lock| *lock == name))?;
        add("LockIDs", |it| 1 + i64::from(it.locked), &number)?;
        add("OwnerIDs", |it| it.owner, &number)?;
        add("ResponsibleIDs", |it| it.responsible, &number)?;
        add("Types", |it| it.type_id, &|name| number_of(&self.catalog.types, |known| *known == name))?;
        add("TypeIDs", |it| it.type_id, &number)?;
        add("Services", |it| it.service.unwrap_or_default(), &|name| {
            number_of(&self.catalog.services, |known| *known == name)
        })?;
        add("TicketID", |it| it.id, &number)?;
        if !sub_queues {
            add("Queues", |it| it.queue, &queue)?;
            add("QueueIDs", |it| it.queue, &number)?;
        } else {
            let wanted = list(params, "Queues");
            let below = move |ticket: &Ticket| {
                let name = self.catalog.queue(ticket.queue).map_or("", |queue| &queue.name);
                wanted.is_empty() || wanted.iter().any(|top| name == top || name.starts_with(&format!("{top}::")))
            };
            tests.push(Box::new(below));
        }
        Ok(tests)
    }

    /// Conditions on texts.
    fn texts<'a>(&'a self, params: &'a Params) -> Vec<Test<'a>> {
        let mut tests: Vec<Test<'a>> = Vec::new();
        let mut add = |name: &str, field: fn(&Ticket) -> &str| {
            let wanted: Vec<_> = list(params, name).into_iter().filter(|text| !text.is_empty()).collect();
            if !wanted.is_empty() {
                tests.push(Box::new(move |ticket| wanted.iter().any(|pattern| is_like(pattern, field(ticket)))));
            }
        };
        add("Title", |ticket| &ticket.title);
        add("TicketNumber", |ticket| &ticket.number);
        add("CustomerID", |ticket| ticket.customer.as_deref().unwrap_or_default());
        add("CustomerUserLogin", |ticket| ticket.customer_user.as_deref().unwrap_or_default());
        let mut in_articles = |name: &str, field: fn(&Article) -> &str| {
            if let Some(pattern) = given(params, name) {
                tests.push(Box::new(move |ticket| ticket.articles.iter().any(|it| is_like(&pattern, field(it)))));
            }
        };
        in_articles("MIMEBase_Subject", |article| &article.subject);
        in_articles("MIMEBase_Body", |article| &article.body);
        in_articles("MIMEBase_From", |article| &article.from);
        if let Some(words) = given(params, "Fulltext") {
            tests.push(Box::new(move |ticket| {
                let whole = |article: &Article| {
                    [&article.from, &article.to, &article.subject, &article.body]
                        .map(|text| text.to_lowercase())
                        .join(" ")
                };
                let found = |text: &str| words.to_lowercase().split_whitespace().all(|word| text.contains(word));
                ticket.articles.iter().any(|article| found(&whole(article)))
            }));
        }
        for (name, condition) in dynamic(params) {
            tests.push(Box::new(move |ticket| {
                let held = ticket.fields.get(&name);
                let held: Vec<_> = match held {
                    Some(Value::Array(items)) => items.iter().map(perl::text).collect(),
                    one => one.map(perl::text).into_iter().collect(),
                };
                let fits = |how: &str, pattern: &str, text: &String| {
                    if how == "Like" { is_like(pattern, text) } else { pattern == text }
                };
                let wanted =
                    |how: &str| list(&condition, how).iter().any(|it| held.iter().any(|text| fits(how, it, text)));
                ["Equals", "Like"].into_iter().any(wanted)
            }));
        }
        tests
    }

    /// Conditions on times, by the host's clock, both ends included.
    fn times(&self, params: &Params) -> Result<Vec<Test<'_>>, Unknown> {
        let mut tests: Vec<Test<'_>> = Vec::new();
        let mut add = |name: &str, times: fn(&World, &Ticket) -> Vec<i64>| {
            let from = self.bound(params, name, "Newer")?;
            let to = self.bound(params, name, "Older")?;
            if from.is_some() || to.is_some() {
                tests.push(Box::new(move |ticket| {
                    let fits = |at: &i64| from.is_none_or(|from| *at >= from) && to.is_none_or(|to| *at <= to);
                    times(self, ticket).iter().any(fits)
                }));
            }
            Ok(())
        };
        add("TicketCreateTime", |_, ticket| vec![ticket.created])?;
        add("TicketLastChangeTime", |_, ticket| vec![ticket.changed])?;
        add("TicketChangeTime", |_, ticket| ticket.history.iter().map(|entry| entry.at).collect())?;
        add("TicketCloseTime", |_, ticket| closings(ticket).collect())?;
        add(
            "TicketPendingTime",
            |world, ticket| {
                if ticket.pending == 0 { Vec::new() } else { vec![world.local(ticket.pending)] }
            },
        )?;
        add("ArticleCreateTime", |_, ticket| ticket.articles.iter().map(|article| article.created).collect())?;
        add("TicketEscalationTime", |world, ticket| {
            let running = escalation::running(world, ticket).into_iter().filter(|at| *at != 0);
            running.min().map(|at| world.local(at)).into_iter().collect()
        })?;
        Ok(tests)
    }

    fn bound(&self, params: &Params, name: &str, end: &str) -> Result<Option<i64>, Unknown> {
        if let Some(minutes) = given(params, &format!("{name}{end}Minutes")) {
            let minutes: i64 = minutes.parse().map_err(|_| Unknown)?;
            return Ok(Some(self.local(self.now - minutes * 60)));
        }
        let Some(text) = given(params, &format!("{name}{end}Date")) else { return Ok(None) };
        let local = read(&text).ok_or(Unknown)?;
        let at = self.latest(local).ok_or(Unknown)?;
        // Nothing can be newer than what is to come; only pending times may.
        if end == "Newer" && at > self.now && !name.starts_with("TicketPending") {
            return Err(Unknown);
        }
        Ok(Some(local))
    }

    fn sort(&self, params: &Params, found: &mut [&Ticket]) -> Result<(), Unknown> {
        let by = list(params, "SortBy");
        let orders = list(params, "OrderBy");
        let by = if by.is_empty() { vec!["Age".to_owned()] } else { by };
        // Tickets of one second come in the order in which they are stored.
        found.sort_by_key(|ticket| ticket.id);
        for (n, key) in by.iter().enumerate().rev() {
            let value: fn(&Ticket) -> (i64, String) = match key.as_str() {
                "Age" | "Created" => |ticket| (ticket.created, String::new()),
                "Changed" => |ticket| (ticket.changed, String::new()),
                "Priority" => |ticket| (ticket.priority, String::new()),
                "TicketNumber" => |ticket| (0, ticket.number.clone()),
                "Title" => |ticket| (0, ticket.title.clone()),
                "State" => |ticket| (ticket.state, String::new()),
                "Queue" => |ticket| (ticket.queue, String::new()),
                "Owner" => |ticket| (ticket.owner, String::new()),
                "PendingTime" => |ticket| (ticket.pending, String::new()),
                _ => return Err(Unknown),
            };
            match orders.get(n).map(String::as_str) {
                Some("Up") => found.sort_by_key(|ticket| value(ticket)),
                None | Some("Down") => found.sort_by_key(|ticket| std::cmp::Reverse(value(ticket))),
                Some(_) => return Err(Unknown),
            }
        }
        Ok(())
    }
}

/// Conditions on dynamic fields in either form; plain values are none (205).
fn dynamic(params: &Params) -> Vec<(String, Params)> {
    let named = match params.get("DynamicField") {
        Some(Value::Array(items)) => items.clone(),
        Some(one @ Value::Object(_)) => vec![one.clone()],
        _ => Vec::new(),
    };
    let named = named.into_iter().filter_map(|item| {
        let item = item.as_object()?;
        Some((given(item, "Name")?, item.clone()))
    });
    let prefixed = params
        .iter()
        .filter_map(|(key, value)| Some((key.strip_prefix("DynamicField_")?.to_owned(), value.as_object()?.clone())));
    named.chain(prefixed).collect()
}
