//! Logs that are not what the model takes them to be: sessions nobody wrote down, a unit that slipped, a clock that was
//! wrong for days. What is said of the coming day moves little, and where it moves its range is no narrower.

use letdown_fit::{
    calibration::{Kind, Woman, drawn, lived},
    log::{Breasts, Event, Log, Removal, Seen},
    posterior::{Effort, fit},
    predict::{Coming, Outlook, quantile_of_sorted},
    steps::Remover,
};
use letdown_model::random::Random;

const MONTH: Kind = Kind { breasts: Breasts::One, days: 28, per_day: 7, step_ml: 5.0, lengths: false };
const WOMEN: usize = 10;
/// A woman who pumps less than this in a session is left out: what slips is then smaller than what is read (mL).
const USUAL_ML: f64 = 40.0;

/// Median and 80 % range of the coming day (mL).
#[derive(Clone, Copy, Debug)]
struct Day {
    p10: f64,
    p50: f64,
    p90: f64,
}

impl Day {
    fn width(&self) -> f64 {
        self.p90 - self.p10
    }
}

fn coming_day(woman: &Woman, log: &Log) -> Day {
    let posterior = fit(log, &Effort::quick(), 3).unwrap();
    let hour = log.events().last().unwrap().at_h + 1e-6;
    let plan: Vec<Coming> =
        woman.next_h.iter().map(|at_h| Coming { at_h: *at_h, by: Remover::Pump(None) }).collect();
    let futures = Outlook::at(&posterior, log, hour).futures(600, &mut Random::seeded(5), |_| plan.clone());
    let mut days: Vec<f64> = futures.iter().map(|f| f.output_ml.iter().sum()).collect();
    days.sort_by(f64::total_cmp);
    let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| quantile_of_sorted(&days, p));
    Day { p10, p50, p90 }
}

/// The coming day by the log as it was lived, and by a spoiled copy; and what came.
fn both(spoil: impl Fn(&[Event], &mut Random) -> Vec<Event>) -> Vec<(Day, Day, f64)> {
    let mut seed = 0;
    let mut days = Vec::new();
    while days.len() < WOMEN {
        seed += 1;
        let mut random = Random::stream(505, seed);
        let woman = lived(drawn(MONTH.breasts, &mut random), &MONTH, &mut random).unwrap();
        let volumes: Vec<f64> = woman.log.events().iter().filter_map(Event::total_ml).collect();
        if volumes.iter().sum::<f64>() < USUAL_ML * volumes.len() as f64 {
            continue;
        }
        let spoiled = Log::new(MONTH.breasts, 0.0, spoil(woman.log.events(), &mut random)).unwrap();
        days.push((coming_day(&woman, &woman.log), coming_day(&woman, &spoiled), woman.next_ml));
    }
    days
}

/// Mean log-ratio of medians, the largest of one woman, mean log-ratio of widths, and how many ranges held what came.
fn told(name: &str, days: &[(Day, Day, f64)]) -> (f64, f64, f64, usize) {
    let n = days.len() as f64;
    let moved: Vec<f64> = days.iter().map(|(clean, spoiled, _)| (spoiled.p50 / clean.p50).ln()).collect();
    let mean = moved.iter().sum::<f64>() / n;
    let most = moved.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
    let wider =
        days.iter().map(|(clean, spoiled, _)| (spoiled.width() / clean.width()).ln()).sum::<f64>() / n;
    let held = days.iter().filter(|(_, spoiled, came)| (spoiled.p10..=spoiled.p90).contains(came)).count();
    println!(
        "{name}: median moved {mean:+.3} (most {most:.3}), width {wider:+.3} (ln), held {held} of {}",
        days.len()
    );
    (mean, most, wider, held)
}

#[test]
fn sessions_nobody_wrote_down() {
    let days = both(|events, random| {
        let kept = |i: &usize| *i == 0 || random.uniform() > 0.1;
        (0..events.len()).filter(kept).map(|i| events[i]).collect()
    });
    let (mean, most, wider, held) = told("one in ten not written down", &days);
    assert!(mean.abs() < 0.06 && most < 0.2, "{mean} {most}");
    assert!(wider > 0.1, "{wider}");
    assert!(held >= 6, "{held}");
}

#[test]
fn a_unit_that_slipped_in_one_row_of_a_hundred() {
    let days = both(|events, random| {
        let slipped = |event: &Event| match event.removal {
            Removal::Pump { sides, seen: Seen::Total { ml, step_ml }, minutes, past_flow_min, with }
                if random.uniform() < 0.01 =>
            {
                // Ounces where millilitres are meant.
                let seen = Seen::Total { ml: ml / 29.5735, step_ml };
                Event { removal: Removal::Pump { sides, seen, minutes, past_flow_min, with }, ..*event }
            }
            _ => *event,
        };
        events.iter().map(slipped).collect()
    });
    let (mean, most, wider, held) = told("ounces in one of a hundred", &days);
    assert!(mean.abs() < 0.03 && most < 0.12, "{mean} {most}");
    assert!(wider > -0.02, "{wider}");
    assert!(held >= 6, "{held}");
}

#[test]
fn a_clock_that_was_two_hours_off_for_five_days() {
    let days = both(|events, _| {
        let off = |event: &Event| {
            let day = event.at_h / 24.0;
            let by_h = if (12.0..17.0).contains(&day) { 2.0 } else { 0.0 };
            Event { at_h: event.at_h + by_h, ..*event }
        };
        let mut moved: Vec<Event> = events.iter().map(off).collect();
        moved.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
        moved
    });
    let (mean, most, wider, held) = told("two hours off for five days", &days);
    assert!(mean.abs() < 0.03 && most < 0.12, "{mean} {most}");
    assert!(wider > -0.05, "{wider}");
    assert!(held >= 6, "{held}");
}
