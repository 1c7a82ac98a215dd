//! Only the latest question counts: an older one is dropped the moment a newer one begins, so that its
//! answer never overwrites the newer one's and its request is not waited for.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

#[derive(Default)]
struct State {
    turn: u64,
    wakers: Vec<Waker>,
}

/// Hands out turns; each new turn ends the ones before it.
#[derive(Clone, Default)]
pub struct Latest(Arc<Mutex<State>>);

impl Latest {
    /// Runs `work` unless a newer call of this method comes first: then it is dropped, unfinished, and
    /// the result is nothing.
    pub fn run<F: Future>(&self, work: F) -> Turn<F> {
        let (turn, wakers) = {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.turn += 1;
            (state.turn, std::mem::take(&mut state.wakers))
        };
        for waker in wakers {
            waker.wake();
        }
        Turn { latest: self.clone(), turn, work: Some(Box::pin(work)) }
    }

    /// Ends every turn that is under way.
    pub fn stop(&self) {
        drop(self.run(std::future::ready(())));
    }
}

/// The future of one turn.
pub struct Turn<F> {
    latest: Latest,
    turn: u64,
    work: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for Turn<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let current = {
            let mut state = self.latest.0.lock().unwrap_or_else(PoisonError::into_inner);
            let current = state.turn == self.turn;
            if current {
                state.wakers.clear();
                state.wakers.push(context.waker().clone());
            }
            current
        };
        if !current {
            self.work = None;
        }
        match self.work.as_mut() {
            None => Poll::Ready(None),
            Some(work) => work.as_mut().poll(context).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::{Future, pending, ready},
        pin::pin,
        sync::{
            Arc,
            atomic::{AtomicBool, AtomicUsize, Ordering},
        },
        task::{Context, Poll, Wake, Waker},
    };

    use super::Latest;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn an_undisturbed_turn_gives_its_answer() {
        let turn = pin!(Latest::default().run(ready(7)));
        assert_eq!(turn.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Some(7)));
    }

    #[test]
    fn an_older_turn_gives_nothing_even_when_its_answer_is_there() {
        let latest = Latest::default();
        let older = pin!(latest.run(ready("older")));
        let newer = pin!(latest.run(ready("newer")));
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(older.poll(&mut context), Poll::Ready(None));
        assert_eq!(newer.poll(&mut context), Poll::Ready(Some("newer")));
    }

    #[test]
    fn a_waiting_turn_is_woken_and_its_work_dropped() {
        struct Dropped(Arc<AtomicBool>);
        impl Drop for Dropped {
            fn drop(&mut self) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let latest = Latest::default();
        let dropped = Arc::new(AtomicBool::new(false));
        let guard = Dropped(dropped.clone());
        let mut older = pin!(latest.run(async move {
            let _guard = guard;
            pending::<()>().await;
        }));
        let count = Arc::new(Count::default());
        let waker = Waker::from(count.clone());
        let mut context = Context::from_waker(&waker);
        assert_eq!(older.as_mut().poll(&mut context), Poll::Pending);
        latest.stop();
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
        assert_eq!(older.as_mut().poll(&mut context), Poll::Ready(None));
        assert!(dropped.load(Ordering::SeqCst));
    }
}
