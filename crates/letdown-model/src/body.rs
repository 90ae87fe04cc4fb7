//! A body that lives session by session: supply from hours to weeks, let-downs from second to second, learning from day to
//! day, each handing on to the next.
//!
//! A gap fills the breasts ([`Supply::advance`]). A session takes what the reflex has pushed into the ducts
//! ([`session::run`](crate::session::run)) and gives back what is left. What was rewarded is learned
//! ([`Learned::teach`]), and time forgets ([`Learned::rest`]).

use crate::{
    learning::{Learned, Present, reward},
    mother::Mother,
    past_flow::PastFlow,
    random::Random,
    session::{
        Breasts, Course, Plan, run,
        touch::{Side, Source},
    },
    supply::{Chance, Gap, Supply},
};
use alloc::vec::Vec;

/// One woman's body at a moment.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    mother: &'a Mother,
    /// What her breasts hold and remember.
    pub supply: Supply,
    /// What her reflex has learned.
    pub learned: Learned,
    /// Days after the birth, when that is known.
    pub days_after_birth: Option<f64>,
    clock_h: f64,
    past_flow: PastFlow,
}

/// A session as it meets a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// What is done. The strength of cues in its phases is set by what she has learned.
    pub plan: Plan,
    /// The cues that are there.
    pub present: Present,
    /// Where it is: extinction is bound to a place.
    pub place: u32,
}

impl<'a> Body<'a> {
    /// A body with a supply, at a clock hour (h).
    pub fn new(mother: &'a Mother, supply: Supply, clock_h: f64, days_after_birth: Option<f64>) -> Self {
        let learned = Learned::default();
        Self { mother, supply, learned, days_after_birth, clock_h, past_flow: PastFlow::default() }
    }

    /// Hours pass, with chance or without.
    pub fn pass(&mut self, hours: f64, random: Option<&mut Random>) {
        if hours <= 0.0 {
            return;
        }
        let chance = random.map(|r| Chance::draw(r, self.mother.breasts.len()));
        let gap = Gap {
            hours,
            from_clock_h: self.clock_h,
            days_after_birth: self.days_after_birth,
            past_flow_min: self.past_flow.minutes(self.clock_h),
        };
        self.supply.advance(self.mother, &gap, chance.as_ref());
        self.learned.rest(hours / 24.0);
        self.clock_h += hours;
        self.days_after_birth = self.days_after_birth.map(|day| day + hours / 24.0);
    }

    /// A session: takes milk, and teaches.
    pub fn meet(&mut self, meeting: &Meeting, random: &mut Random) -> Course {
        let plan = self.expect(meeting);
        let course = run(self.mother, &self.breasts(), &plan, random);
        for (held, left_ml) in self.supply.breasts.iter_mut().zip(&course.left_ml) {
            held.milk_ml = *left_ml;
        }
        self.learned.teach(&self.mother.learning, &meeting.present, rewarded(&plan, &course), meeting.place);
        self.remember_past_flow(&plan, &course);
        course
    }

    /// The plan with the strength that her cues have now.
    fn expect(&self, meeting: &Meeting) -> Plan {
        let cues = self.learned.drive(&meeting.present, meeting.place);
        let mut plan = meeting.plan.clone();
        plan.phases.iter_mut().for_each(|phase| phase.cues = cues);
        plan
    }

    fn breasts(&self) -> Breasts {
        let storage = self.mother.breasts.iter().map(|b| b.storage_at_ml(self.days_after_birth));
        let storage_ml: Vec<f64> = storage.collect();
        Breasts {
            milk_ml: self.supply.breasts.iter().map(|held| held.milk_ml).collect(),
            makes_ml_per_h: alloc::vec![0.0; storage_ml.len()],
            storage_ml,
        }
    }

    fn remember_past_flow(&mut self, plan: &Plan, course: &Course) {
        let pumped = plan.phases.iter().any(|p| p.sides.iter().any(|s| matches!(s.source, Source::Pump(_))));
        let past_min = course.slowed_s.map_or(0.0, |slowed_s| (course.seconds - slowed_s) / 60.0);
        if pumped {
            self.past_flow.add(self.clock_h, past_min);
        }
    }
}

/// The reward of a session: pulses within four minutes of the first touch, while a breast is touched. A pump that is
/// switched off touches nobody.
pub fn rewarded(plan: &Plan, course: &Course) -> f64 {
    let mut touched = Vec::new();
    let mut begins_s = 0.0;
    for phase in &plan.phases {
        if phase.sides[..course.taken_ml.len()].iter().any(touches) {
            touched.push((begins_s, begins_s + phase.seconds));
        }
        begins_s += phase.seconds;
    }
    let Some((first_touch_s, _)) = touched.first().copied() else { return 0.0 };
    let in_touch = course
        .let_downs
        .iter()
        .filter(|l| touched.iter().any(|(from_s, to_s)| *from_s <= l.pulse_s && l.pulse_s <= *to_s));
    reward(in_touch.map(|l| (l.pulse_s - first_touch_s, l.pulse)))
}

fn touches(side: &Side) -> bool {
    let at_work = match side.source {
        Source::None => false,
        Source::Pump(pump) => pump.vacuum > 0.0,
        Source::Baby(baby) => baby.suck > 0.0,
        Source::Hand => true,
    };
    at_work || side.massage > 0.0
}
