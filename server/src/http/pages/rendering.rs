//! Where pages are rendered: each on one thread from beginning to end, even if whoever asked has hung up.
//!
//! Parts of a page are tasks. On other threads they would find it taken to pieces while they look for what belongs to it, as when
//! a client hangs up and the page is dropped: `reactive_graph` 0.2 then waits for itself, and the thread is lost.

use std::{
    future::{Future, pending},
    io,
    num::NonZero,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use app::model::Error;
use axum::{
    body::{Body, to_bytes},
    response::Response,
};
use tokio::{
    runtime::{Builder, Handle},
    time::timeout,
};
use tracing::Instrument as _;

use crate::http::problem::Failure;

/// How long a page may take; its data have shorter limits of their own.
const LONGEST: Duration = Duration::from_secs(20);

/// The page with all of its body.
///
/// # Errors
/// Unavailable, when it does not come in [`LONGEST`] or cannot be rendered.
pub async fn whole(page: impl Future<Output = Response> + Send + 'static) -> Result<Response, Failure> {
    let rendered = async {
        let (head, body) = page.await.into_parts();
        let body = to_bytes(body, usize::MAX).await.ok()?;
        Some(Response::from_parts(head, Body::from(body)))
    };
    let rendered = thread_in_turn().spawn(timeout(LONGEST, rendered).in_current_span()).await;
    rendered.ok().and_then(Result::ok).flatten().ok_or(Failure(Error::Unavailable { retry_after_s: 1 }))
}

/// The next of the threads that render, of which there is one for each processor.
fn thread_in_turn() -> Handle {
    static THREADS: LazyLock<Vec<Handle>> = LazyLock::new(|| {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        (0..count).filter_map(|_| start().ok()).collect()
    });
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).checked_rem(THREADS.len());
    next.and_then(|next| THREADS.get(next)).cloned().unwrap_or_else(Handle::current)
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new().name("renderer".to_owned()).spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}

#[cfg(test)]
mod tests {
    use std::{
        collections::HashSet,
        sync::{Arc, Mutex, PoisonError},
        thread::{self, ThreadId},
        time::Duration,
    };

    use axum::{body::Body, response::Response};
    use tokio::{
        runtime::Handle,
        sync::oneshot,
        task::yield_now,
        time::{sleep, timeout},
    };

    use super::whole;

    /// A page of many parts, which says where they ran and when it is at its end.
    fn page(ran: &Arc<Mutex<Vec<ThreadId>>>, over: oneshot::Sender<()>) -> impl Future<Output = Response> + use<> {
        let ran = Arc::clone(ran);
        async move {
            for _ in 0..20 {
                let part = Arc::clone(&ran);
                let part = Handle::current().spawn(async move {
                    sleep(Duration::from_millis(1)).await;
                    part.lock().unwrap_or_else(PoisonError::into_inner).push(thread::current().id());
                });
                yield_now().await;
                let _ = part.await;
                ran.lock().unwrap_or_else(PoisonError::into_inner).push(thread::current().id());
            }
            let _ = over.send(());
            Response::new(Body::from("whole"))
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_page_is_rendered_on_one_thread_to_its_end_though_nobody_waits_for_it() {
        for hangs_up in [false, true] {
            let ran = Arc::default();
            let (over, is_over) = oneshot::channel();
            let asked = whole(page(&ran, over));
            if hangs_up {
                assert!(timeout(Duration::from_millis(5), asked).await.is_err(), "it takes longer");
            } else {
                assert!(asked.await.is_ok());
            }
            assert!(timeout(Duration::from_secs(10), is_over).await.is_ok_and(|over| over.is_ok()), "{hangs_up}");
            let ran = ran.lock().unwrap_or_else(PoisonError::into_inner);
            assert_eq!((ran.len(), ran.iter().collect::<HashSet<_>>().len()), (40, 1), "{hangs_up}");
        }
    }
}
