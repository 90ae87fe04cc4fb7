//! How long the coach takes to say what it says: each second of a session as the page asks it, from text to text.
//!
//! `cargo xtask bench prompts`. A prompt is due 50 ms after what it is about; a phone may be four times slower than this.

use letdown_engine::{
    coach::{Coach, Knows, Prompt, Said, What},
    live::Live,
};
use letdown_trace::reading::MILK_G_PER_ML;
use serde_json::json;
use std::time::Instant;

const DUE_MS: f64 = 50.0;
const SECONDS: u32 = 1_800;
/// A scale sends so often (1/s).
const RATE: u32 = 10;
/// As for a woman with a log: what stands in it does not change how much there is to do.
const KNOWS: &str = r#"{"goal": "raise", "in_breast_ml": [140, 180, 230], "sessions": 60}"#;
/// What she says at which second: she does it, she waves it away.
const ANSWERS: [(u32, What); 3] = [(10, What::Do), (500, What::Do), (1_100, What::NotNow)];

type Tried<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Tried<()> {
    println!("{SECONDS} s of a session, asked each second. A prompt is due after {DUE_MS} ms.");
    for (name, (took_ms, shown)) in [("a scale, 10 readings a second", scale()?), ("taps and marks", taps()?)]
    {
        let [half, most, worst] = [0.5, 0.95, 1.0].map(|share| quantile(&took_ms, share));
        let verdict = if worst <= DUE_MS { "in time" } else { "LATE" };
        println!(
            "{name:<30} {shown} prompts; half {half:.3} ms, 19 of 20 {most:.3} ms, longest {worst:.3} ms: {verdict}"
        );
    }
    Ok(())
}

/// How long each second took with a scale (ms), and how often something was said.
fn scale() -> Tried<(Vec<f64>, usize)> {
    let mut live = Live::scale();
    let mut asked = Asked::default();
    let mut took_ms = Vec::new();
    for second in 1..=SECONDS {
        let at_s = |part: u32| f64::from(second - 1) + f64::from(part) / f64::from(RATE);
        let shown_g = |t_s: f64| (10.0 * milk_ml(t_s) * MILK_G_PER_ML).round() / 10.0;
        let readings: Vec<f64> = (0..RATE).map(at_s).flat_map(|t_s| [t_s, shown_g(t_s)]).collect();
        let begun = now();
        live.see(&readings);
        asked.once(second, &mut live)?;
        took_ms.push(ms(begun));
    }
    Ok((took_ms, asked.shown()))
}

/// How long each second took with taps (ms): they are read anew each time.
fn taps() -> Tried<(Vec<f64>, usize)> {
    let mut asked = Asked::default();
    let mut taps = Vec::new();
    let mut mark_ml = 10.0;
    let mut took_ms = Vec::new();
    for second in 1..=SECONDS {
        let t_s = f64::from(second);
        if ONSETS_S.contains(&t_s) {
            taps.push(json!({"t_s": t_s, "tap": "milk_came"}));
        } else if ONSETS_S.contains(&(t_s - 75.0)) {
            taps.push(json!({"t_s": t_s, "tap": "slowed"}));
        }
        if mark_ml <= milk_ml(t_s) {
            taps.push(json!({"t_s": t_s, "tap": "mark", "ml": mark_ml}));
            mark_ml += 10.0;
        }
        let text = json!({"v": 1, "taps": taps}).to_string();
        let begun = now();
        asked.once(second, &mut Live::taps(&text)?)?;
        took_ms.push(ms(begun));
    }
    Ok((took_ms, asked.shown()))
}

/// A session's talk so far, as the page keeps it.
struct Asked {
    said: String,
}

impl Default for Asked {
    fn default() -> Self {
        Self { said: "[]".to_owned() }
    }
}

impl Asked {
    fn shown(&self) -> usize {
        self.said.matches("shown").count()
    }

    /// The session is looked at, and the coach is asked: two calls of the page.
    fn once(&mut self, second: u32, live: &mut Live) -> Tried<()> {
        let now_s = f64::from(second);
        let shown = serde_json::to_string(&live.look(now_s)?)?;
        let knows: Knows = serde_json::from_str(KNOWS)?;
        let said: Vec<Said> = serde_json::from_str(&self.said)?;
        let look = live.look(now_s)?;
        let mut coach = Coach::again(knows, said);
        let prompt: Option<Prompt> = coach.step(now_s, &look);
        std::hint::black_box((shown, serde_json::to_string(&prompt)?));
        for (_, what) in ANSWERS.iter().filter(|(at_s, _)| *at_s == second) {
            coach.hear(now_s, *what, None);
        }
        self.said = serde_json::to_string(coach.said())?;
        Ok(())
    }
}

const ONSETS_S: [f64; 9] = [70.0, 190.0, 300.0, 700.0, 860.0, 1_040.0, 1_250.0, 1_440.0, 1_620.0];
/// What one brings, with the slowness of its coming (s).
const EACH_ML: f64 = 18.0;
const SLOW_S: f64 = 15.0;

fn milk_ml(t_s: f64) -> f64 {
    let come = |since_s: f64| {
        let t = since_s.max(0.0) / SLOW_S;
        1.0 - (1.0 + t) * (-t).exp()
    };
    ONSETS_S.iter().map(|onset_s| EACH_ML * come(t_s - onset_s)).sum()
}

fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get((sorted.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}

fn ms(begun: Instant) -> f64 {
    1_000.0 * begun.elapsed().as_secs_f64()
}

#[expect(clippy::disallowed_methods, reason = "a measurement of speed reads a clock")]
fn now() -> Instant {
    Instant::now()
}
