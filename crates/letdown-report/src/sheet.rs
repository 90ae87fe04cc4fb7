//! A page as it is arranged: marks with their place, in pieces with their meaning.

use crate::{
    face::{Faces, Weight},
    ink::Ink,
};

/// A sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 in.
    Letter,
}

impl Paper {
    /// Width and height (pt).
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// A page as it is arranged. Lengths are points, from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The paper.
    pub paper: Paper,
    pub(crate) pieces: Vec<Piece>,
}

/// Marks with one meaning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub role: Role,
    pub marks: Vec<Mark>,
}

/// What marks mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Role {
    /// A heading, 1 the uppermost.
    Heading(u16),
    /// A paragraph.
    Paragraph,
    /// A cell of a table: in which table, in which row of it, and whether it says what stands beside or below.
    Cell { table: usize, row: usize, head: Option<Head> },
    /// A drawing, in words.
    Figure(String),
    /// Lines and grounds that say nothing.
    Decor,
}

/// What a cell is the head of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    Row,
    Column,
}

/// A mark.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    Text { x: f32, y: f32, text: String, weight: Weight, size: f32, ink: Ink, width: f32 },
    Shape { points: Vec<(f32, f32)>, fill: Option<Ink>, stroke: Option<Stroke>, closed: bool },
    Dot { x: f32, y: f32, radius: f32, ink: Ink },
}

/// A line that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub ink: Ink,
    pub width: f32,
    pub dash: Option<f32>,
}

impl Stroke {
    pub(crate) fn of(ink: Ink, width: f32) -> Self {
        Self { ink, width, dash: None }
    }

    pub(crate) fn dashed(self, dash: f32) -> Self {
        Self { dash: Some(dash), ..self }
    }
}

impl Piece {
    /// Its first text, and where that stands.
    pub(crate) fn title(&self) -> (&str, f32, f32) {
        let text = self.marks.iter().find_map(|mark| match mark {
            Mark::Text { x, y, text, size, .. } => Some((text.as_str(), *x, (y - size).max(0.0))),
            _ => None,
        });
        text.unwrap_or(("", 0.0, 0.0))
    }
}

impl Mark {
    /// A text whose line stands at `y`, from `x` on.
    pub(crate) fn text(faces: &Faces, at: (f32, f32), text: &str, style: Style) -> Self {
        let text = faces.settable(text);
        let width = faces.width(&text, style.weight, style.size);
        let Style { weight, size, ink } = style;
        Self::Text { x: at.0, y: at.1, text, weight, size, ink, width }
    }

    /// The same, up to `at`.
    pub(crate) fn text_up_to(faces: &Faces, at: (f32, f32), text: &str, style: Style) -> Self {
        Self::text(faces, at, text, style).moved(-1.0)
    }

    /// The same, around `at`.
    pub(crate) fn text_around(faces: &Faces, at: (f32, f32), text: &str, style: Style) -> Self {
        Self::text(faces, at, text, style).moved(-0.5)
    }

    fn moved(mut self, widths: f32) -> Self {
        if let Self::Text { x, width, .. } = &mut self {
            *x += widths * *width;
        }
        self
    }

    pub(crate) fn line(from: (f32, f32), to: (f32, f32), stroke: Stroke) -> Self {
        Self::Shape { points: vec![from, to], fill: None, stroke: Some(stroke), closed: false }
    }

    pub(crate) fn ground((x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) -> Self {
        Self::area(vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)], ink)
    }

    pub(crate) fn area(points: Vec<(f32, f32)>, ink: Ink) -> Self {
        Self::Shape { points, fill: Some(ink), stroke: None, closed: true }
    }

    pub(crate) fn curve(points: Vec<(f32, f32)>, stroke: Stroke) -> Self {
        Self::Shape { points, fill: None, stroke: Some(stroke), closed: false }
    }

    /// Left, top, right, bottom.
    fn extent(&self) -> (f32, f32, f32, f32) {
        match self {
            Self::Text { x, y, size, width, .. } => (*x, y - 0.8 * size, x + width, y + 0.25 * size),
            Self::Dot { x, y, radius, .. } => (x - radius, y - radius, x + radius, y + radius),
            Self::Shape { points, .. } => points.iter().fold(
                (f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY),
                |(l, t, r, b), (x, y)| (l.min(*x), t.min(*y), r.max(*x), b.max(*y)),
            ),
        }
    }
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub weight: Weight,
    pub size: f32,
    pub ink: Ink,
}

impl Sheet {
    pub(crate) fn new(paper: Paper) -> Self {
        Self { paper, pieces: Vec::new() }
    }

    pub(crate) fn add(&mut self, role: Role, mut marks: Vec<Mark>) {
        marks.retain(|mark| !matches!(mark, Mark::Text { text, .. } if text.is_empty()));
        if !marks.is_empty() {
            self.pieces.push(Piece { role, marks });
        }
    }

    /// A new table.
    pub(crate) fn next_table(&self) -> usize {
        let last = self.pieces.iter().rev().find_map(|piece| match piece.role {
            Role::Cell { table, .. } => Some(table),
            _ => None,
        });
        last.map_or(0, |last| last + 1)
    }

    /// The part of the paper that holds marks: left, top, right, bottom (pt).
    pub fn extent(&self) -> (f32, f32, f32, f32) {
        let marks = self.pieces.iter().flat_map(|piece| &piece.marks).map(Mark::extent);
        let nothing = (f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY);
        marks.fold(nothing, |a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)))
    }

    /// Every text on the page.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().flat_map(|piece| &piece.marks).filter_map(|mark| match mark {
            Mark::Text { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// What the page says, in reading order, a line for each piece; drawings in words.
    pub fn words(&self) -> String {
        let said = self.pieces.iter().map(|piece| {
            let texts = piece.marks.iter().filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text.as_str()),
                _ => None,
            });
            let texts: Vec<&str> = texts.collect();
            match &piece.role {
                Role::Figure(words) => words.clone(),
                Role::Decor => String::new(),
                _ => texts.join(" "),
            }
        });
        said.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}
