//! The drawings: days as bars, weights beside their curve.

use crate::{
    blocks::{Column, NOTE},
    face::{Faces, Weight},
    ink::{HAIR, INNER, MIDDLE, MILK, OUTER, SOFT, TEXT, USUAL},
    sheet::{Mark, Role, Sheet, Stroke, Style},
};
use letdown_engine::report::{Centiles, Curve};

/// A drawing.
pub(crate) enum Drawing {
    /// Days as bars.
    Days(Days),
    /// Weights of some babies, side by side.
    Growth(Vec<Growth>, f32),
}

/// Days as bars.
pub(crate) struct Days {
    pub height: f32,
    pub bars: Vec<Bar>,
    /// What is usual, drawn behind: least and most.
    pub usual: Option<(f64, f64)>,
    /// The middle, drawn across.
    pub middle: Option<f64>,
    pub unit: &'static str,
    /// Counts below each day, by their name.
    pub counts: Vec<(&'static str, Vec<Option<usize>>)>,
    pub words: String,
}

/// One day.
pub(crate) struct Bar {
    /// Day of the month, with the month where one begins.
    pub label: String,
    pub value: Option<f64>,
    /// Whether the value is all there was.
    pub whole: bool,
    pub logged: bool,
}

/// Weights of a baby beside its curves.
pub(crate) struct Growth {
    pub name: String,
    /// Age (days) and weight (g).
    pub weights: Vec<(f64, f64)>,
    pub curves: Vec<Curve>,
    pub words: String,
}

const SMALL: Style = Style { size: 6.4, ..NOTE };
const LABEL: Style = Style { weight: Weight::SemiBold, size: 7.2, ink: TEXT };
/// Room for the numbers beside an axis (pt).
const AXIS: f32 = 26.0;

/// From values to a place on paper.
#[derive(Clone, Copy)]
struct Scale {
    from: f64,
    to: f64,
    at: (f32, f32),
}

impl Scale {
    fn of(&self, value: f64) -> f32 {
        let part = ((value - self.from) / (self.to - self.from)) as f32;
        self.at.0 + part.clamp(0.0, 1.0) * (self.at.1 - self.at.0)
    }
}

/// Round numbers from `from` to `to`, at most five of them.
fn ticks(from: f64, to: f64) -> Vec<f64> {
    let span = (to - from).max(1e-9);
    let rough = span / 4.0;
    let ten = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * ten).into_iter().find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * ten);
    let first = (from / step).ceil();
    (0..6).map(|i| (first + f64::from(i)) * step).filter(|tick| *tick <= to + 1e-9 * span).collect()
}

impl Drawing {
    /// Draws it at the top of a column; says where it ends.
    pub(crate) fn set(&self, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
        match self {
            Self::Days(days) => days.set(at, sheet, faces),
            Self::Growth(babies, height) => growth(babies, *height, at, sheet, faces),
        }
    }
}

impl Days {
    fn set(&self, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
        let floor = at.y + self.height;
        let values = self.bars.iter().filter_map(|bar| bar.value);
        let most = values.chain(self.usual.map(|u| u.1)).fold(1.0, f64::max);
        let up = Scale { from: 0.0, to: 1.08 * most, at: (floor, at.y + 9.0) };
        let left = at.x + AXIS;
        let step = (at.width - AXIS) / self.bars.len().max(1) as f32;
        let mut marks = self.ground(at, left, up, faces);
        for (i, bar) in self.bars.iter().enumerate() {
            let x = left + step * i as f32;
            bar.draw((x, step), floor, up, &mut marks, faces);
        }
        marks.push(Mark::line((left, floor), (at.x + at.width, floor), Stroke::of(SOFT, 0.6)));
        if let Some(middle) = self.middle {
            let y = up.of(middle);
            marks.push(Mark::line((left, y), (at.x + at.width, y), Stroke::of(TEXT, 0.7).dashed(2.4)));
        }
        let below = self.counts(at, (left, step), floor + 10.0, &mut marks, faces);
        sheet.add(Role::Figure(self.words.clone()), marks);
        below
    }

    fn ground(&self, at: &Column, left: f32, up: Scale, faces: &Faces) -> Vec<Mark> {
        let right = at.x + at.width;
        let mut marks = Vec::new();
        if let Some((least, most)) = self.usual {
            let (top, bottom) = (up.of(most), up.of(least));
            marks.push(Mark::ground((left, top), (right - left, bottom - top), USUAL));
        }
        for tick in ticks(0.0, up.to).into_iter().filter(|tick| *tick > 0.0) {
            let y = up.of(tick);
            marks.push(Mark::line((left, y), (right, y), Stroke::of(HAIR, 0.35)));
            marks.push(Mark::text_up_to(faces, (left - 4.0, y + 2.2), &crate::words::whole(tick), SMALL));
        }
        marks.push(Mark::text(faces, (at.x, at.y + 5.0), self.unit, SMALL));
        marks
    }

    /// How many of what on each day; says where they end.
    fn counts(
        &self,
        at: &Column,
        (left, step): (f32, f32),
        y: f32,
        marks: &mut Vec<Mark>,
        faces: &Faces,
    ) -> f32 {
        let mut y = y + 0.5;
        for (name, counts) in &self.counts {
            y += 9.2;
            marks.push(Mark::text(faces, (at.x, y), name, SMALL));
            for (i, count) in counts.iter().enumerate() {
                let text = count.map_or_else(|| "\u{2013}".to_owned(), |n| n.to_string());
                let x = left + step * (i as f32 + 0.5);
                marks.push(Mark::text_around(faces, (x, y), &text, SMALL));
            }
        }
        y + 6.0
    }
}

impl Bar {
    fn draw(&self, (x, step): (f32, f32), floor: f32, up: Scale, marks: &mut Vec<Mark>, faces: &Faces) {
        let middle = x + 0.5 * step;
        marks.push(Mark::text_around(faces, (middle, floor + 9.0), &self.label, SMALL));
        let (left, width) = (x + 0.16 * step, 0.68 * step);
        match self.value {
            Some(value) => {
                let top = up.of(value);
                let corners = vec![(left, floor), (left, top), (left + width, top), (left + width, floor)];
                if self.whole {
                    marks.push(Mark::area(corners, MILK));
                } else {
                    marks.push(Mark::area(corners.clone(), crate::ink::Ink(0xff, 0xff, 0xff)));
                    marks.push(Mark::curve(corners, Stroke::of(MILK, 0.9).dashed(1.6)));
                }
            }
            None if !self.logged => {
                let at = (middle, floor - 3.0);
                marks.push(Mark::text_around(faces, at, "\u{2013}", SMALL));
            }
            None => {}
        }
    }
}

/// Weights of some babies, side by side; says where they end.
fn growth(babies: &[Growth], height: f32, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
    const GAP: f32 = 12.0;
    let n = babies.len().max(1) as f32;
    let width = (at.width - GAP * (n - 1.0)) / n;
    for (i, baby) in babies.iter().enumerate() {
        let x = at.x + (width + GAP) * i as f32;
        baby.draw(&Column { x, y: at.y, width }, height, sheet, faces);
    }
    at.y + height + 14.0
}

/// The least and the most of some numbers.
fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |span, v| Some(span.map_or((v, v), |(a, b): (f64, f64)| (a.min(v), b.max(v)))))
}

impl Growth {
    fn draw(&self, at: &Column, height: f32, sheet: &mut Sheet, faces: &Faces) {
        const TOP: f32 = 13.0;
        const RIGHT: f32 = 13.0;
        const LEFT: f32 = 15.0;
        let curve = || self.curves.iter().flat_map(|curve| &curve.centiles);
        let ages = curve().map(|c| c.age_days).chain(self.weights.iter().map(|w| w.0));
        let grams = curve().flat_map(|c| [c.p03, c.p97]).chain(self.weights.iter().map(|w| w.1));
        let (Some(ages), Some(grams)) = (span(ages), span(grams)) else { return };
        // The first dot stands clear of the axis.
        let ages = (ages.0 - 0.04 * (ages.1 - ages.0).max(7.0), ages.1.max(ages.0 + 7.0));
        let (left, right) = (at.x + LEFT, at.x + at.width - RIGHT);
        let (top, floor) = (at.y + TOP, at.y + height);
        let across = Scale { from: ages.0, to: ages.1, at: (left, right) };
        let pad = 0.04 * (grams.1 - grams.0).max(200.0);
        let up = Scale { from: grams.0 - pad, to: grams.1 + pad, at: (floor, top) };
        let mut marks = vec![Mark::text(faces, (at.x, at.y + 6.5), &self.name, LABEL)];
        self.curves(across, up, right, &mut marks, faces);
        for tick in ticks(up.from / 1000.0, up.to / 1000.0) {
            let y = up.of(1000.0 * tick);
            marks.push(Mark::line((left - 2.0, y), (left, y), Stroke::of(SOFT, 0.5)));
            marks.push(Mark::text_up_to(faces, (left - 3.5, y + 2.2), &crate::words::number(tick), SMALL));
        }
        marks.push(Mark::line((left, floor), (right, floor), Stroke::of(SOFT, 0.5)));
        ages_below(across, (left, right, floor), &mut marks, faces);
        let points: Vec<(f32, f32)> = self.weights.iter().map(|(a, g)| (across.of(*a), up.of(*g))).collect();
        marks.push(Mark::curve(points.clone(), Stroke::of(TEXT, 0.9)));
        marks.extend(points.into_iter().map(|(x, y)| Mark::Dot { x, y, radius: 1.7, ink: TEXT }));
        sheet.add(Role::Figure(self.words.clone()), marks);
    }

    /// The bands: of both curves together where girl or boy is not known.
    fn curves(&self, across: Scale, up: Scale, right: f32, marks: &mut Vec<Mark>, faces: &Faces) {
        let Some(first) = self.curves.first() else { return };
        let other = self.curves.get(1).unwrap_or(first);
        let pairs: Vec<(&Centiles, &Centiles)> = first.centiles.iter().zip(&other.centiles).collect();
        let edge = |of: &dyn Fn(&Centiles) -> f64, most: bool| -> Vec<(f32, f32)> {
            let pick = |a: f64, b: f64| if most { a.max(b) } else { a.min(b) };
            pairs.iter().map(|(a, b)| (across.of(a.age_days), up.of(pick(of(a), of(b))))).collect()
        };
        let band = |low: Vec<(f32, f32)>, high: Vec<(f32, f32)>| {
            let back: Vec<(f32, f32)> = high.into_iter().rev().collect();
            [low, back].concat()
        };
        marks.push(Mark::area(band(edge(&|c| c.p03, false), edge(&|c| c.p97, true)), OUTER));
        marks.push(Mark::area(band(edge(&|c| c.p15, false), edge(&|c| c.p85, true)), INNER));
        for curve in &self.curves {
            let line = curve.centiles.iter().map(|c| (across.of(c.age_days), up.of(c.p50)));
            marks.push(Mark::curve(line.collect(), Stroke::of(MIDDLE, 0.7)));
        }
        let Some((a, b)) = pairs.last() else { return };
        for (name, grams) in
            [("97", a.p97.max(b.p97)), ("50", 0.5 * (a.p50 + b.p50)), ("3", a.p03.min(b.p03))]
        {
            marks.push(Mark::text(faces, (right + 2.5, up.of(grams) + 2.2), name, SMALL));
        }
    }
}

/// Ages below: weeks while a baby is small, months behind.
fn ages_below(across: Scale, (left, right, floor): (f32, f32, f32), marks: &mut Vec<Mark>, faces: &Faces) {
    let (length, name) = if across.to - across.from < 190.0 { (7.0, "weeks") } else { (30.437_5, "months") };
    let last_x = right - faces.width(name, SMALL.weight, SMALL.size) - 4.0;
    for tick in ticks(across.from / length, across.to / length) {
        let x = across.of(length * tick);
        marks.push(Mark::line((x, floor), (x, floor + 2.0), Stroke::of(SOFT, 0.5)));
        if x <= last_x && (tick - tick.round()).abs() < 1e-6 {
            marks.push(Mark::text_around(
                faces,
                (x.max(left), floor + 9.0),
                &crate::words::number(tick),
                SMALL,
            ));
        }
    }
    marks.push(Mark::text_up_to(faces, (right, floor + 9.0), name, SMALL));
}
