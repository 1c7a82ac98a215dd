//! What two pages share: props in, callbacks out. Nothing here asks the backend or knows Telegram.
//!
//! Conventions. Labels that never change while a page stands are `String` props, those that do are
//! `Signal<String>`; both take a plain `&str`. A reaction is a `Callback`; a closure is accepted where
//! one is wanted. A slot that is a piece of view is an `AnyView`: write `view! { … }.into_any()`.
//! A change of language builds the page anew, so texts need no signal of their own.

mod avatar;
mod back;
mod badge;
mod button;
mod chart_keys;
mod choice;
mod empty_state;
mod error_notice;
mod field;
mod icon;
mod list;
mod list_end;
mod live_status;
mod main_action;
mod page;
mod progress;
mod search_field;
mod segmented;
mod sheet;
mod skeleton;
mod sparkline;
mod state_mark;
mod time;
mod toast;

pub use avatar::Avatar;
pub use back::Back;
pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, ButtonSize, LinkButton};
pub use chart_keys::chart_keys;
pub use choice::{Choice, ChoiceRows};
pub use empty_state::EmptyState;
pub use error_notice::ErrorNotice;
pub use field::{TextArea, TextField};
pub use icon::{Icon, IconTile};
pub use list::{Row, RowText, Section};
pub use list_end::ListEnd;
pub use live_status::LiveStatus;
pub use main_action::{MainAction, MainActionState, NativeMainAction};
pub use page::{FirstPage, Page, TwoPanes};
pub use progress::Progress;
pub use search_field::SearchField;
pub use segmented::Segmented;
pub use sheet::Sheet;
pub use skeleton::SkeletonRows;
pub use sparkline::Sparkline;
pub use state_mark::StateMark;
pub use time::{Clock, Time, use_clock};
pub use toast::{ToastHost, Toasts, use_toasts};
