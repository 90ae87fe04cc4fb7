//! A course of sessions to come, and what a change makes of it.

use super::change::{Change, Part};
use crate::habit::Likely;
use jiff::{civil::Time, tz::TimeZone};
use letdown_fit::steps::Remover;
use letdown_journal::{body::Technique, moment};
use std::collections::BTreeSet;

/// A session to come.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    /// When, and by what.
    pub likely: Likely,
    /// Whose chance it has.
    pub chance: ChanceOf,
    /// How much longer it is than hers usually are (min).
    pub longer_min: f64,
    /// What is done beside pumping, more than she does anyway.
    pub with: Vec<Technique>,
}

/// Which of the chances of a future a session has: the same in both courses, so that only the change differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChanceOf {
    /// That of a session of the course as it was.
    Kept(usize),
    /// One of its own.
    New(usize),
}

/// A session further than this from the time that is named is another (h).
const NEAR_H: f64 = 2.0;

/// The course as it is.
pub(super) fn as_it_is(course: Vec<Likely>) -> Vec<Sitting> {
    let sitting =
        |(i, likely)| Sitting { likely, chance: ChanceOf::Kept(i), longer_min: 0.0, with: Vec::new() };
    course.into_iter().enumerate().map(sitting).collect()
}

/// The course with a change. `now` is where it begins; `zone` that of her days.
pub(super) fn changed(
    course: &[Sitting],
    change: &Change,
    (now, zone): (&moment::Moment, &TimeZone),
    days: u32,
) -> Vec<Sitting> {
    let mut course = course.to_vec();
    let mut new = 0;
    for part in &change.parts {
        match part {
            Part::Add(time) => course.extend(added(*time, (now, zone), days, &mut new)),
            Part::Drop(time) => {
                let gone = next_to(&course, *time);
                let mut place = 0;
                course.retain(|_| {
                    place += 1;
                    !gone.contains(&(place - 1))
                });
            }
            Part::Longer(minutes) => pumps(&mut course).for_each(|sitting| sitting.longer_min += minutes),
            Part::With(technique) => pumps(&mut course).for_each(|sitting| {
                if !sitting.with.contains(technique) {
                    sitting.with.push(technique.clone());
                }
            }),
            Part::NurseOn(days) => pumps(&mut course)
                .filter(|sitting| days.contains(&sitting.likely.at.date().weekday()))
                .for_each(|sitting| sitting.likely.by = Remover::Baby),
            Part::NurseAt(time) => {
                for place in next_to(&course, *time) {
                    course[place].likely.by = Remover::Baby;
                }
            }
        }
        course.sort_by_key(|sitting| sitting.likely.at.timestamp());
    }
    course
}

/// Whether a change finds on a course what it speaks of; else the time that it does not find.
pub(super) fn missing(course: &[Sitting], change: &Change) -> Option<Time> {
    change.parts.iter().find_map(|part| match part {
        Part::Drop(time) | Part::NurseAt(time) if next_to(course, *time).is_empty() => Some(*time),
        _ => None,
    })
}

fn pumps(course: &mut [Sitting]) -> impl Iterator<Item = &mut Sitting> {
    course.iter_mut().filter(|sitting| is_pump(sitting))
}

pub(super) fn is_pump(sitting: &Sitting) -> bool {
    sitting.likely.by != Remover::Baby
}

fn added(time: Time, (now, zone): (&moment::Moment, &TimeZone), days: u32, new: &mut usize) -> Vec<Sitting> {
    let today = now.timestamp().to_zoned_datetime(zone.clone()).date();
    let series = today.series(jiff::Span::new().days(1)).take(days as usize + 1);
    let at = series.map(|day| moment::place(day.to_datetime(time), zone).at);
    let ahead = at.filter(|at| at.timestamp() > now.timestamp());
    let sitting = |at| {
        *new += 1;
        let likely = Likely { at, by: Remover::Pump(None) };
        Sitting { likely, chance: ChanceOf::New(*new - 1), longer_min: 0.0, with: Vec::new() }
    };
    ahead.map(sitting).collect()
}

/// Of every day the place of the pump session that lies next to a clock time, where one lies near.
fn next_to(course: &[Sitting], time: Time) -> BTreeSet<usize> {
    let far_h = |sitting: &Sitting| {
        let at = sitting.likely.at.time();
        (hours(at) - hours(time)).abs()
    };
    let mut nearest: Vec<(jiff::civil::Date, usize, f64)> = Vec::new();
    for (place, sitting) in course.iter().enumerate().filter(|(_, sitting)| is_pump(sitting)) {
        let (day, far) = (sitting.likely.at.date(), far_h(sitting));
        if far > NEAR_H {
            continue;
        }
        match nearest.iter_mut().find(|(known, ..)| *known == day) {
            Some(known) if far < known.2 => *known = (day, place, far),
            Some(_) => {}
            None => nearest.push((day, place, far)),
        }
    }
    nearest.into_iter().map(|(_, place, _)| place).collect()
}

fn hours(time: Time) -> f64 {
    f64::from(time.hour()) + f64::from(time.minute()) / 60.0
}
