//! The search as it runs: what is typed, the answer that is shown, and the rule between them. What is
//! shown stays until something newer replaces it, and nothing older ever does.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Employees as _},
    device,
    directory::{latest::Latest, links::Search},
    model::{
        Error, Result,
        employee::{Employee, EmployeeQuery},
        ids::EmployeeId,
        page::{Page, PageRequest},
    },
};

/// How long typing must pause before it is asked for, in milliseconds.
const PAUSE_MS: i32 = 90;
/// People per piece of the list.
const PIECE: u32 = 30;

/// An answer and what it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What was asked.
    pub search: Search,
    /// The people so far.
    pub people: Vec<Employee>,
    /// Where the rest begins.
    pub next: Option<String>,
}

/// What the place below the search field shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    /// Nothing is searched for.
    Start,
    /// The first answer is on its way.
    Waiting,
    /// There is no answer and none before it to keep.
    Failed(Error),
    /// People.
    People,
    /// Nobody fits.
    Nobody(Search),
}

/// The search of the page, as signals.
#[derive(Clone, Copy)]
pub struct Finder {
    /// The text of the field.
    pub text: RwSignal<String>,
    /// Only this department.
    pub department: RwSignal<Option<String>>,
    /// The last answer.
    pub shown: RwSignal<Option<Shown>>,
    /// Something is asked.
    pub loading: RwSignal<bool>,
    /// Why the last question has no answer.
    pub failed: RwSignal<Option<Error>>,
    /// Counts the changes made to people here.
    pub changes: RwSignal<u32>,
    asked: StoredValue<Search>,
    backend: StoredValue<Backend>,
    latest: StoredValue<Latest>,
}

impl Finder {
    /// A search that starts with this.
    pub fn new(search: Search, backend: Backend) -> Self {
        let latest = Latest::default();
        on_cleanup({
            let latest = latest.clone();
            move || latest.stop()
        });
        Self {
            text: RwSignal::new(search.text.clone()),
            department: RwSignal::new(search.department.clone()),
            shown: RwSignal::new(None),
            loading: RwSignal::new(false),
            failed: RwSignal::new(None),
            changes: RwSignal::new(0),
            asked: StoredValue::new(search),
            backend: StoredValue::new(backend),
            latest: StoredValue::new(latest),
        }
    }

    /// What is searched for now; tracked.
    pub fn search(self) -> Search {
        Search { text: self.text.get(), department: self.department.get() }
    }

    /// What is searched for now.
    pub fn search_now(self) -> Search {
        Search {
            text: self.text.try_get_untracked().unwrap_or_default(),
            department: self.department.try_get_untracked().flatten(),
        }
    }

    /// What to show; tracked.
    pub fn mode(self) -> Mode {
        if self.search().is_empty() {
            return Mode::Start;
        }
        self.shown.with(|shown| match shown.as_ref().filter(|shown| !shown.search.is_empty()) {
            Some(shown) if shown.people.is_empty() => Mode::Nobody(shown.search.clone()),
            Some(_) => Mode::People,
            None => self.failed.get().map_or(Mode::Waiting, Mode::Failed),
        })
    }

    /// The answer that comes with the page.
    pub async fn first(backend: Backend, search: Search, cursor: Option<String>) -> Result<Page<Employee>> {
        if search.is_empty() {
            return Ok(Page { items: Vec::new(), next: None });
        }
        ask(&backend, &search, cursor).await
    }

    /// Shows the answer that came with the page, unless something newer is typed or shown.
    pub fn begin(self, search: Search, answer: Result<Page<Employee>>) {
        if same(&self.search_now(), &search) && self.shown.with_untracked(Option::is_none) {
            self.settle(search, answer);
        }
    }

    /// The field or the department may have changed: asks after a short pause if so.
    pub fn changed(self) {
        if !same(&self.search(), &self.asked.get_value()) {
            self.ask_after(PAUSE_MS);
        }
    }

    /// Searches for something else at once.
    pub fn go(self, search: Search) {
        if same(&search, &self.search_now()) {
            return;
        }
        self.asked.set_value(search.clone());
        self.text.set(search.text);
        self.department.set(search.department);
        self.ask_after(0);
    }

    /// Asks the same again: after a failure, or without waiting for a pause.
    pub fn again(self) {
        self.ask_after(0);
    }

    /// Somebody was changed: asks the same again. Nothing happens when the page is gone by now.
    pub fn refresh(self) {
        if !self.text.is_disposed() {
            self.changes.update(|changes| *changes += 1);
            self.ask_after(0);
        }
    }

    /// Asks for the people that follow.
    pub fn more(self) {
        let rest = self
            .shown
            .with_untracked(|shown| shown.as_ref().and_then(|shown| Some((shown.search.clone(), shown.next.clone()?))));
        let Some((search, cursor)) = rest.filter(|_| !self.loading.get_untracked()) else { return };
        self.loading.set(true);
        let backend = self.backend.get_value();
        let turn =
            self.latest.with_value(|latest| latest.run(async move { ask(&backend, &search, Some(cursor)).await }));
        spawn_local(async move {
            match turn.await {
                None => return,
                Some(Ok(page)) => {
                    self.shown.update(|shown| shown.iter_mut().for_each(|shown| append(shown, page.clone())));
                    self.failed.set(None);
                }
                Some(Err(error)) => self.failed.set(Some(error)),
            }
            self.loading.set(false);
        });
    }

    /// Somebody of the list, as last seen there.
    pub fn known(self, id: EmployeeId) -> Option<Employee> {
        self.shown
            .with_untracked(|shown| shown.as_ref()?.people.iter().find(|person| person.id == id).cloned())
            .map(|person| Employee { matches: Vec::new(), ..person })
    }

    /// What is shown answers what is typed; tracked.
    pub fn is_current(self) -> bool {
        let typed = self.search();
        self.shown.with(|shown| shown.as_ref().is_some_and(|shown| same(&shown.search, &typed)))
    }

    fn ask_after(self, pause: i32) {
        let search = self.search_now();
        self.asked.set_value(search.clone());
        if search.is_empty() {
            self.latest.with_value(Latest::stop);
            self.settle(search, Ok(Page { items: Vec::new(), next: None }));
            return;
        }
        self.loading.set(true);
        let backend = self.backend.get_value();
        let asked = search.clone();
        let turn = self.latest.with_value(|latest| {
            latest.run(async move {
                if pause > 0 {
                    device::sleep(pause).await;
                }
                ask(&backend, &asked, None).await
            })
        });
        spawn_local(async move {
            if let Some(answer) = turn.await {
                self.settle(search, answer);
            }
        });
    }

    fn settle(self, search: Search, answer: Result<Page<Employee>>) {
        match answer {
            Ok(page) => {
                self.shown.set(Some(Shown { search, people: page.items, next: page.next }));
                self.failed.set(None);
            }
            Err(error) => self.failed.set(Some(error)),
        }
        self.loading.set(false);
    }
}

/// An insert between two pieces may repeat somebody: who is there already is left out.
fn append(shown: &mut Shown, page: Page<Employee>) {
    for person in page.items {
        if shown.people.iter().all(|known| known.id != person.id) {
            shown.people.push(person);
        }
    }
    shown.next = page.next;
}

fn same(one: &Search, other: &Search) -> bool {
    one.department == other.department && one.text.trim() == other.text.trim()
}

async fn ask(backend: &Backend, search: &Search, cursor: Option<String>) -> Result<Page<Employee>> {
    let query = EmployeeQuery { text: search.text.trim().to_owned(), department: search.department.clone() };
    backend.employees().search(query, PageRequest { limit: PIECE, cursor }).await
}
