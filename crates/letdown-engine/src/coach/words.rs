//! What the coach says: every sentence of it. Short words, no blame, no promise; each prompt names what it rests on and where
//! it ends. A test holds them against a list of words and against the reading age of twelve.

use super::{
    Cue, Goal, Id, Knows, Offer, Prompt, Shows, What,
    chance::{Odds, Way},
    choose::Chosen,
    limits::{LEAST_CHANCE, MOST},
    moment::Moment,
};
use crate::{
    Range,
    limits::OLD_H,
    numbers::{hundredth, tenth},
};
use letdown_journal::volume::ML_PER_OZ;
use serde::Serialize;

/// What a prompt rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "grade", rename_all = "snake_case")]
pub enum Grade {
    /// Her own logs.
    HerData {
        /// Sessions of hers.
        n: usize,
    },
    /// What this session showed.
    Seen,
    /// Trials.
    Trials,
    /// The model, of women in general.
    Model,
    /// Guidance of midwives and doctors.
    Guidance,
    /// Tradition.
    Tradition,
}

impl Grade {
    fn words(self) -> String {
        match self {
            Self::HerData { n: 1 } => "Your own log: 1 session.".into(),
            Self::HerData { n } => format!("Your own log: {n} sessions."),
            Self::Seen => "What was seen in this session.".into(),
            Self::Trials => "Trials.".into(),
            Self::Model => "The model, made from women at large. It does not know you yet.".into(),
            Self::Guidance => "What midwives and doctors advise.".into(),
            Self::Tradition => "Tradition. No trial has tested it.".into(),
        }
    }
}

/// Sessions of hers from which a prompt speaks of her.
const HERS: usize = 3;
const TAKES_PART: &str = "A let-down counts here from 3 mL on.";

struct Says {
    text: String,
    why: String,
    rests_on: Grade,
    limits: String,
    odds: Option<Odds>,
}

impl Says {
    fn of(
        text: impl Into<String>,
        why: impl Into<String>,
        rests_on: Grade,
        limits: impl Into<String>,
    ) -> Self {
        Self { text: text.into(), why: why.into(), rests_on, limits: limits.into(), odds: None }
    }
}

pub(super) fn prompt(m: &Moment<'_>, chosen: &Chosen) -> Prompt {
    let says = says(m, chosen.id);
    let shows_ml = m.knows.shows != Shows::Nothing;
    Prompt {
        id: chosen.id,
        since_s: tenth(chosen.since_s),
        text: says.text,
        why: says.why,
        rests_on: says.rests_on,
        source: says.rests_on.words(),
        limits: aged(m.knows, says.rests_on, says.limits),
        offers: offers(chosen.id),
        chance: says.odds.map(|odds| hundredth(odds.chance)),
        ml: says.odds.filter(|_| shows_ml).map(|odds| odds.ml),
    }
}

/// Numbers of an old log say how old they are.
fn aged(knows: &Knows, rests_on: Grade, limits: String) -> String {
    let is_hers = matches!(rests_on, Grade::HerData { .. });
    match knows.data_age_h.filter(|h| is_hers && *h > OLD_H) {
        Some(h) => format!("Your newest session is {:.0} days old, and so is this. {limits}", h / 24.0),
        None => limits,
    }
}

fn offers(id: Id) -> Vec<Offer> {
    let does = match id {
        Id::Cue => Some("I have it"),
        Id::NoneYet => Some("Take a break"),
        Id::MassageThenFive => Some("Massage now"),
        Id::PastFlow => Some("Five more"),
        _ => None,
    };
    let not_now = match id {
        Id::Pain | Id::Long | Id::AskFirst | Id::Calm => "Close",
        _ => "Not now",
    };
    let others = [(What::NotNow, not_now), (What::Stop, "Stop")];
    does.map(|text| (What::Do, text))
        .into_iter()
        .chain(others)
        .map(|(answer, text)| Offer { answer, text })
        .collect()
}

fn says(m: &Moment<'_>, id: Id) -> Says {
    match id {
        Id::Pain => Says::of(
            "Stop here. Pain is a sign to stop.",
            "Pain holds milk back. It can mean that the pump pulls too hard, or that the flange does not fit.",
            Grade::Guidance,
            "I cannot see why it hurts. If it stays, please ask a midwife.",
        ),
        Id::Long => Says::of(
            "30 minutes are over. Stop here and rest.",
            "After so long little more comes, and skin gets sore.",
            Grade::Guidance,
            "If your midwife has told you to go on, her word counts.",
        ),
        Id::AskFirst => Says::of(
            m.knows.asks_first().join(" "),
            "Your log holds something that a person has to look at. I say no more about your milk today.",
            Grade::Guidance,
            "I know what was written down, no more. You can pump and log as you do.",
        ),
        Id::Calm => Says::of(
            "Breathe out slowly. Let your shoulders drop. I am quiet now.",
            "Stress can hold milk back for a while. The milk is still there.",
            Grade::Trials,
            "It may take more than a breath. You can stop and try later.",
        ),
        Id::Cue => cue(m.knows),
        Id::Wait => wait(m.knows),
        Id::NoneYet => Says::of(
            "It has not come yet. Take a break of 5 minutes, with warmth and a slow breath. You can stop, too.",
            "Milk can be there and not be let go. Stress, cold and haste hold it back.",
            Grade::Tradition,
            "A break may change nothing. If milk stays away a few times, ask a midwife to look with you.",
        ),
        Id::Came => came(m),
        Id::MassageThenFive => massage_then_five(m),
        Id::Massage => Says::of(
            "Massage softly for 2 minutes, from the rim to the nipple.",
            "Massage moves milk along the ducts, as a let-down does.",
            Grade::Trials,
            "It is not meant to hurt. Stop when it does.",
        ),
        Id::PumpAgain => Says::of(
            "2 minutes are over. Now pump for 5 more.",
            "Milk that you moved is near the nipple now.",
            Grade::Trials,
            "It may still not come. You can stop at any time.",
        ),
        Id::CameAgain => Says::of(
            format!(
                "It came again{}.",
                m.look.let_downs.last().map_or(String::new(), |l| so_far(m.knows, l.volume_ml))
            ),
            "Another let-down moved milk to the nipple.",
            Grade::Seen,
            "A scale sees what drops into the bottle. A drip of less than 2 mL is not seen.",
        ),
        Id::Over => Says::of(
            "The 5 minutes are over. It did not come this time. You can stop here.",
            "Each let-down leaves less for the next one. What is left is there next time.",
            Grade::Seen,
            "It says nothing about your next session.",
        ),
        Id::Enough => enough(m),
        Id::Comfortable => Says::of(
            "Flow has slowed. Stop as soon as you feel at ease.",
            comfort(m.knows),
            Grade::Guidance,
            "I cannot see your breast. If it gets worse, please call a midwife.",
        ),
        Id::PastFlow => Says::of(
            "Hardly a drop comes. 5 more minutes may ask your body for more milk. This is unproven.",
            "What is taken is made again, and an empty breast asks for more. You want to raise your supply.",
            Grade::Tradition,
            "No trial has tested it, and it costs you time. Stop when it gets sore.",
        ),
    }
}

fn cue(knows: &Knows) -> Says {
    let best = knows.cue;
    let text = match best.cue {
        Cue::Photo if best.n == 0 => {
            "Start with a picture of your baby, or hold a cloth that smells of your baby."
        }
        Cue::Photo => "Start with a picture of your baby.",
        Cue::Sound => "Start with a sound of your baby.",
        Cue::Smell => "Hold something that smells of your baby.",
        Cue::Thought => "Start with a thought of your baby.",
        Cue::Warmth => "Start with something warm on your breast.",
    };
    let learned = "The brain learns what comes before milk. Then a look or a thought can start it.";
    match best.sooner_percent {
        Some(percent) => Says::of(
            text,
            format!("{learned} With this your milk comes about {percent:.0} % sooner."),
            Grade::HerData { n: best.n },
            "You chose the days, so chance may play a part.",
        ),
        None => Says::of(
            text,
            learned,
            if best.cue == Cue::Smell { Grade::Tradition } else { Grade::Trials },
            match best.cue {
                Cue::Warmth => {
                    "In a trial warmth brought milk sooner, not more of it. It may do nothing for you."
                }
                Cue::Smell => "It may do nothing for you. A few weeks of notes will tell.",
                _ => {
                    "Some trials found more milk, some did not, and none has tested smell. It may do nothing for you."
                }
            },
        ),
    }
}

fn wait(knows: &Knows) -> Says {
    let first = knows.first();
    let (text, rests_on) = if first.n() >= HERS {
        let [usual, most] = [first.usual_s(), first.most_s()].map(clock);
        (
            format!("It can still come. For you it often takes {usual}, and most come by {most}."),
            Grade::HerData { n: first.n() },
        )
    } else {
        ("It can still come. The first one often takes a minute or two.".to_owned(), Grade::Model)
    };
    Says::of(
        text,
        "The pull has to reach your brain and come back. Let your shoulders drop and look at your baby.",
        rests_on,
        "Some days it takes longer. That says nothing about how much milk is there.",
    )
}

fn came(m: &Moment<'_>) -> Says {
    let first_s = m.look.first_s.unwrap_or(m.now_s);
    Says::of(
        format!("Milk came after {}.", clock(first_s)),
        "Muscle around the ducts squeezes milk to the nipple. Milk that is not squeezed stays where it is.",
        Grade::Seen,
        "This is what the scale or your taps saw. You may feel it sooner, or not at all.",
    )
}

fn massage_then_five(m: &Moment<'_>) -> Says {
    let (with, on) = (m.odds(Way::Massage), m.odds(Way::GoOn));
    let chance = with.map_or_else(String::new, |odds| {
        format!(": about {} in 100 that it comes again{}", in_100(odds.chance), likely(m.knows, &odds.ml))
    });
    let left = on.map_or_else(String::new, |odds| {
        format!(" If you leave the pump on for 5 minutes: about {} in 100.", in_100(odds.chance))
    });
    let n = m.knows.first().n();
    Says {
        odds: with,
        ..Says::of(
            format!("Flow has slowed. Stop the pump, massage for 2 minutes, then pump 5 more{chance}."),
            format!(
                "A new let-down can come when flow has slowed. Massage moves milk along the ducts.{left}"
            ),
            if n >= HERS { Grade::HerData { n } } else { Grade::Model },
            format!(
                "{TAKES_PART} Trials found more milk with massage. Whether a pause for it beats leaving the pump on is \
                 not known."
            ),
        )
    }
}

fn enough(m: &Moment<'_>) -> Says {
    let knows = m.knows;
    let came = m.look.milk_ml.map(|ml| amount(knows, ml)).filter(|text| !text.is_empty());
    let has_goal = knows.goal_ml.zip(m.look.milk_ml).is_some_and(|(goal, came)| came >= goal);
    let odds = m.odds(Way::Massage);
    let is_hers = knows.in_breast_ml.is_some() && knows.sessions >= HERS;
    let model = if is_hers { Grade::HerData { n: knows.sessions } } else { Grade::Model };
    let (text, rests_on) = if knows.goal == Goal::Wean {
        ("Flow has slowed. As you wean, less is fine. You can stop here.".to_owned(), Grade::Guidance)
    } else if has_goal {
        ("You have what you wanted from this session. You can stop here.".to_owned(), Grade::Seen)
    } else if m.share().is_some_and(|share| share >= MOST) {
        let came = came.map_or_else(
            || "Most of what was there came".to_owned(),
            |ml| format!("{ml} came, most of what was there"),
        );
        (format!("{came}. You can stop here."), model)
    } else if let Some(odds) = odds.filter(|odds| odds.chance < LEAST_CHANCE) {
        let chance = in_100(odds.chance);
        (format!("Flow has slowed. That it comes again is about {chance} in 100. You can stop here."), model)
    } else {
        ("Flow has slowed. You can stop here.".to_owned(), Grade::Seen)
    };
    Says::of(
        text,
        "What is left is not lost. It is there next time.",
        rests_on,
        "How much is left cannot be seen from here. It is a guess.",
    )
}

fn comfort(knows: &Knows) -> String {
    match knows.more_pumping.first() {
        Some(flag) => flag.clone(),
        None if knows.hurt => "You said in the last hours that it hurt. Pain holds milk back.".into(),
        None => "You noted pain before this session. Pain holds milk back.".into(),
    }
}

/// Minutes and seconds of a session: "1:10".
pub fn clock(s: f64) -> String {
    let whole = s.max(0.0).round() as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

/// Of a hundred, to five: no digit says more than is known.
fn in_100(chance: f64) -> u32 {
    ((20.0 * chance).round() * 5.0).clamp(5.0, 95.0) as u32
}

/// "40 mL", "1.4 oz"; nothing in the quiet mode.
fn amount(knows: &Knows, ml: f64) -> String {
    match knows.shows {
        Shows::Ml => format!("{ml:.0} mL"),
        Shows::Oz => format!("{:.1} oz", ml / ML_PER_OZ),
        Shows::Nothing => String::new(),
    }
}

/// ", likely 8 to 16 mL".
fn likely(knows: &Knows, ml: &Range) -> String {
    match knows.shows {
        Shows::Ml => format!(", likely {:.0} to {:.0} mL", ml.p10, ml.p90),
        Shows::Oz => format!(", likely {:.1} to {:.1} oz", ml.p10 / ML_PER_OZ, ml.p90 / ML_PER_OZ),
        Shows::Nothing => String::new(),
    }
}

/// ", 9 mL so far".
fn so_far(knows: &Knows, ml: Option<f64>) -> String {
    let said = ml.map(|ml| amount(knows, ml)).filter(|text| !text.is_empty());
    said.map_or_else(String::new, |text| format!(", {text} so far"))
}

/// Every sentence that may be said, as it reads with usual numbers: for those who review the wording. What a red flag says is
/// left out; that stands in [`crate::red_flags`].
pub fn every_wording() -> Vec<Prompt> {
    use super::{Best, Gaps};
    use crate::live::{Look, SeenNow};
    let seen = |onset_s: f64| SeenNow {
        onset_s,
        end_s: onset_s + 60.0,
        volume_ml: Some(12.0),
        volume_off_ml: Some(2.0),
        confidence: 0.99,
        goes_on: false,
    };
    let look = Look {
        elapsed_s: 600.0,
        milk_ml: Some(60.0),
        milk_off_ml: Some(4.0),
        phase: "slowed",
        let_downs: vec![seen(70.0), seen(240.0), seen(410.0)],
        first_s: Some(70.0),
        slowed_s: Some(600.0),
        flow: Vec::new(),
        is_over: false,
    };
    let stranger = Knows::default();
    let hers = Knows {
        first: Gaps::of(&[70.0; 8]),
        gaps: Gaps::of(&[170.0; 16]),
        in_breast_ml: Some([80.0, 100.0, 125.0]),
        sessions: 40,
        data_age_h: Some(80.0),
        ask_first: vec!["By your log your baby gained 12 g a day. Please call a midwife today.".into()],
        ..Knows::default()
    };
    let cues = [Cue::Photo, Cue::Sound, Cue::Smell, Cue::Thought, Cue::Warmth].into_iter().flat_map(|cue| {
        let best = |sooner_percent| Best { cue, n: 12, sooner_percent };
        [None, Some(20.0)].map(|percent| Knows { cue: best(percent), ..hers.clone() })
    });
    let others = [
        Knows { goal: Goal::Wean, ..hers.clone() },
        Knows { hurt: true, ..hers.clone() },
        Knows { goal_ml: Some(50.0), ..hers.clone() },
        Knows { in_breast_ml: Some([50.0, 60.0, 70.0]), ..hers.clone() },
        Knows { shows: Shows::Oz, ..hers.clone() },
        Knows { shows: Shows::Nothing, in_breast_ml: Some([50.0, 60.0, 70.0]), ..hers.clone() },
    ];
    let knows = [stranger, hers.clone()].into_iter().chain(cues).chain(others);
    let late = Look { let_downs: vec![SeenNow { volume_ml: Some(2.0), ..seen(70.0) }], ..look.clone() };
    let mut all: Vec<Prompt> = Vec::new();
    for knows in knows {
        for look in [&look, &late] {
            let m = Moment { now_s: 600.0, look, knows: &knows, said: &[] };
            let is_told = |id: &Id| *id != Id::AskFirst || !knows.asks_first().is_empty();
            for id in Id::ALL.into_iter().filter(is_told) {
                let prompt = prompt(&m, &Chosen { id, since_s: 600.0, is_new: true });
                let is_known =
                    |p: &Prompt| (&p.text, &p.why, &p.limits) == (&prompt.text, &prompt.why, &prompt.limits);
                if !all.iter().any(is_known) {
                    all.push(prompt);
                }
            }
        }
    }
    all
}
