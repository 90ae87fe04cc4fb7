//! A fit that was kept is the fit itself; of another log, or with a byte missing, it is none.

use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    log::{Breasts, Log},
    posterior::{Effort, Posterior, fit},
    traits::ALL,
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};
use proptest::prelude::*;

fn fitted(breasts: Breasts) -> (Log, Posterior) {
    let mut random = Random::seeded(17);
    let log = log(&draw(&mut random, Term::Term), Kind { breasts, days: 25, ..PLAIN }, &mut random);
    let posterior = fit(&log, &Effort::quick(), 1).unwrap();
    (log, posterior)
}

#[test]
fn a_kept_fit_is_the_fit_itself() {
    for breasts in [Breasts::One, Breasts::Two] {
        let (log, posterior) = fitted(breasts);
        let again = Posterior::read(&posterior.write(), &log).unwrap();
        assert_eq!(again.draws, posterior.draws);
        assert_eq!(again.report, posterior.report);
        assert_eq!(again.fitted(), posterior.fitted());
        assert_eq!(again.write(), posterior.write());
        // A later fit that begins where this one stood is the same, too.
        let warm = |p: &Posterior| fit(&log, &Effort::quick().from(p), 2).unwrap().draws;
        assert_eq!(warm(&again), warm(&posterior));
        // And so is what one more session makes of it.
        let shorter = log.before(log.events()[log.events().len() - 2].at_h);
        let with = |p: &Posterior| p.with(&shorter).map(|p| p.draws);
        assert_eq!(with(&again), with(&posterior));
    }
}

#[test]
fn of_another_log_it_is_none() {
    let (log, posterior) = fitted(Breasts::One);
    let bytes = posterior.write();
    let shorter = log.before(log.events()[log.events().len() - 1].at_h);
    let refused = Posterior::read(&bytes, &shorter).unwrap_err().to_string();
    assert!(refused.contains("another log"), "{refused}");
    let born = log.clone().with_birth(-240.0);
    assert!(Posterior::read(&bytes, &born).is_err());
    let mut older = bytes.clone();
    older[5] += 1;
    let refused = Posterior::read(&older, &log).unwrap_err().to_string();
    assert!(refused.contains("another version"), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn broken_bytes_are_refused_or_hold_finite_draws(cut in 0.0..1.0f64, at in 0.0..1.0f64, byte: u8) {
        let (log, bytes) = SMALL.with(Clone::clone);
        let cut_to = (cut * bytes.len() as f64) as usize;
        prop_assert!(Posterior::read(&bytes[..cut_to], &log).is_err());
        let mut changed = bytes.clone();
        changed[(at * bytes.len() as f64) as usize] = byte;
        if let Ok(read) = Posterior::read(&changed, &log) {
            prop_assert!(read.draws.iter().all(|d| ALL.iter().all(|t| d.get(*t).is_finite())));
        }
    }
}

thread_local! {
    static SMALL: (Log, Vec<u8>) = {
        let (log, posterior) = fitted(Breasts::One);
        (log, posterior.thinned(3).write())
    };
}
