//! Trials through whole journals: a woman of the model, whose emptier breasts fill anew, asks, pumps and logs.

use crate::logs::{at, ten};
use letdown_engine::{
    notebook::Notebook,
    observed::Observed,
    trials::{Arm, Claim, Page, Question, next, page, plan},
    twin::Twin,
};
use letdown_journal::moment::Moment;
use letdown_model::{
    mother::Mother,
    random::Random,
    removal::{Session, logistic},
    supply::{Chance, Gap, Supply},
};
use serde_json::json;

/// A woman of the model with a journal.
struct Woman {
    mother: Mother,
    supply: Supply,
    random: Random,
    now: Moment,
    notebook: Notebook,
    written: usize,
}

impl Woman {
    /// Massage multiplies what her pump takes by `massage`; without it she leaves a good deal behind.
    fn new(seed: u64, massage: f64) -> Self {
        let mut mother = Mother::typical();
        mother.pump.share_logit = 0.5;
        mother.pump.massage = massage;
        let supply = Supply::steady(&mother);
        let now = at("2026-06-01T00:00:00+00:00[UTC]");
        let notebook = Notebook::new("phone").unwrap();
        Self { mother, supply, random: Random::seeded(seed), now, notebook, written: 0 }
    }

    fn write(&mut self, kind: &str, fields: serde_json::Value) {
        self.written += 1;
        let fields = serde_json::from_value(fields).unwrap();
        let entry = self.notebook.log(kind, fields, &self.now, ten(self.written)).unwrap();
        self.notebook.add(vec![entry]).unwrap();
    }

    /// Lets some hours pass.
    fn wait(&mut self) -> Chance {
        let hours = 3.5 * (0.25 * self.random.normal()).exp();
        let chance = Chance::draw(&mut self.random, self.mother.breasts.len());
        self.supply.advance(
            &self.mother,
            &Gap { from_clock_h: self.clock_h(), ..Gap::of(hours) },
            Some(&chance),
        );
        self.now = self.now.checked_add(jiff::SignedDuration::from_secs_f64(3600.0 * hours)).unwrap();
        chance
    }

    fn clock_h(&self) -> f64 {
        f64::from(self.now.hour()) + f64::from(self.now.minute()) / 60.0
    }

    /// Pumps for 15 minutes and writes it down.
    fn pump(&mut self, chance: &Chance, massaged: bool) {
        let session = Session { massaged, ..Session::both(15.0) };
        let taken = self.supply.pump(&self.mother, &session, None, Some(&chance.takes));
        let ml = (taken.total_ml() / 5.0).round() * 5.0;
        let techniques: &[&str] = if massaged { &["massage"] } else { &[] };
        self.write("pump", json!({"start": self.now.to_string(), "total_ml": ml, "techniques": techniques}));
    }

    /// Three weeks, a plan, and the trial to its end.
    fn tries(&mut self, smallest: f64) -> Page {
        for _ in 0..140 {
            let chance = self.wait();
            self.pump(&chance, false);
        }
        let observed = Observed::at(self.notebook.journal(), &self.now);
        let twin = Twin::quick(&observed, 1);
        let question = Question::read("massage").unwrap();
        let planned = plan(self.notebook.journal(), &observed, &twin, &question, smallest).unwrap();
        self.write("trial", planned.fields(self.written as u32 ^ 0x5eed).into());
        for _ in 0..planned.sessions {
            let chance = self.wait();
            let next = next(self.notebook.journal(), &self.notebook.observed(&self.now)).unwrap();
            assert!(next.fresh);
            self.write("assignment", next.fields().into());
            self.pump(&chance, next.arm == Arm::With);
        }
        page(self.notebook.journal(), &self.notebook.observed(&self.now), &twin, None).unwrap()
    }
}

#[test]
fn whole_journals_claim_what_is_there_and_not_what_is_not() {
    let lives = 8;
    // What massage adds to one session: the share without is that of the model, plus nothing.
    assert!((logistic(0.5) * 1.2) < 0.95);
    let all = |massage: f64| -> Vec<Page> {
        (0..lives).map(|seed| Woman::new(seed, massage).tries(18.0)).collect()
    };
    let count = |pages: &[Page], claim: Claim| pages.iter().filter(|p| p.claim == claim).count();
    let middle = |pages: &[Page]| {
        pages.iter().map(|p| (p.alone.unwrap().middle / 100.0).ln_1p()).sum::<f64>() / lives as f64
    };
    let (null, real) = (all(1.0), all(1.2));
    for page in null.iter().chain(&real) {
        assert_eq!((page.expected_by, page.counted, page.with.otherwise), ("twin", page.planned, 0));
    }
    println!(
        "null {} {} {:.3}; real {} {:.3}; planned {:?}",
        count(&null, Claim::Helps),
        count(&null, Claim::Takes),
        middle(&null),
        count(&real, Claim::Helps),
        middle(&real),
        real.iter().map(|p| p.planned).collect::<Vec<_>>()
    );
    assert!(count(&null, Claim::Helps) + count(&null, Claim::Takes) <= 2);
    assert!(count(&real, Claim::Helps) >= 4 && count(&real, Claim::Takes) == 0);
    assert!(middle(&null).abs() < 0.04 && (middle(&real) - 1.2_f64.ln()).abs() < 0.05);
}
