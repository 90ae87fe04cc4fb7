//! An arranged page as a PDF: tagged, with title and language, the same bytes each time.

use crate::{
    PageError,
    face::Faces,
    ink::Ink,
    sheet::{Head, Mark, Piece, Role, Sheet, Stroke},
    words,
};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder, PdfVersion},
    destination::XyzDestination,
    geom::{PathBuilder, Point},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, LineCap, StrokeDash},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
        TagTree,
    },
};
use letdown_engine::report::Report;
use std::num::NonZeroU16;

pub(crate) fn pdf(sheet: &Sheet, report: &Report, faces: &Faces) -> Result<Vec<u8>, PageError> {
    let wrong = |what: &dyn std::fmt::Debug| PageError::Writing(format!("{what:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| wrong(&e))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let (width, height) = sheet.paper.size();
    let page = PageSettings::from_wh(width, height).ok_or_else(|| wrong(&sheet.paper))?;
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    let told: Vec<Told<'_>> = sheet.pieces.iter().map(|piece| tell(&mut surface, piece, faces)).collect();
    surface.finish();
    page.finish();
    document.set_tag_tree(tree(told));
    document.set_outline(outline(sheet));
    document.set_metadata(metadata(report, faces));
    document.finish().map_err(|e| wrong(&e))
}

fn metadata(report: &Report, faces: &Faces) -> Metadata {
    Metadata::new()
        .title(words::title(report, faces))
        .description(
            "A summary of a milk log: what was logged, and what follows from it with its range.".into(),
        )
        .creator("Letdown".into())
        .language("en".into())
}

/// The headings, each with its place.
fn outline(sheet: &Sheet) -> Outline {
    let mut outline = Outline::new();
    for piece in sheet.pieces.iter().filter(|piece| matches!(piece.role, Role::Heading(_))) {
        let (title, x, y) = piece.title();
        outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(x, y))));
    }
    outline
}

/// A piece that is drawn, and the content that is part of the tree.
struct Told<'a> {
    role: &'a Role,
    title: &'a str,
    content: Vec<Identifier>,
}

fn tell<'a>(surface: &mut Surface<'_>, piece: &'a Piece, faces: &Faces) -> Told<'a> {
    let mut content = Vec::new();
    match &piece.role {
        Role::Decor => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            piece.marks.iter().for_each(|mark| draw(surface, mark, faces));
            surface.end_tagged();
        }
        Role::Figure(_) => {
            content.push(surface.start_tagged(ContentTag::Other));
            piece.marks.iter().for_each(|mark| draw(surface, mark, faces));
            surface.end_tagged();
        }
        _ => {
            for mark in &piece.marks {
                content.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
                draw(surface, mark, faces);
                surface.end_tagged();
            }
        }
    }
    Told { role: &piece.role, title: piece.title().0, content }
}

fn tree(told: Vec<Told<'_>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("en".into()));
    let mut told = told.into_iter().peekable();
    while let Some(one) = told.next() {
        match one.role {
            Role::Decor => {}
            Role::Heading(level) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                tree.push(group(Tag::Hn(level, Some(one.title.to_owned())), one.content));
            }
            Role::Paragraph => tree.push(group(Tag::P, one.content)),
            Role::Figure(words) => tree.push(group(Tag::Figure(Some(words.clone())), one.content)),
            Role::Cell { table, .. } => {
                let mut cells = vec![one];
                while let Some(next) = told.next_if(|next| next.role.is_near(*table)) {
                    cells.push(next);
                }
                tree.push(rows(cells));
            }
        }
    }
    tree
}

impl Role {
    /// Whether it belongs to a table, or only draws its lines.
    fn is_near(&self, of: usize) -> bool {
        matches!(self, Self::Cell { table, .. } if *table == of) || *self == Self::Decor
    }
}

fn rows(cells: Vec<Told<'_>>) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    let mut rows: Vec<(usize, TagGroup)> = Vec::new();
    for cell in cells {
        let Role::Cell { row, head, .. } = cell.role else { continue };
        let cell = match head {
            None => group(Tag::TD, cell.content),
            Some(Head::Row) => group(Tag::TH(TableHeaderScope::Row), cell.content),
            Some(Head::Column) => group(Tag::TH(TableHeaderScope::Column), cell.content),
        };
        match rows.last_mut().filter(|(last, _)| last == row) {
            Some((_, of)) => of.push(cell),
            None => rows.push((*row, TagGroup::with_children(Tag::TR, vec![cell.into()]))),
        }
    }
    for (_, row) in rows {
        table.push(row);
    }
    table
}

fn group(tag: impl Into<krilla::tagging::TagKind>, content: Vec<Identifier>) -> TagGroup {
    TagGroup::with_children(tag, content.into_iter().map(Node::from).collect())
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, faces: &Faces) {
    match mark {
        Mark::Text { x, y, text, weight, size, ink, .. } => {
            let glyphs = faces.glyphs(text, *weight);
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, faces.font(*weight), text, *size, false);
        }
        Mark::Dot { x, y, radius, ink } => {
            paint(surface, &circle(*x, *y, *radius), true, Some(*ink), None);
        }
        Mark::Shape { points, fill, stroke, closed } => {
            let moves: Vec<Move> = points.iter().map(|(x, y)| Move::Line(*x, *y)).collect();
            paint(surface, &moves, *closed, *fill, *stroke);
        }
    }
}

/// A step of a path; the first one only says where it begins.
enum Move {
    Line(f32, f32),
    Bow([f32; 6]),
}

/// A circle in four bows.
fn circle(x: f32, y: f32, r: f32) -> Vec<Move> {
    let k = 0.552_285 * r;
    let bow = |a: (f32, f32), b: (f32, f32), c: (f32, f32)| {
        Move::Bow([x + a.0, y + a.1, x + b.0, y + b.1, x + c.0, y + c.1])
    };
    vec![
        Move::Line(x + r, y),
        bow((r, k), (k, r), (0.0, r)),
        bow((-k, r), (-r, k), (-r, 0.0)),
        bow((-r, -k), (-k, -r), (0.0, -r)),
        bow((k, -r), (r, -k), (r, 0.0)),
    ]
}

fn paint(surface: &mut Surface<'_>, moves: &[Move], closed: bool, ground: Option<Ink>, line: Option<Stroke>) {
    let mut path = PathBuilder::new();
    for (place, step) in moves.iter().enumerate() {
        match step {
            Move::Line(x, y) if place == 0 => path.move_to(*x, *y),
            Move::Line(x, y) => path.line_to(*x, *y),
            Move::Bow([a, b, c, d, e, f]) => path.cubic_to(*a, *b, *c, *d, *e, *f),
        }
    }
    if closed {
        path.close();
    }
    let Some(path) = path.finish() else { return };
    surface.set_fill(ground.map(fill));
    surface.set_stroke(line.map(|line| krilla::paint::Stroke {
        paint: color(line.ink).into(),
        width: line.width,
        line_cap: if line.dash.is_some() { LineCap::Butt } else { LineCap::Round },
        dash: line.dash.map(|dash| StrokeDash { array: vec![dash, dash], offset: 0.0 }),
        ..krilla::paint::Stroke::default()
    }));
    surface.draw_path(&path);
}

fn color(Ink(red, green, blue): Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: color(ink).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}
