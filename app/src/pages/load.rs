//! The three faces of something that is loaded: on its way, there, failed.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{components::ErrorNotice, model::Result};

/// Shows `skeleton` until the data are there, then `show` of them; a failure with "try again". While it
/// is loaded again the old data stay.
pub fn loaded<T>(
    resource: Resource<Result<T>>,
    skeleton: fn() -> AnyView,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    view! {
        <Transition fallback=skeleton>
            {move || {
                let show = show.clone();
                resource
                    .get()
                    .map(|result| match result {
                        Ok(value) => show(value),
                        Err(error) => {
                            view! { <ErrorNotice error=error retry=Callback::new(move |()| resource.refetch()) /> }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
    .into_any()
}
