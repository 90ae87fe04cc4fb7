//! Rows that are one event: apps that write each breast in a row of its own.

use super::{Draft, SourceRow, format::Line};
use crate::{
    body::{Body, Nurse, Pump, Side},
    moment::Moment,
    volume::Intake,
};
use std::collections::{BTreeMap, BTreeSet};

/// The longest pause between two sides of one event (min).
pub(super) const PAUSE_MIN: f64 = 15.0;

/// Puts two different sides of one baby together that follow each other within [`PAUSE_MIN`].
pub(super) fn nursings(lines: Vec<Line>) -> Vec<Draft> {
    sides(lines, of_nursing)
}

/// The same for apps in which both sides may end at the moment they were logged: however far they overlap, they are one.
pub(super) fn nursings_that_overlap(lines: Vec<Line>) -> Vec<Draft> {
    sides(lines, |body| of_nursing(body).map(|side| OneSide { overlap_min: f64::INFINITY, ..side }))
}

/// Puts two different sides of one pump session together: the second begins before the first has ended, or within
/// [`PAUSE_MIN`] behind it.
pub(super) fn pumpings(lines: Vec<Line>) -> Vec<Draft> {
    sides(lines, of_pumping)
}

/// Both of these, for a table that holds both.
pub(super) fn nursings_and_pumpings(lines: Vec<Line>) -> Vec<Draft> {
    sides(lines, |body| of_nursing(body).or_else(|| of_pumping(body)))
}

/// What one row says about one side.
struct OneSide<'l> {
    kind: &'static str,
    baby: Option<&'l str>,
    start: &'l Moment,
    side: Side,
    length_min: Option<f64>,
    /// How far the other side may reach into it.
    overlap_min: f64,
}

fn of_nursing(body: &Body) -> Option<OneSide<'_>> {
    let Body::Nurse(nurse) = body else { return None };
    let [stint] = &nurse.stints[..] else { return None };
    Some(OneSide {
        kind: Nurse::KIND,
        baby: nurse.baby.as_deref(),
        start: &nurse.start,
        side: stint.side,
        length_min: nurse.length_min(),
        overlap_min: PAUSE_MIN,
    })
}

fn of_pumping(body: &Body) -> Option<OneSide<'_>> {
    let Body::Pump(pump) = body else { return None };
    let left = pump.left.is_some() || pump.left_minutes.is_some();
    let right = pump.right.is_some() || pump.right_minutes.is_some();
    let side = match (left, right) {
        (true, false) => Side::Left,
        (false, true) => Side::Right,
        _ => return None,
    };
    pump.total.is_none().then(|| OneSide {
        kind: Pump::KIND,
        baby: None,
        start: &pump.start,
        side,
        length_min: pump.length_min(),
        // A pump may run on both sides at once.
        overlap_min: f64::INFINITY,
    })
}

fn sides(lines: Vec<Line>, one_side: impl Fn(&Body) -> Option<OneSide<'_>>) -> Vec<Draft> {
    let mut seconds = pairs(&lines, one_side);
    let mut slots: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    let mut behind: BTreeMap<usize, Line> = BTreeMap::new();
    while let Some((first, second)) = seconds.pop_first() {
        behind.extend(slots.get_mut(second).and_then(Option::take).map(|line| (first, line)));
    }
    let joined = |(at, slot): (usize, Option<Line>)| match (slot?, behind.remove(&at)) {
        (first, Some(second)) => Some(both(first, second)),
        (line, None) => Some(Draft::from(line)),
    };
    slots.into_iter().enumerate().filter_map(joined).collect()
}

/// Which lines are followed by the other side of the same event, each line in one pair at most.
fn pairs(lines: &[Line], one_side: impl Fn(&Body) -> Option<OneSide<'_>>) -> BTreeMap<usize, usize> {
    let mut sides = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        sides.extend(one_side(&line.body).map(|side| (at, side)));
    }
    sides.sort_by(|(_, a), (_, b)| (a.kind, a.baby, a.start).cmp(&(b.kind, b.baby, b.start)));
    let mut taken = BTreeSet::new();
    let mut pairs = BTreeMap::new();
    for pair in sides.windows(2) {
        let [(a, first), (b, second)] = pair else { continue };
        if !taken.contains(a) && belong_together(first, second) {
            taken.insert(*b);
            pairs.insert(*a, *b);
        }
    }
    pairs
}

fn belong_together(first: &OneSide<'_>, second: &OneSide<'_>) -> bool {
    let length_min = first.length_min.unwrap_or(0.0);
    let pause_min = first.start.duration_until(second.start).as_secs_f64() / 60.0 - length_min;
    let close = -first.overlap_min <= pause_min && pause_min <= PAUSE_MIN;
    first.kind == second.kind && first.baby == second.baby && first.side != second.side && close
}

fn both(first: Line, second: Line) -> Draft {
    let together = match (&first.body, &second.body) {
        (Body::Nurse(a), Body::Nurse(b)) => Some(Body::Nurse(one_nursing(a, b))),
        (Body::Pump(a), Body::Pump(b)) => Some(Body::Pump(one_session(a, b))),
        _ => None,
    };
    let alone = |line: Line| SourceRow { alone: Some(Box::new(line.body)), ..line.row };
    let body = together.unwrap_or_else(|| first.body.clone());
    Draft { body, rows: vec![alone(first), alone(second)] }
}

fn one_nursing(first: &Nurse, second: &Nurse) -> Nurse {
    let whole_min = whole_min((&first.start, first.length_min()), (&second.start, second.length_min()));
    let nursed_min = first.length_min().unwrap_or(0.0) + second.length_min().unwrap_or(0.0);
    Nurse {
        // One breast at a time: it took at least as long as both together.
        minutes: whole_min.map(|whole| whole.max(nursed_min)),
        stints: [&first.stints[..], &second.stints[..]].concat(),
        intake: together(first.intake.as_ref(), second.intake.as_ref()),
        note: notes(first.note.as_deref(), second.note.as_deref()),
        ..first.clone()
    }
}

/// What was drunk at both breasts.
fn together(first: Option<&Intake>, second: Option<&Intake>) -> Option<Intake> {
    match (first, second) {
        (Some(a), Some(b)) => Intake::ml(a.as_ml() + b.as_ml()).ok(),
        (one, other) => one.or(other).cloned(),
    }
}

fn one_session(first: &Pump, second: &Pump) -> Pump {
    Pump {
        minutes: whole_min((&first.start, first.length_min()), (&second.start, second.length_min())),
        left_minutes: first.left_minutes.or(second.left_minutes),
        right_minutes: first.right_minutes.or(second.right_minutes),
        left: first.left.clone().or_else(|| second.left.clone()),
        right: first.right.clone().or_else(|| second.right.clone()),
        note: notes(first.note.as_deref(), second.note.as_deref()),
        ..first.clone()
    }
}

/// From the first start to the last end (min), when that is known.
fn whole_min(first: (&Moment, Option<f64>), second: (&Moment, Option<f64>)) -> Option<f64> {
    let until_second = first.0.duration_until(second.0).as_secs_f64() / 60.0;
    second.1.map(|length| (until_second + length).max(first.1.unwrap_or(0.0)))
}

fn notes(first: Option<&str>, second: Option<&str>) -> Option<String> {
    let notes: Vec<&str> = [first, second].into_iter().flatten().collect();
    let same = notes.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    if same { notes.first().map(|note| (*note).to_owned()) } else { Some(notes.join("\n")) }
}
