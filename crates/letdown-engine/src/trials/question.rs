//! What a trial asks, and in which words.

use crate::{EngineError, beside, error::said, insights::known::Belief};
use letdown_journal::body::{Technique, Trial, TrialOutcome};

/// What a trial asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is tried.
    pub technique: Technique,
    /// How much longer (min), where it is more minutes.
    pub more_minutes: Option<f64>,
    /// Whether seconds to the first let-down are looked at instead of milk.
    pub latency: bool,
    /// Whether whole days are drawn instead of sessions.
    pub by_day: bool,
}

/// What can be tried: its word, what else it is called, how a session with it is said, and one without it.
const TRIED: [(&str, &[&str], &str, &str); 9] = [
    ("photo", &["picture"], "with a picture of your baby", "without a picture"),
    ("massage", &["compression"], "with massage", "without massage"),
    ("pause_massage", &["pause"], "with a pause and massage when flow slows", "without that pause"),
    ("sound", &["recording"], "with a sound of your baby", "without a sound"),
    ("warmth", &["warm", "warm_shield", "shield"], "with warmth", "without warmth"),
    ("smell", &["scent"], "with something that smells of your baby", "without a smell"),
    ("thought", &["thinking"], "with a minute of thinking of your baby first", "without that minute"),
    (FLANGE, &["other_flange"], "with the other flange", "with the flange as usual"),
    (LONGER, &["more_minutes"], "longer", "as long as usual"),
];
const FLANGE: &str = "flange";
const LONGER: &str = "longer";
/// The most minutes that may be tried on top.
const MOST_MIN: f64 = 10.0;

impl Question {
    /// Reads a question as it is typed: `picture`, `massage`, `+5min`, `warmth`, `flange`, ...
    ///
    /// ```
    /// use letdown_engine::trials::Question;
    /// assert_eq!(Question::read("picture")?.asks(), "Do sessions with a picture of your baby bring more milk?");
    /// assert!(Question::read("+5min")?.by_day);
    /// assert!(Question::read("a different pump").unwrap_err().to_string().contains("picture, massage"));
    /// # Ok::<(), letdown_engine::EngineError>(())
    /// ```
    ///
    /// # Errors
    /// When it is none that can be drawn at random without harm; the sentence names those that can.
    pub fn read(text: &str) -> Result<Self, EngineError> {
        let word = text.trim().to_lowercase().replace([' ', '-'], "_");
        if let Some(minutes) = minutes(&word) {
            return Self::longer(minutes, text);
        }
        let known = TRIED.iter().find(|(name, also, ..)| *name == word || also.contains(&word.as_str()));
        match known {
            Some((LONGER, ..)) => Self::longer(5.0, text),
            Some((name, ..)) => Ok(Self {
                technique: Technique::from((*name).to_owned()),
                more_minutes: None,
                latency: false,
                by_day: false,
            }),
            None => Err(unknown(text)),
        }
    }

    fn longer(minutes: f64, text: &str) -> Result<Self, EngineError> {
        if !(1.0..=MOST_MIN).contains(&minutes) {
            let most =
                format!("{:?}: a trial may add 1 to {MOST_MIN} minutes, for example +5min", text.trim());
            return Err(said(most));
        }
        let technique = Technique::from(LONGER.to_owned());
        Ok(Self { technique, more_minutes: Some(minutes), latency: false, by_day: true })
    }

    /// What a trial in the journal asks.
    pub fn of(trial: &Trial) -> Self {
        Self {
            technique: trial.technique.clone(),
            more_minutes: trial.more_minutes,
            latency: trial.outcome == Some(TrialOutcome::Latency),
            by_day: trial.by_day == Some(true),
        }
    }

    /// The question.
    pub fn asks(&self) -> String {
        let what = if self.latency { "let milk down sooner" } else { "bring more milk" };
        let whole = if self.by_day { "days" } else { "sessions" };
        format!("Do {whole} {} {what}?", self.with())
    }

    /// "with massage", "5 min longer".
    pub fn with(&self) -> String {
        match (self.more_minutes, self.words()) {
            (Some(minutes), _) => format!("with sessions {minutes} min longer"),
            (None, Some((.., with, _))) => (*with).to_owned(),
            (None, None) => format!("with {}", self.technique.as_str().replace('_', " ")),
        }
    }

    /// "without massage", "as long as usual".
    pub fn without(&self) -> String {
        match self.words() {
            _ if self.more_minutes.is_some() => "with sessions as long as usual".to_owned(),
            Some((.., without)) => (*without).to_owned(),
            None => format!("without {}", self.technique.as_str().replace('_', " ")),
        }
    }

    /// "session", "day".
    pub fn unit(&self) -> &'static str {
        if self.by_day { "day" } else { "session" }
    }

    fn words(&self) -> Option<&(&str, &[&str], &str, &str)> {
        TRIED.iter().find(|(name, ..)| *name == self.technique.as_str())
    }

    /// What is believed of it before the trial (ln): what the fit believes of a technique, else judged to lean to neither
    /// side.
    pub(super) fn believed(&self) -> Belief {
        if self.latency {
            return Belief { mean: 0.0, sd: LATENCY_SD };
        }
        match beside::effect(&self.technique) {
            Some(effect) => {
                let (mean, sd) = effect.believed();
                Belief { mean, sd }
            }
            None => Belief { mean: 0.0, sd: OTHER_SD },
        }
    }
}

/// The spread of what a cue does to seconds, as `insights` believes it; and of a change nothing is known of (log).
const LATENCY_SD: f64 = 0.3;
const OTHER_SD: f64 = 0.1;

fn minutes(word: &str) -> Option<f64> {
    let rest = word.strip_prefix('+')?.trim_start_matches('_');
    let number = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
    number.parse::<f64>().ok().filter(|m| m.is_finite())
}

fn unknown(text: &str) -> EngineError {
    let words = "picture, massage, pause_massage, sound, warmth, smell, thought, flange and +5min";
    said(format!("{:?} is nothing I can draw by chance; what can be tried are {words}", text.trim()))
}
