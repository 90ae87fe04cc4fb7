//! What a column is made of, from above: headings, paragraphs, tables, facts.

use crate::{
    charts::Drawing,
    face::{Faces, Weight},
    ink::{HAIR, Ink, SOFT, TEXT},
    sheet::{Head, Mark, Role, Sheet, Stroke, Style},
};

/// Text.
pub(crate) const BODY: Style = Style { weight: Weight::Regular, size: 8.3, ink: TEXT };
/// Text that stands out.
pub(crate) const STRONG: Style = Style { weight: Weight::SemiBold, ..BODY };
/// Text beside it.
pub(crate) const NOTE: Style = Style { weight: Weight::Regular, size: 7.2, ink: SOFT };
/// A heading of a section.
const HEADING: Style = Style { weight: Weight::SemiBold, size: 9.6, ink: TEXT };
/// From line to line, in sizes.
pub(crate) const LEADING: f32 = 1.36;
/// From row to row of a table (pt).
const ROW: f32 = 11.8;

/// A block.
pub(crate) enum Block {
    /// The heading of a section, with a few words beside it.
    Heading(String, String),
    /// A paragraph of at most so many lines.
    Text(String, Style, usize),
    /// A paragraph that begins with words that stand out.
    Lead(String, String, usize),
    /// A table.
    Table(Table),
    /// A drawing.
    Drawing(Drawing),
    /// Nothing, so high (pt).
    Space(f32),
}

/// A table.
pub(crate) struct Table {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The share of the width that each column has.
    pub shares: Vec<f32>,
}

/// Where blocks are set.
pub(crate) struct Column {
    pub x: f32,
    pub y: f32,
    pub width: f32,
}

impl Column {
    /// Sets blocks from above, and moves down.
    pub(crate) fn set(&mut self, blocks: &[Block], sheet: &mut Sheet, faces: &Faces) {
        for block in blocks {
            self.y = block.set(self, sheet, faces);
        }
    }
}

impl Block {
    /// Sets it at the top of a column; says where it ends.
    fn set(&self, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
        match self {
            Self::Heading(words, beside) => heading(words, beside, at, sheet, faces),
            Self::Text(text, style, most) => {
                let lines = lines(text, at.width, *style, *most, faces);
                paragraph(&lines, *style, at, sheet, faces)
            }
            Self::Lead(lead, text, most) => lead_in(lead, text, *most, at, sheet, faces),
            Self::Table(table) => table.set(at, sheet, faces),
            Self::Drawing(drawing) => drawing.set(at, sheet, faces),
            Self::Space(height) => at.y + height,
        }
    }
}

fn heading(words: &str, beside: &str, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
    rule(at, at.y, HAIR, sheet);
    let base = at.y + 12.5;
    let words = clipped(words, at.width, HEADING, faces);
    let mark = Mark::text(faces, (at.x, base), &words, HEADING);
    let room = at.width - faces.width(&words, HEADING.weight, HEADING.size) - 8.0;
    let mut marks = vec![mark];
    if !beside.is_empty() && room > 30.0 {
        let beside = clipped(beside, room, NOTE, faces);
        marks.push(Mark::text_up_to(faces, (at.x + at.width, base), &beside, NOTE));
    }
    sheet.add(Role::Heading(2), marks);
    base + 5.0
}

/// A hairline across a column.
pub(crate) fn rule(at: &Column, y: f32, ink: Ink, sheet: &mut Sheet) {
    sheet.add(Role::Decor, vec![Mark::line((at.x, y), (at.x + at.width, y), Stroke::of(ink, 0.5))]);
}

/// Lines of a paragraph; says where they end.
pub(crate) fn paragraph(
    lines: &[String],
    style: Style,
    at: &Column,
    sheet: &mut Sheet,
    faces: &Faces,
) -> f32 {
    let step = LEADING * style.size;
    let place = |i: usize| (at.x, at.y + style.size + step * i as f32);
    let marks = lines.iter().enumerate().map(|(i, line)| Mark::text(faces, place(i), line, style));
    sheet.add(Role::Paragraph, marks.collect());
    at.y + step * lines.len() as f32 + 0.25 * style.size
}

fn lead_in(lead: &str, text: &str, most: usize, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
    let lead = clipped(lead, 0.6 * at.width, STRONG, faces);
    let indent = faces.width(&lead, STRONG.weight, STRONG.size) + 4.0;
    let all = lines_after(text, (indent, at.width), BODY, most, faces);
    let step = LEADING * BODY.size;
    let base = |i: usize| at.y + BODY.size + step * i as f32;
    let mut marks = vec![Mark::text(faces, (at.x, base(0)), &lead, STRONG)];
    for (i, line) in all.iter().enumerate() {
        let x = if i == 0 { at.x + indent } else { at.x };
        if !line.is_empty() {
            marks.push(Mark::text(faces, (x, base(i)), line, BODY));
        }
    }
    sheet.add(Role::Paragraph, marks);
    at.y + step * all.len().max(1) as f32 + 0.25 * BODY.size
}

impl Table {
    fn set(&self, at: &Column, sheet: &mut Sheet, faces: &Faces) -> f32 {
        let table = sheet.next_table();
        let mut y = at.y;
        let mut row = 0;
        if !self.heads.is_empty() {
            self.row(&self.heads, (at, y), (table, row), sheet, faces);
            y += ROW;
            row += 1;
            rule(at, y + 1.5, HAIR, sheet);
            y += 2.0;
        }
        for cells in &self.rows {
            self.row(cells, (at, y), (table, row), sheet, faces);
            y += ROW;
            row += 1;
        }
        y + 2.0
    }

    fn row(
        &self,
        cells: &[String],
        (at, y): (&Column, f32),
        (table, row): (usize, usize),
        sheet: &mut Sheet,
        faces: &Faces,
    ) {
        let is_head = row == 0 && !self.heads.is_empty();
        let whole: f32 = self.shares.iter().sum();
        let mut x = at.x;
        for (place, (cell, share)) in cells.iter().zip(&self.shares).enumerate() {
            let width = at.width * share / whole;
            let style = match (is_head, place) {
                (true, _) => NOTE,
                (false, 1) => STRONG,
                (false, _) => BODY,
            };
            let head = match (is_head, place) {
                (true, _) => Some(Head::Column),
                (false, 0) => Some(Head::Row),
                (false, _) => None,
            };
            let base = y + 9.0;
            let cell = if cell.is_empty() && !is_head { "\u{2013}" } else { cell };
            let text = clipped(cell, width - 3.0, style, faces);
            let mark = if place == 0 {
                Mark::text(faces, (x, base), &text, style)
            } else {
                Mark::text_up_to(faces, (x + width, base), &text, style)
            };
            sheet.add(Role::Cell { table, row, head }, vec![mark]);
            x += width;
        }
    }
}

/// A text that is no wider than it may be.
pub(crate) fn clipped(text: &str, width: f32, style: Style, faces: &Faces) -> String {
    let text = faces.settable(text);
    let fits = |text: &str| faces.width(text, style.weight, style.size) <= width;
    if text.chars().count() <= MOST_LETTERS && fits(&text) {
        return text;
    }
    let letters: Vec<char> = text.chars().take(MOST_LETTERS).collect();
    let cut = |n: usize| format!("{}…", letters.iter().take(n).collect::<String>().trim_end());
    let (mut fit, mut too_many) = (0, letters.len() + 1);
    while fit + 1 < too_many {
        let middle = usize::midpoint(fit, too_many);
        if fits(&cut(middle)) { fit = middle } else { too_many = middle }
    }
    if fits(&cut(fit)) { cut(fit) } else { String::new() }
}

/// No line holds more letters.
const MOST_LETTERS: usize = 400;

/// Lines of at most a width, broken between words; what goes beyond `most` lines ends in "…".
pub(crate) fn lines(text: &str, width: f32, style: Style, most: usize, faces: &Faces) -> Vec<String> {
    lines_after(text, (0.0, width), style, most, faces)
}

/// The same, the first line shorter by an indent.
fn lines_after(
    text: &str,
    (indent, width): (f32, f32),
    style: Style,
    most: usize,
    faces: &Faces,
) -> Vec<String> {
    let text = faces.settable(text);
    if text.is_empty() {
        return Vec::new();
    }
    let room = |line: usize| if line == 0 { width - indent } else { width };
    let measure = |text: &str| faces.width(text, style.weight, style.size);
    let space = measure(" ");
    // Lines and how wide they are; a word is measured once.
    let (mut lines, mut filled) = (vec![String::new()], 0.0);
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let count = lines.len();
        let wide = measure(word.get(..word.len().min(4 * MOST_LETTERS)).unwrap_or(word));
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() { wide } else { filled + space + wide };
        if longer <= room(count - 1) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            filled = longer;
        } else if count >= most {
            let rest: Vec<&str> = words.take(MOST_LETTERS).collect();
            let all = format!("{line} {word} {}", rest.join(" "));
            *line = clipped(&all, room(count - 1), style, faces);
            break;
        } else if line.is_empty() && indent <= 0.0 {
            *line = clipped(word, room(count - 1), style, faces);
            filled = measure(line);
        } else {
            lines.push(clipped(word, room(count), style, faces));
            filled = wide.min(room(count));
        }
    }
    lines
}
