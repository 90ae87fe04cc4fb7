//! Rows that are one event: apps that write each breast in a row of its own.

use super::{Draft, SourceRow, format::Line};
use crate::body::{Body, Nurse};
use std::collections::{BTreeMap, BTreeSet};

/// The longest pause between two sides of one nursing (min).
pub(super) const PAUSE_MIN: f64 = 15.0;

/// Puts two different sides of one baby together that follow each other within [`PAUSE_MIN`].
pub(super) fn nursings(lines: Vec<Line>) -> Vec<Draft> {
    let mut seconds = pairs(&lines);
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

/// Which lines are followed by the other side of the same nursing, each line in one pair at most.
fn pairs(lines: &[Line]) -> BTreeMap<usize, usize> {
    let mut sides: Vec<(usize, &Nurse)> = lines.iter().enumerate().filter_map(one_side).collect();
    sides.sort_by(|(_, a), (_, b)| (&a.baby, &a.start).cmp(&(&b.baby, &b.start)));
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

fn one_side((at, line): (usize, &Line)) -> Option<(usize, &Nurse)> {
    match &line.body {
        Body::Nurse(nurse) if nurse.stints.len() == 1 => Some((at, nurse)),
        _ => None,
    }
}

fn belong_together(first: &Nurse, second: &Nurse) -> bool {
    let side = |nurse: &Nurse| nurse.stints.first().map(|s| s.side);
    let length_min = first.length_min().unwrap_or(0.0);
    let pause_min = first.start.duration_until(&second.start).as_secs_f64() / 60.0 - length_min;
    first.baby == second.baby && side(first) != side(second) && pause_min.abs() <= PAUSE_MIN
}

fn both(first: Line, second: Line) -> Draft {
    let together = match (&first.body, &second.body) {
        (Body::Nurse(a), Body::Nurse(b)) => Some(Body::Nurse(one_nursing(a, b))),
        _ => None,
    };
    let alone = |line: Line| SourceRow { alone: Some(Box::new(line.body)), ..line.row };
    let body = together.unwrap_or_else(|| first.body.clone());
    Draft { body, rows: vec![alone(first), alone(second)] }
}

fn one_nursing(first: &Nurse, second: &Nurse) -> Nurse {
    let end_min = first.start.duration_until(&second.start).as_secs_f64() / 60.0;
    let end_min = second.length_min().map(|length| end_min + length);
    let notes: Vec<&str> = [&first.note, &second.note].into_iter().filter_map(Option::as_deref).collect();
    Nurse {
        minutes: end_min.map(|end| end.max(first.length_min().unwrap_or(0.0))),
        stints: [&first.stints[..], &second.stints[..]].concat(),
        note: (!notes.is_empty()).then(|| notes.join("\n")),
        ..first.clone()
    }
}
