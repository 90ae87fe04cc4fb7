//! A declared session in front of the coach: `letdown coach`. Flow goes in, prompts come out.
//!
//! The flow is declared as let-downs in the bottle, as taps, or as a session of the model ([`Sitting`]); the first and the last
//! run through the same detector as a scale does. `docs/coach.md` lists every key.

use super::{Coach, Goal, Id, Knows, Prompt, Said, Shows, What, knows::Gaps};
use crate::{
    EngineError,
    live::{Live, Look},
    observed::Observed,
    scenario::{Keys, Mother, Sitting, table},
    twin::Twin,
    written,
};
use jiff::ToSpan as _;
use letdown_journal::{
    author::Author,
    fold::Folded,
    moment::{self, Moment},
};
use letdown_trace::reading::MILK_G_PER_ML;
use serde::Serialize;
use serde_json::{Value as Json, json};
use toml::Value;

/// A declared session, checked.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    knows: Knows,
    flow: Flow,
    minutes: f64,
    heard: Vec<(f64, What)>,
}

#[derive(Clone, Debug)]
enum Flow {
    LetDowns(Vec<(f64, f64)>),
    Taps(Vec<(f64, Json)>),
    Session(Box<Sitting>),
}

/// What was said in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The prompts, in order.
    pub prompts: Vec<Prompt>,
    /// What she said, and what was shown, in order.
    pub said: Vec<Said>,
    /// The session as it stood in the end.
    pub look: Look,
    /// Whether the flow is that of a simulated woman.
    pub simulated: bool,
}

/// The coach is asked so often (s).
const EVERY_S: u32 = 2;
const USUAL_MIN: f64 = 20.0;
const LONGEST_MIN: f64 = 60.0;
const GOALS: [(&str, Goal); 3] = [("raise", Goal::Raise), ("hold", Goal::Hold), ("wean", Goal::Wean)];
const SHOWS: [(&str, Shows); 3] = [("ml", Shows::Ml), ("oz", Shows::Oz), ("nothing", Shows::Nothing)];
const HEARD: [(&str, What); 5] = [
    ("do", What::Do),
    ("not_now", What::NotNow),
    ("stop", What::Stop),
    ("pain", What::Pain),
    ("tense", What::Tense),
];
/// When it begins, unless the scenario says so.
const USUAL_NOW: &str = "2026-11-24T09:00:00+01:00[Europe/Berlin]";

impl Rehearsal {
    /// Reads a scenario from TOML text.
    ///
    /// # Errors
    /// When the text is not TOML, names an unknown key, or a value lies outside its range; the sentence names the key.
    ///
    /// ```
    /// use letdown_engine::coach::Rehearsal;
    /// let told = Rehearsal::read("minutes = 2\nlet_downs = [{at_s = 70, ml = 24}]")?.run(1, &[])?;
    /// assert_eq!(told.prompts[1].text, "Milk came after 1:09.");
    /// let wrong = Rehearsal::read("gaol = \"raise\"").unwrap_err();
    /// assert!(wrong.to_string().contains("goal is"));
    /// # Ok::<(), letdown_engine::EngineError>(())
    /// ```
    pub fn read(toml: &str) -> Result<Self, EngineError> {
        let table = table(toml)?;
        let keys = Keys::of(&table, "");
        let now = now(&keys)?;
        let rehearsal = Self {
            knows: knows(&keys, &now)?,
            flow: flow(&keys)?,
            minutes: keys.number("minutes", 1.0, LONGEST_MIN, "min")?.unwrap_or(USUAL_MIN),
            heard: heard(&keys)?,
        };
        keys.end()?;
        Ok(rehearsal)
    }

    /// Whether the scenario asks for women of a fitted twin.
    pub fn is_posterior(&self) -> bool {
        matches!(&self.flow, Flow::Session(sitting) if sitting.is_posterior())
    }

    /// What the coach knows before it.
    pub fn knows(&self) -> &Knows {
        &self.knows
    }

    /// Runs it. The seed is that of a session of the model.
    ///
    /// # Errors
    /// When its taps are none.
    pub fn run(&self, seed: u64, twins: &[Mother]) -> Result<Told, EngineError> {
        let seconds = (60.0 * self.minutes) as u32;
        let taken_ml = self.taken_ml(seconds, seed, twins);
        let mut live = Live::scale();
        let mut coach = Coach::new(self.knows.clone());
        let mut prompts: Vec<Prompt> = Vec::new();
        let mut look = live.look(0.0)?;
        let mut unheard = self.heard.iter().peekable();
        for second in 0..=seconds {
            show(&mut live, &taken_ml, second);
            if !second.is_multiple_of(EVERY_S) {
                continue;
            }
            let now_s = f64::from(second);
            look = self.look(&mut live, now_s)?;
            while let Some((at_s, what)) = unheard.next_if(|(at_s, _)| *at_s <= now_s) {
                coach.hear(*at_s, *what, None);
            }
            let prompt = coach.step(now_s, &look);
            let is_new = |p: &Prompt| prompts.last().is_none_or(|l| (l.id, l.since_s) != (p.id, p.since_s));
            prompts.extend(prompt.filter(is_new));
        }
        let simulated = matches!(self.flow, Flow::Session(_));
        Ok(Told { prompts, said: coach.said().to_vec(), look, simulated })
    }

    fn look(&self, live: &mut Live, now_s: f64) -> Result<Look, EngineError> {
        let Flow::Taps(taps) = &self.flow else { return live.look(now_s) };
        let so_far: Vec<&Json> = taps.iter().filter(|(t_s, _)| *t_s <= now_s).map(|(_, tap)| tap).collect();
        Live::taps(&json!({"v": 1, "taps": so_far}).to_string())?.look(now_s)
    }

    /// Milk in the bottle at each second (mL).
    fn taken_ml(&self, seconds: u32, seed: u64, twins: &[Mother]) -> Vec<f64> {
        let each_s = (0..=seconds).map(f64::from);
        match &self.flow {
            Flow::Taps(_) => Vec::new(),
            Flow::LetDowns(let_downs) => {
                let so_far = |now_s: f64| let_downs.iter().map(|(at_s, ml)| ml * come(now_s - at_s)).sum();
                each_s.map(so_far).collect()
            }
            Flow::Session(sitting) => {
                let mut taken_ml = vec![0.0];
                sitting.run_watched(seed, twins, &mut |moment| {
                    let whole = taken_ml.len() as f64;
                    if moment.t_s + 1e-9 >= whole {
                        taken_ml.push(moment.milk.iter().map(|m| m.taken_ml).sum());
                    }
                });
                taken_ml
            }
        }
    }
}

/// The share of a let-down that has come so many seconds after it began: it is at its strongest after 15 s.
fn come(since_s: f64) -> f64 {
    let t = since_s.max(0.0) / 15.0;
    1.0 - (1.0 + t) * libm::exp(-t)
}

/// As a scale with steps of 0.1 g shows it.
fn scale_g(ml: f64) -> f64 {
    (10.0 * ml * MILK_G_PER_ML).round() / 10.0
}

fn now(keys: &Keys<'_>) -> Result<Moment, EngineError> {
    let text = keys.word("now")?.unwrap_or(USUAL_NOW);
    let zone = moment::parse(USUAL_NOW, None)?.at.time_zone().clone();
    moment::parse(text, Some(&zone)).map(|placed| placed.at).map_err(|e| keys.refuse("now", e.to_string()))
}

/// What the journal of the scenario tells, and what is said beside it.
fn knows(keys: &Keys<'_>, now: &Moment) -> Result<Knows, EngineError> {
    let journal = journal(keys, now)?;
    let observed = Observed::at(&journal, now);
    let mut knows = Knows::of(&journal, &observed, &Twin::usual(&observed, 1));
    knows.goal = keys.choice("goal", &GOALS)?.unwrap_or_default();
    knows.goal_ml = keys.number("goal_ml", 1.0, 1000.0, "mL of this session")?;
    knows.shows = keys.choice("shows", &SHOWS)?.unwrap_or_default();
    if let Some(seconds) = seconds(keys, "first_s")? {
        knows.first = seconds;
    }
    if let Some(seconds) = seconds(keys, "gaps_s")? {
        knows.gaps = seconds;
    }
    if let Some(value) = keys.value("in_breast_ml") {
        let one = |value: &Value| keys.bounded("in_breast_ml", value, 0.0, 2000.0, "mL");
        knows.in_breast_ml = Some(match value {
            Value::Array(three) if three.len() == 3 => [one(&three[0])?, one(&three[1])?, one(&three[2])?],
            value => [one(value)?; 3],
        });
    }
    if let Some(sessions) = keys.whole("sessions", 0, 10_000, "sessions")? {
        knows.sessions = sessions as usize;
    }
    Ok(knows)
}

fn seconds(keys: &Keys<'_>, key: &'static str) -> Result<Option<Gaps>, EngineError> {
    let Some(list) = keys.list(key)? else { return Ok(None) };
    let all: Result<Vec<f64>, _> = list.iter().map(|v| keys.bounded(key, v, 1.0, 3600.0, "s")).collect();
    Ok(Some(Gaps::of(&all?)))
}

/// Entries, each with its `kind`, its fields, and `hours_ago` or `start`.
fn journal(keys: &Keys<'_>, now: &Moment) -> Result<Folded, EngineError> {
    let mut author = Author::new("rehearsal")?;
    let mut entries = Vec::new();
    for (i, value) in keys.list("journal")?.into_iter().flatten().enumerate() {
        let refuse = |detail: String| keys.refuse(&format!("journal[{}]", i + 1), detail);
        let json = serde_json::to_value(value).map_err(|e| refuse(e.to_string()))?;
        let Json::Object(mut fields) = json else {
            return Err(refuse("it is not an entry in { }".into()));
        };
        let Some(Json::String(kind)) = fields.remove("kind") else {
            return Err(refuse(
                "it has no kind; an entry is {kind = \"feeling\", stress = 7, hours_ago = 1}".into(),
            ));
        };
        if let Some(ago) = fields.remove("hours_ago") {
            let hours = ago.as_f64().filter(|h| (0.0..=20_000.0).contains(h));
            let hours =
                hours.ok_or_else(|| refuse(format!("hours_ago is {ago}; it is 0 to 20,000 hours")))?;
            let at = now.checked_sub(((3600.0 * hours) as i64).seconds());
            let at = at.map_err(|e| refuse(e.to_string()))?;
            fields.insert("start".into(), at.to_string().into());
        }
        let fields = fields.into_iter().collect();
        let body = written::logged(&kind, fields, now).map_err(|e| refuse(e.to_string()))?;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&(i as u64).to_be_bytes());
        entries.push(author.put(&body, crate::notebook::milliseconds(now), random));
    }
    Ok(Folded::of(entries))
}

fn flow(keys: &Keys<'_>) -> Result<Flow, EngineError> {
    let let_downs = keys.tables("let_downs")?;
    let taps = keys.tables("taps")?;
    let session = keys.table("session")?;
    match (let_downs, taps, session) {
        (Some(all), None, None) => {
            let one = |keys: &Keys<'_>| {
                let at_s = keys.number("at_s", 0.0, 3600.0, "s")?.unwrap_or_default();
                let ml = keys.number("ml", 0.1, 500.0, "mL")?.unwrap_or(10.0);
                keys.end()?;
                Ok((at_s, ml))
            };
            Ok(Flow::LetDowns(all.iter().map(one).collect::<Result<_, EngineError>>()?))
        }
        (None, Some(all), None) => Ok(Flow::Taps(all.iter().map(tap).collect::<Result<_, _>>()?)),
        (None, None, Some(keys)) => Ok(Flow::Session(Box::new(Sitting::of(&keys)?))),
        (None, None, None) => Ok(Flow::LetDowns(Vec::new())),
        _ => Err(keys.refuse("let_downs", "say only one of let_downs, taps and session")),
    }
}

fn tap(keys: &Keys<'_>) -> Result<(f64, Json), EngineError> {
    let t_s = keys.number("t_s", 0.0, 3600.0, "s")?.unwrap_or_default();
    let mut tap = json!({"t_s": t_s, "tap": keys.word("tap")?.unwrap_or("milk_came")});
    if let (Some(ml), Some(fields)) = (keys.number("ml", 0.0, 1000.0, "mL")?, tap.as_object_mut()) {
        fields.insert("ml".into(), ml.into());
    }
    keys.end()?;
    Ok((t_s, tap))
}

fn heard(keys: &Keys<'_>) -> Result<Vec<(f64, What)>, EngineError> {
    let one = |keys: &Keys<'_>| {
        let at_s = keys.number("at_s", 0.0, 3600.0, "s")?.unwrap_or_default();
        let says = keys.choice("says", &HEARD)?;
        keys.end()?;
        Ok((at_s, says.ok_or_else(|| keys.refuse("says", "it is do, not_now, stop, pain or tense"))?))
    };
    let heard: Result<Vec<_>, EngineError> = keys.tables("heard")?.iter().flatten().map(one).collect();
    let mut heard = heard?;
    heard.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(heard)
}

impl Told {
    /// Which prompts were shown, in order.
    pub fn ids(&self) -> Vec<Id> {
        self.prompts.iter().map(|prompt| prompt.id).collect()
    }
}

/// What the scale sends at a second; where she taps there is none.
fn show(live: &mut Live, taken_ml: &[f64], second: u32) {
    if let Some(ml) = taken_ml.get(second as usize) {
        live.see(&[f64::from(second), scale_g(*ml)]);
    }
}
