//! Many women, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

/// `one(0)`, `one(1)`, ... `one(n - 1)`, in that order, worked out on all cores.
pub fn each<T: Send>(n: usize, one: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(n.max(1));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= n {
                return done;
            }
            done.push((i, one(i)));
        }
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let running: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for worker in running {
            match worker.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, t)| t).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_is_kept() {
        assert_eq!(super::each(100, |i| i * i), (0..100).map(|i| i * i).collect::<Vec<_>>());
        assert!(super::each(0, |i| i).is_empty());
    }
}
