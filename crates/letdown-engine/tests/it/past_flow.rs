use crate::logs::{at, entries, ml, observed, pumped};
use letdown_engine::{
    insights::{PastFlowEffect, insights},
    live::scale_fields,
    observed::Observed,
    traces::Seen,
    twin::Twin,
    whatif::{Change, WhatIf, what_if},
};
use letdown_fit::{log::Removal, traits::Trait};
use letdown_journal::{
    body::{Body, Extra, Pump, SeenLetDown},
    fold::Folded,
};
use letdown_model::{
    life::{By, Planned, Start, live},
    mother::Mother,
    random::Random,
    removal::Session,
    supply::Supply,
};
use letdown_trace::{found::PhaseKind, simulate::Regime, watch::Watch};
use std::sync::LazyLock;

const START: &str = "2026-10-01T08:00:00+00:00[UTC]";

fn let_down(onset_s: f64, end_s: f64) -> SeenLetDown {
    let (volume_ml, peak_ml_per_min, confidence, onset_sd_s, volume_sd_ml) = (None, None, None, None, None);
    let extra = Extra::new();
    SeenLetDown { onset_s, end_s, volume_ml, peak_ml_per_min, confidence, onset_sd_s, volume_sd_ml, extra }
}

fn session(minutes: Option<f64>, slowed_s: Option<f64>, let_downs: &[(f64, f64)]) -> Pump {
    let let_downs = let_downs.iter().map(|(onset_s, end_s)| let_down(*onset_s, *end_s)).collect();
    Pump { minutes, slowed_s, let_downs, total: Some(ml(90.0)), ..Pump::at(at(START)) }
}

#[test]
fn minutes_past_the_end_of_flow_are_those_behind_the_last_milk() {
    let early = [(60.0, 150.0)];
    let late = [(60.0, 150.0), (700.0, 780.0)];
    for (minutes, slowed_s, let_downs, past_min) in [
        (Some(20.0), Some(600.0), &early[..], Some(10.0)),
        // A let-down behind the first slowing was flow.
        (Some(20.0), Some(600.0), &late[..], Some(7.0)),
        (Some(20.0), Some(600.0), &[][..], Some(10.0)),
        // Never seen to slow, so nothing was past it.
        (Some(20.0), None, &early[..], Some(0.0)),
        // Never below nothing.
        (Some(8.0), Some(600.0), &early[..], Some(0.0)),
        // Nobody watched, or nobody knows how long.
        (Some(20.0), None, &[][..], None),
        (None, Some(600.0), &early[..], None),
    ] {
        let pump = session(minutes, slowed_s, let_downs);
        assert_eq!(pump.past_flow_min(), past_min, "{minutes:?} {slowed_s:?} {let_downs:?}");
    }
}

#[test]
fn a_fit_is_told_of_them_where_the_length_is_taken_at_its_word() {
    let now = "2026-10-02T08:00:00+00:00[UTC]";
    for (minutes, told) in [(20.0, Some(10.0)), (400.0, None)] {
        let seen = observed(&[Body::Pump(session(Some(minutes), Some(600.0), &[]))], now);
        let log = seen.fit_log(&seen.reading()).unwrap();
        let Removal::Pump { past_flow_min, .. } = log.events()[0].removal else { panic!("it was a pump") };
        assert_eq!(past_flow_min, told, "{minutes} min");
    }
}

/// What an entry says is how long the detector's phases lasted behind the last let-down: slowed, or hardly a drop.
#[test]
fn an_entry_says_what_the_detector_saw() {
    let (mut past, mut hardly_min, mut entry_min) = (0, 0.0, 0.0);
    for seed in 0..12 {
        let minutes = 25.0;
        let mut watch = Watch::new();
        Seen::drawn(&Regime::quiet(), minutes, seed).trace.readings.iter().for_each(|r| watch.see(*r));
        watch.end();
        let found = watch.found();
        let fields = serde_json::Value::from(scale_fields(&watch, minutes));
        let mut body = serde_json::json!({ "start": START });
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let Ok(Some(Body::Pump(pump))) = Body::read("pump", &body.to_string()) else { panic!("{body}") };
        let Some(slowed_s) = found.slowed_s else {
            assert!(pump.past_flow_min().is_none_or(|min| min == 0.0), "seed {seed}");
            continue;
        };
        let from_s = found.let_downs.last().map_or(slowed_s, |last| last.end_s.max(slowed_s));
        let behind_s = |kinds: &[PhaseKind]| {
            let those = found.phases.iter().filter(|p| kinds.contains(&p.kind));
            those.map(|p| (p.end_s.min(60.0 * minutes) - p.start_s.max(from_s)).max(0.0)).sum::<f64>()
        };
        let all =
            [PhaseKind::Slowed, PhaseKind::PastFlow, PhaseKind::Massage, PhaseKind::Pause, PhaseKind::Ended];
        let by_phases_min = behind_s(&all) / 60.0;
        let by_entry_min = pump.past_flow_min().unwrap();
        assert!(
            (by_entry_min - by_phases_min).abs() < 0.1,
            "seed {seed}: {by_entry_min} and {by_phases_min}"
        );
        past += usize::from(by_entry_min >= 1.0);
        entry_min += by_entry_min;
        hardly_min += behind_s(&[PhaseKind::PastFlow]) / 60.0;
    }
    println!("{past} of 12 past it, {entry_min:.1} min in all, hardly a drop in {hardly_min:.1}");
    assert!(past >= 4, "{past} of 12");
}

/// Seven weeks of seven sessions a day; in every other week ten minutes past the end of flow. The last fortnight holds one
/// of each.
fn weeks(per_day: f64, is_watched: bool) -> Vec<Body> {
    let mut her = Mother::typical();
    her.demand.past_flow_per_day = per_day;
    let goes_on_min = |i: u32| if i / 49 % 2 == 1 { 10.0 } else { 0.0 };
    let planned = |i: u32| {
        let session = Session { past_flow_min: goes_on_min(i), ..Session::both(15.0) };
        let jitter_h = f64::from(i * 7919 % 101) / 100.0;
        Planned { at_h: 24.0 / 7.0 * f64::from(i + 1) + jitter_h, by: By::Pump(session) }
    };
    let plan: Vec<Planned> = (0..7 * 49).map(planned).collect();
    let start = Start::established(Supply::steady(&her), 8.0);
    let taken = live(&her, &start, &plan, Some(&mut Random::seeded(5)));
    let written = |(i, (planned, taken)): (usize, (&Planned, &letdown_model::supply::Taken))| {
        let minute = jiff::SignedDuration::from_mins((60.0 * planned.at_h).round() as i64);
        let start = at(START).checked_add(minute).unwrap();
        let minutes = Some(15.0 + goes_on_min(i as u32));
        let read = (taken.total_ml() / 5.0).round() * 5.0;
        let slowed_s = is_watched.then_some(900.0);
        Body::Pump(Pump { total: Some(ml(read)), minutes, slowed_s, ..Pump::at(start) })
    };
    plan.iter().zip(&taken).enumerate().map(written).collect()
}

const NOW: &str = "2026-11-19T12:00:00+00:00[UTC]";

struct Hers {
    journal: Folded,
    observed: Observed,
    twin: Twin,
}

impl Hers {
    fn of(bodies: &[Body]) -> Self {
        let journal = Folded::of(entries(bodies));
        let observed = Observed::at(&journal, &at(NOW));
        let twin = Twin::quick(&observed, 1);
        assert_eq!(twin.state().state, "ready", "{:?}", twin.state());
        Self { journal, observed, twin }
    }

    fn told(&self) -> PastFlowEffect {
        insights(&self.journal, &self.observed, &self.twin).past_flow
    }

    fn asked(&self, change: &str) -> WhatIf {
        what_if(&self.journal, &self.observed, &self.twin, &Change::read(change).unwrap(), 28, 1).unwrap()
    }
}

static WATCHED: LazyLock<Hers> = LazyLock::new(|| Hers::of(&weeks(0.01, true)));
static UNWATCHED: LazyLock<Hers> = LazyLock::new(|| Hers::of(&weeks(0.01, false)));

#[test]
fn what_her_weeks_say_is_told_and_called_unproven() {
    let told = WATCHED.told();
    println!("{told:?}");
    let effect = told.effect.unwrap();
    assert!(told.n_past >= 140 && told.n_not >= 150, "{} and {}", told.n_past, told.n_not);
    assert!(effect.known && effect.percent.p10 > 0.0 && effect.percent.p90 < 60.0, "{effect:?}");
    assert!(
        told.unproven && told.says.contains("unproven") && told.says.contains("four weeks of 5 more minutes")
    );
    assert!(told.usual_min > 3.0 && told.usual_min < 7.0, "{}", told.usual_min);
}

#[test]
fn what_nobody_watched_is_not_known() {
    let told = UNWATCHED.told();
    println!("{}", told.says);
    assert_eq!((told.n_past, told.n_not, told.effect, told.unproven), (0, 0, None, true));
    assert!(told.says.contains("not known") && told.says.contains("No trial"));
    let few = insights_of(&[pumped(START, 80.0), Body::Pump(session(Some(20.0), Some(600.0), &[]))]);
    assert_eq!((few.n_past, few.n_not), (1, 0));
    assert!(few.says.contains("too few to compare"), "{}", few.says);
}

fn insights_of(bodies: &[Body]) -> PastFlowEffect {
    let journal = Folded::of(entries(bodies));
    insights(&journal, &Observed::at(&journal, &at(NOW)), &Twin::Pending).past_flow
}

/// Longer sessions are counted for more than the milk that they take only where her log told of it.
#[test]
fn longer_sessions_grow_where_the_log_told_of_it() {
    let watched = WATCHED.asked("+5min");
    let unwatched = UNWATCHED.asked("+5min");
    let fitted = |hers: &Hers| hers.twin.fitted().unwrap().posterior.fitted().contains(&Trait::PastFlow);
    assert!(fitted(&WATCHED) && !fitted(&UNWATCHED));
    println!("{:?} and {:?}", watched.difference.made_ml_per_day, unwatched.difference.made_ml_per_day);
    assert!(watched.unproven[0].contains("in your own log"), "{:?}", watched.unproven);
    assert!(unwatched.unproven[0].contains("only the milk that they take"), "{:?}", unwatched.unproven);
    assert!(watched.difference.made_ml_per_day.p50 > unwatched.difference.made_ml_per_day.p50 + 10.0);
    let shorter = WATCHED.asked("-5min");
    assert!(shorter.difference.made_ml_per_day.p50 < -5.0, "{:?}", shorter.difference.made_ml_per_day);
}
