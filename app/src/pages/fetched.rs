//! What a screen shows and the backend knows: asked for in process while the first HTML is made, over
//! HTTP in the browser, and carried from one to the other as JSON within the HTML.
//!
//! A `Resource` of its own for each kind of data would cost the browser some 5 kB of code each. So all of
//! them are one `Resource` of an [`Answer`], and [`Fetched`] alone knows what is inside.

use std::{any::Any, convert::Infallible, future::Future, marker::PhantomData, pin::Pin, sync::Arc};

use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    components::ErrorNotice,
    model::{Error, Result, error::Reference},
    start::refuse,
};

/// Data of this kind, on their way, there or failed. A copy is the same data.
pub struct Fetched<T> {
    answer: Resource<Result<Answer>, Json>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Fetched<T> {
    /// Asks once.
    pub fn new<F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        Self::again(|| 0, ask)
    }

    /// Asks, and again whenever `round` becomes another number. What is there stays until then.
    pub fn again<F>(
        round: impl Fn() -> u32 + Send + Sync + 'static,
        ask: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let answer = resource(
            Box::new(round),
            Box::new(move || {
                let answer = ask();
                Box::pin(async move { answer.await.map(Answer::of) })
            }),
        );
        Self { answer, kind: PhantomData }
    }

    /// Puts other data in the place of what was fetched.
    pub fn set(self, value: T) {
        // A page that is gone has no use for it.
        let _ = self.answer.try_set(Some(Ok(Answer::of(value))));
    }

    /// What is known by now, without following it; also for a page that may be gone.
    pub fn known(self) -> Option<T> {
        self.answer.try_get_untracked().flatten()?.and_then(Answer::read).ok()
    }

    /// Asks again.
    pub fn refetch(self) {
        self.answer.refetch();
    }

    /// Shows `skeleton` until the data are there, then `show` of them; a failure with "try again", and as
    /// the status of the page. While they are asked for again the old ones stay.
    pub fn view(
        self,
        skeleton: impl Fn() -> AnyView + Send + Sync + 'static,
        show: impl Fn(T) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        self.either(skeleton, move |known| match known {
            Ok(value) => show(value),
            Err(error) => {
                refuse(&error);
                view! { <ErrorNotice error=error retry=Callback::new(move |()| self.refetch()) /> }.into_any()
            }
        })
    }

    /// The same where a failure is shown by the page itself.
    pub fn either(
        self,
        skeleton: impl Fn() -> AnyView + Send + Sync + 'static,
        show: impl Fn(Result<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        shown(self.answer, Arc::new(skeleton), Arc::new(move |answer| show(read(answer))))
    }
}

/// What was known last of something that is always the same question.
pub struct Last<T: Send + Sync + 'static>(StoredValue<Option<T>>);

impl<T: Clone + Send + Sync + 'static> Last<T> {
    /// Nothing known.
    pub fn none() -> Self {
        Self(StoredValue::new(None))
    }

    /// The answer; or what was known, when it was asked for again and the server was not reached: the page says how old it is.
    ///
    /// # Errors
    /// When there is neither, or the server has said something else.
    pub fn or(&self, answer: Result<T>) -> Result<T> {
        match answer {
            Ok(value) => {
                self.0.set_value(Some(value.clone()));
                Ok(value)
            }
            Err(error @ (Error::Unavailable { .. } | Error::TooMany { .. } | Error::Internal(_))) => {
                self.0.get_value().ok_or(error)
            }
            Err(error) => Err(error),
        }
    }
}

fn read<T: Clone + DeserializeOwned + 'static>(answer: Result<Answer>) -> Result<T> {
    answer.and_then(Answer::read)
}

/// Some data, whatever they are.
#[derive(Clone)]
enum Answer {
    /// As the backend gave them; on the server with what goes into the HTML.
    Value(Arc<dyn Any + Send + Sync>, Arc<str>),
    /// As they came within the HTML.
    Json(Arc<str>),
}

impl Answer {
    fn of<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        // Only the server writes HTML: the browser need not know how to write each kind of data.
        #[cfg(feature = "ssr")]
        let json = serde_json::to_string(&value).unwrap_or_default();
        #[cfg(not(feature = "ssr"))]
        let json = "";
        Self::Value(Arc::new(value), json.into())
    }

    fn read<T: Clone + DeserializeOwned + 'static>(self) -> Result<T> {
        let unreadable = || Error::Internal(Reference(String::new()));
        match self {
            Self::Value(value, _) => value.downcast_ref::<T>().cloned().ok_or_else(unreadable),
            Self::Json(json) => serde_json::from_str(&json).map_err(|_| unreadable()),
        }
    }
}

/// How an answer stands in the HTML: `+` and the data, or `-` and the error.
struct Json;

impl Encoder<Result<Answer>> for Json {
    type Error = Infallible;
    type Encoded = String;

    fn encode(answer: &Result<Answer>) -> Result<String, Infallible> {
        Ok(match answer {
            Ok(Answer::Value(_, json) | Answer::Json(json)) => ["+", json].concat(),
            Err(error) => ["-", &serde_json::to_string(error).unwrap_or_default()].concat(),
        })
    }
}

impl Decoder<Result<Answer>> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Result<Answer>, serde_json::Error> {
        match text.strip_prefix('+') {
            Some(json) => Ok(Ok(Answer::Json(json.into()))),
            None => serde_json::from_str(text.trim_start_matches('-')).map(Err),
        }
    }
}

type Round = Box<dyn Fn() -> u32 + Send + Sync>;
type Ask = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Answer>> + Send>> + Send + Sync>;

fn resource(round: Round, ask: Ask) -> Resource<Result<Answer>, Json> {
    Resource::new_with_options(round, move |_| ask(), false)
}

fn shown(
    answer: Resource<Result<Answer>, Json>,
    skeleton: Arc<dyn Fn() -> AnyView + Send + Sync>,
    show: Arc<dyn Fn(Result<Answer>) -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <Transition fallback=move || skeleton()>{move || answer.get().map(|answer| show(answer))}</Transition> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use leptos::server::codee::{Decoder, Encoder};

    use super::{Answer, Json};
    use crate::model::{Error, Result};

    fn crossed(answer: &Result<Answer>) -> Result<Answer> {
        let Ok(text) = Json::encode(answer);
        Json::decode(&text).expect("reads back")
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn data_cross_from_the_server_to_the_browser() {
        let answer = crossed(&Ok(Answer::of(vec!["Ли".to_owned()]))).expect("no error");
        assert_eq!(answer.clone().read::<Vec<String>>(), Ok(vec!["Ли".to_owned()]));
        assert!(answer.read::<u8>().is_err());
    }

    #[test]
    fn a_failure_crosses_as_well() {
        let failed = crossed(&Err(Error::forbidden()));
        assert_eq!(failed.map(|_| ()), Err(Error::forbidden()));
    }

    #[test]
    fn what_is_at_hand_is_not_read_as_something_else() {
        let answer = Answer::of(7_u8);
        assert_eq!(answer.clone().read::<u8>(), Ok(7));
        assert!(answer.read::<u16>().is_err());
    }
}
