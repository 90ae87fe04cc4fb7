//! What her log says about how her body works, and what it cannot say yet.
//!
//! Each answer holds its range, how much it rests on, and a sentence. Nothing is claimed below a probability of 90 %: then
//! it says "not known yet", and about how much more would tell.

mod after_weaning;
mod compared;
mod cues;
mod drinks;
mod energy;
mod felt;
mod hour;
mod nursing;
mod past_flow;
mod release;
mod rhythm;
mod techniques;

mod given;
pub(crate) mod known;
mod signs;

pub use after_weaning::{AfterWeaning, Expected};
pub use cues::{CuesAnswer, Latency, Spontaneous};
pub use drinks::Drinks;
pub use energy::Energy;
pub use felt::FeltAnswer;
pub use known::{Effect, Percent, Share};
pub use nursing::{Needed, Nursing, Weighed};
pub use past_flow::PastFlowEffect;
pub use release::{Evidence, Release, Settles};
pub use rhythm::{Contrast, Rhythm, Weekday};
pub use techniques::TechniqueEffect;

use crate::{
    numbers::tenth,
    observed::Observed,
    twin::{Twin, TwinState},
};
use given::Given;
use letdown_journal::fold::Folded;
use serde::Serialize;

/// What her log says about how her body works.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Insights {
    /// When it was asked for.
    pub now: String,
    /// Whether milk is made and released.
    pub release: Release,
    /// Her week.
    pub rhythm: Rhythm,
    /// Drinks and milk.
    pub drinks: Drinks,
    /// What helps her.
    pub techniques: Vec<TechniqueEffect>,
    /// What minutes past the end of flow do to her milk.
    pub past_flow: PastFlowEffect,
    /// What she feels, and what was seen.
    pub felt: FeltAnswer,
    /// Cues, and let-downs without touch.
    pub cues: CuesAnswer,
    /// What her milk costs.
    pub energy: Energy,
    /// Let-downs after weaning.
    pub after_weaning: AfterWeaning,
    /// What nursings say.
    pub nursing: Nursing,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
    /// The twin behind it.
    pub twin: TwinState,
}

fn sentence_case(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What a log says.
pub fn insights(journal: &Folded, observed: &Observed, twin: &Twin) -> Insights {
    let given = Given::of(journal, observed, twin);
    let (nursing, growth_ml) = nursing::nursing(&given);
    Insights {
        now: observed.now.to_string(),
        release: release::release(&given),
        rhythm: rhythm::rhythm(&given),
        drinks: drinks::drinks(&given),
        techniques: techniques::techniques(&given),
        past_flow: past_flow::past_flow(&given),
        felt: felt::felt(&given),
        cues: cues::cues(&given),
        energy: energy::energy(&given, growth_ml.as_deref()),
        after_weaning: after_weaning::after_weaning(&given),
        nursing,
        data_age_h: observed.data_age_h().map(tenth),
        twin: twin.state(),
    }
}

/// What a log says of cues alone; it needs no twin.
pub(crate) fn cues_of(journal: &Folded, observed: &Observed) -> CuesAnswer {
    cues::cues(&Given::of(journal, observed, &Twin::Pending))
}

impl Insights {
    /// Each answer as a title and a sentence; what has nothing to say in this log is left out.
    pub fn sentences(&self) -> Vec<(&'static str, String)> {
        let logs_any = self.techniques.iter().any(|t| t.technique != "hour");
        let none = (!logs_any).then(|| "No massage, picture, sound or warmth is logged yet.".to_owned());
        let said = self.techniques.iter().map(|t| format!("{}.", sentence_case(&t.says)));
        let past_flow = format!("{}.", sentence_case(&self.past_flow.says));
        let helps = none.into_iter().chain(said).chain([past_flow]).collect::<Vec<_>>().join(" ");
        let after = self.after_weaning.weaned.then(|| ("After weaning", self.after_weaning.says.clone()));
        let nursing = (self.nursing.n > 0).then(|| ("Nursing", self.nursing.says.clone()));
        let always = [
            ("Made and released", self.release.says.clone()),
            ("Your week", self.rhythm.says.clone()),
            ("What helps you", helps),
            ("Felt and seen", self.felt.says.clone()),
            ("What brings milk", self.cues.says.clone()),
            ("Drinks", self.drinks.says.clone()),
            ("Energy", self.energy.says.clone()),
        ];
        always.into_iter().chain(nursing).chain(after).collect()
    }
}
