//! Massage and pauses of simulated sessions, second by second. The floors lie under what was measured with these seeds.

use letdown_trace::{
    detect,
    found::{DoubtKind, PhaseKind},
    random::Between,
    simulate::{
        Regime, Simulated,
        families::{Family, Session},
        simulate,
        spells::{Massages, Spell, Spells},
    },
};

const SEEDS: core::ops::Range<u64> = 71_000..71_006;
const SECONDS: u32 = 1_200;

/// Six spells an hour of half a minute to three; six to fifteen touches a minute reach the bottle meanwhile.
fn massaging(regime: &Regime) -> Regime {
    let spells = Spells { per_h: 6.0, lasts_s: Between::new(30.0, 180.0) };
    Regime { massages: Massages { spells, touches_per_min: Between::new(6.0, 15.0) }, ..*regime }
}

fn pausing(regime: &Regime) -> Regime {
    Regime { stands: Spells { per_h: 12.0, lasts_s: Between::new(15.0, 120.0) }, ..*regime }
}

/// Seconds that were of a kind, that were told as it, and both (s).
#[derive(Clone, Copy, Debug, Default)]
struct Seconds {
    was: f64,
    told: f64,
    both: f64,
}

impl Seconds {
    fn precision(self) -> f64 {
        self.both / self.told
    }

    fn recall(self) -> f64 {
        self.both / self.was
    }
}

fn count(regime: &Regime, kind: PhaseKind, spells: fn(&Simulated) -> Vec<Spell>) -> Seconds {
    let mut sum = Seconds::default();
    for (family, seed) in Family::ALL.into_iter().flat_map(|family| SEEDS.map(move |seed| (family, seed))) {
        let seen = simulate(&Session::drawn(family, 20.0, seed).breasts, regime, seed);
        let phases = detect(&seen.readings).phases;
        let spells = spells(&seen);
        for t_s in (0..SECONDS).map(|s| f64::from(s) + 0.5) {
            let is = spells.iter().any(|spell| spell.holds(t_s));
            let is_told = phases.iter().any(|p| p.kind == kind && p.start_s <= t_s && t_s < p.end_s);
            sum.was += f64::from(u8::from(is));
            sum.told += f64::from(u8::from(is_told));
            sum.both += f64::from(u8::from(is && is_told));
        }
    }
    let (precision, recall) = (sum.precision(), sum.recall());
    println!("{}, {kind:?}: precision {precision:.2}, recall {recall:.2}, {sum:?}", regime.name);
    sum
}

fn massages(seen: &Simulated) -> Vec<Spell> {
    seen.truth.massages.clone()
}

fn stands(seen: &Simulated) -> Vec<Spell> {
    seen.truth.stands.clone()
}

/// Those that began and ended while milk flowed, 4 mL a minute or more: any other leaves the milk as it was.
fn stands_in_flow(seen: &Simulated) -> Vec<Spell> {
    let ml = |s: f64| seen.truth.milk_ml.get(s as usize).copied().unwrap_or_default();
    let flows = |spell: &Spell| {
        let (before, after) = (spell.start_s - 1.0, spell.end_s + 1.0);
        ml(before) - ml(before - 6.0) >= 0.4 && ml(after + 6.0) - ml(after) >= 0.4
    };
    seen.truth.stands.iter().filter(|spell| flows(spell)).copied().collect()
}

fn away(seen: &Simulated) -> Vec<Spell> {
    let is_away = |kind| matches!(kind, DoubtKind::Lift | DoubtKind::Swap);
    let aways = seen.truth.doubts.iter().filter(|doubt| is_away(doubt.kind));
    aways.map(|doubt| Spell { start_s: doubt.start_s, end_s: doubt.end_s }).collect()
}

#[test]
fn massage_is_told_where_touches_come_close_together() {
    let quiet = count(&massaging(&Regime::quiet()), PhaseKind::Massage, massages);
    assert!(quiet.precision() >= 0.9 && quiet.recall() >= 0.7, "{quiet:?}");
    let everyday = count(&massaging(&Regime::everyday()), PhaseKind::Massage, massages);
    assert!(everyday.precision() >= 0.85 && everyday.recall() >= 0.7, "{everyday:?}");
}

/// Touches now and then, lifted bottles and holes are no massage, and a display of whole grams never tells one.
#[test]
fn a_session_without_massage_is_never_told_as_one() {
    for regime in [Regime::quiet(), Regime::everyday(), pausing(&Regime::quiet()), Regime::kitchen()] {
        assert_eq!(count(&regime, PhaseKind::Massage, massages).told, 0.0, "{}", regime.name);
    }
    assert_eq!(count(&massaging(&Regime::kitchen()), PhaseKind::Massage, massages).told, 0.0);
    let lifts = count(&Regime::lifts(), PhaseKind::Massage, massages);
    assert!(lifts.told <= 0.008 * f64::from(SECONDS) * 24.0, "{lifts:?}");
}

/// What is told as a pause is one; most pauses change nothing that a scale can see, and are not told.
#[test]
fn a_pump_that_stands_is_told_where_flow_stops_and_comes_back() {
    let all = count(&pausing(&Regime::quiet()), PhaseKind::Pause, stands);
    let in_flow = count(&pausing(&Regime::quiet()), PhaseKind::Pause, stands_in_flow);
    assert!(all.precision() >= 0.85, "{all:?}");
    assert!(in_flow.recall() >= 0.2 && all.recall() < in_flow.recall(), "{in_flow:?}");
    let none = count(&Regime::quiet(), PhaseKind::Pause, stands);
    assert!(none.told <= 20.0, "{none:?}");
}

#[test]
fn a_bottle_that_is_away_is_a_pause() {
    let lifts = count(&Regime::lifts(), PhaseKind::Pause, away);
    assert!(lifts.precision() >= 0.6 && lifts.recall() >= 0.5, "{lifts:?}");
}
