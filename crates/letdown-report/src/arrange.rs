//! Where everything stands: a heading, flags and four numbers across, two columns, limits at the foot. What does not fit
//! is told in less detail, until it does.

use crate::{
    blocks::{BODY, Block, Column, LEADING, NOTE, STRONG, clipped, lines, paragraph, rule},
    face::{Faces, Weight},
    ink::{CALL, HAIR, SOFT, TEXT},
    sections::{self, Fact},
    sheet::{Mark, Paper, Role, Sheet, Stroke, Style},
    words,
};
use letdown_engine::report::Report;

/// How much is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detail {
    /// How high drawings are (pt).
    pub days_height: f32,
    pub growth_height: f32,
    /// Babies that are drawn, and that stand in tables.
    pub panels: usize,
    pub babies: usize,
    /// What is known; lines of what is not.
    pub findings: usize,
    pub not_known: usize,
    pub plan_sessions: usize,
    /// Flags, and lines of each.
    pub flags: usize,
    pub flag_lines: usize,
    /// Odd values.
    pub odd: usize,
}

/// From the most to the least.
const DETAILS: [Detail; 6] = [
    Detail { days_height: 128.0, growth_height: 148.0, findings: 6, not_known: 5, ..LEAST_FLAGS },
    Detail { days_height: 112.0, growth_height: 128.0, findings: 5, not_known: 4, ..LEAST_FLAGS },
    Detail { days_height: 98.0, growth_height: 112.0, findings: 4, not_known: 3, ..LEAST_FLAGS },
    Detail { days_height: 84.0, growth_height: 96.0, findings: 3, not_known: 2, flags: 4, ..LEAST_FLAGS },
    Detail {
        days_height: 70.0,
        growth_height: 82.0,
        findings: 2,
        not_known: 1,
        flags: 4,
        flag_lines: 2,
        odd: 1,
        babies: 4,
        ..LEAST_FLAGS
    },
    Detail {
        days_height: 56.0,
        growth_height: 66.0,
        panels: 2,
        babies: LEAST_BABIES,
        findings: 1,
        not_known: 1,
        plan_sessions: 6,
        flags: 3,
        flag_lines: 2,
        odd: 1,
    },
];

const LEAST_BABIES: usize = 2;

const LEAST_FLAGS: Detail = Detail {
    days_height: 100.0,
    growth_height: 100.0,
    panels: 3,
    babies: 6,
    findings: 4,
    not_known: 3,
    plan_sessions: 12,
    flags: 6,
    flag_lines: 3,
    odd: 3,
};

/// Margins at the sides, above and below (pt).
const SIDE: f32 = 42.0;
const TOP: f32 = 40.0;
const FOOT: f32 = 34.0;
/// Between the columns, and what the left one has of the width.
const GUTTER: f32 = 22.0;
const LEFT: f32 = 0.535;
/// Between sections (pt).
const BETWEEN: f32 = 8.0;

const TITLE: Style = Style { weight: Weight::SemiBold, size: 19.0, ink: TEXT };
const NUMBER: Style = Style { weight: Weight::SemiBold, size: 18.0, ink: TEXT };
const FINE: Style = Style { size: 6.8, ..NOTE };

pub(crate) fn arrange(report: &Report, paper: Paper, faces: &Faces) -> Sheet {
    let mut sheet = Sheet::new(paper);
    for detail in &DETAILS {
        let (tried, fits) = with(detail, report, paper, faces);
        sheet = tried;
        if fits {
            break;
        }
    }
    sheet
}

/// The page in some detail, and whether it fits.
fn with(detail: &Detail, report: &Report, paper: Paper, faces: &Faces) -> (Sheet, bool) {
    let mut sheet = Sheet::new(paper);
    let (width, height) = paper.size();
    let mut all = Column { x: SIDE, y: TOP, width: width - 2.0 * SIDE };
    head(report, &mut all, &mut sheet, faces);
    flags(report, detail, &mut all, &mut sheet, faces);
    facts(&sections::facts(report), &mut all, &mut sheet, faces);
    let foot = limits_top(report, &all, height, faces);
    let lowest = columns(report, detail, &all, foot - 4.0, &mut sheet, faces);
    limits(report, &Column { y: foot, ..all }, &mut sheet, faces);
    (sheet, lowest <= foot - 4.0)
}

fn head(report: &Report, all: &mut Column, sheet: &mut Sheet, faces: &Faces) {
    let heading = &report.heading;
    let right = all.x + all.width;
    let title = clipped(&words::title(report, faces), 0.7 * all.width, TITLE, faces);
    sheet.add(Role::Heading(1), vec![Mark::text(faces, (all.x, all.y + 15.0), &title, TITLE)]);
    let made = format!("made {}", words::moment(&heading.made_at));
    sheet.add(
        Role::Paragraph,
        vec![
            Mark::text_up_to(faces, (right, all.y + 6.0), "Letdown", STRONG),
            Mark::text_up_to(faces, (right, all.y + 16.0), &made, NOTE),
        ],
    );
    all.y += 23.0;
    let about = lines(&about(report), all.width, Style { ink: SOFT, ..BODY }, 2, faces);
    all.y = paragraph(&about, Style { ink: SOFT, ..BODY }, all, sheet, faces);
    if heading.simulated > 0 {
        let text = format!(
            "Simulated: {} of this log. What stands here about them is an example, not about a person.",
            words::counted(heading.simulated as f64, "entry", "entries")
        );
        all.y = paragraph(&[text], STRONG, all, sheet, faces);
    }
    all.y += 4.0;
}

/// Of which time the log is, and how old.
fn about(report: &Report) -> String {
    let heading = &report.heading;
    let mut said = Vec::new();
    match (&heading.from, &heading.to) {
        (Some(from), Some(to)) => {
            let sessions = words::counted(heading.sessions as f64, "session", "sessions");
            said.push(format!("Log from {}, {sessions}.", words::days(from, to)));
        }
        _ => said.push("Nothing is logged yet.".to_owned()),
    }
    if let Some(age) = heading.data_age_h {
        said.push(format!("The newest session ended {} before this page.", words::span(age)));
    }
    if let (Some(day), Some(days)) = (&heading.gave_birth, heading.days_since_birth.filter(|d| *d >= 0)) {
        said.push(format!("Gave birth on {}, {} ago.", words::day(day), words::age(days)));
    }
    said.join(" ")
}

fn flags(report: &Report, detail: &Detail, all: &mut Column, sheet: &mut Sheet, faces: &Faces) {
    let flags = &report.flags;
    let calls: Vec<&String> = flags.call.iter().chain(&flags.before_more_pumping).collect();
    let inner = Column { x: all.x + 10.0, width: all.width - 10.0, y: all.y };
    let top = all.y;
    let mut y = all.y;
    if !calls.is_empty() {
        let at = Column { y, ..inner };
        let style = Style { ink: CALL, size: 9.6, ..STRONG };
        sheet.add(
            Role::Heading(2),
            vec![Mark::text(faces, (at.x, y + 9.0), "Whom to ask, as her log told her", style)],
        );
        y += 13.0;
        for call in calls.iter().take(detail.flags) {
            let lines = lines(call, inner.width, BODY, detail.flag_lines, faces);
            y = paragraph(&lines, BODY, &Column { y, ..inner }, sheet, faces);
        }
        if let Some(more) = calls.len().checked_sub(detail.flags).filter(|more| *more > 0) {
            y = paragraph(
                &[format!("And {more} more in the log.")],
                NOTE,
                &Column { y, ..inner },
                sheet,
                faces,
            );
        }
        let bar = Stroke::of(CALL, 2.2);
        sheet.add(Role::Decor, vec![Mark::line((all.x + 1.5, top + 2.0), (all.x + 1.5, y - 2.0), bar)]);
        y += 3.0;
    }
    let mut said = Vec::new();
    if calls.is_empty() {
        said.push("Flags: none of the signs that ask for a call today is in this log.".to_owned());
    }
    said.extend(flags.about_the_log.iter().take(detail.odd).cloned());
    if let Some(more) = flags.about_the_log.len().checked_sub(detail.odd).filter(|more| *more > 0) {
        said.push(format!("{more} more odd values."));
    }
    let lines = lines(&said.join(" "), all.width, NOTE, 3, faces);
    if !said.is_empty() {
        y = paragraph(&lines, NOTE, &Column { y, ..*all }, sheet, faces);
    }
    all.y = y + 4.0;
}

/// Four numbers across.
fn facts(facts: &[Fact], all: &mut Column, sheet: &mut Sheet, faces: &Faces) {
    const HEIGHT: f32 = 44.0;
    let step = all.width / facts.len().max(1) as f32;
    rule(all, all.y, HAIR, sheet);
    for (i, fact) in facts.iter().enumerate() {
        let x = all.x + step * i as f32 + if i == 0 { 0.0 } else { 10.0 };
        if i > 0 {
            let line =
                Mark::line((x - 10.0, all.y + 7.0), (x - 10.0, all.y + HEIGHT - 1.0), Stroke::of(HAIR, 0.5));
            sheet.add(Role::Decor, vec![line]);
        }
        let number = clipped(&fact.number, 0.6 * step, NUMBER, faces);
        let behind = x + faces.width(&number, NUMBER.weight, NUMBER.size) + 3.0;
        let mut marks = vec![
            Mark::text(faces, (x, all.y + 12.0), fact.label, NOTE),
            Mark::text(faces, (x, all.y + 31.0), &number, NUMBER),
        ];
        if !fact.unit.is_empty() {
            marks.push(Mark::text(faces, (behind, all.y + 31.0), fact.unit, BODY));
        }
        let range = clipped(&fact.range, step - 12.0, NOTE, faces);
        marks.push(Mark::text(faces, (x, all.y + 41.5), &range, NOTE));
        sheet.add(Role::Paragraph, marks);
    }
    all.y += HEIGHT + 8.0;
}

/// Two columns; says how low the longer one goes. Told in the least detail, what does not fit is left out.
fn columns(
    report: &Report,
    detail: &Detail,
    all: &Column,
    foot: f32,
    sheet: &mut Sheet,
    faces: &Faces,
) -> f32 {
    let least = detail.babies == LEAST_BABIES;
    let left = LEFT * (all.width - GUTTER);
    let mut left = Column { x: all.x, y: all.y, width: left };
    let mut right =
        Column { x: all.x + left.width + GUTTER, y: all.y, width: all.width - GUTTER - left.width };
    for section in [sections::days(report, detail), sections::growth(report, detail, faces)] {
        set(&section, &mut left, least.then_some(foot), sheet, faces);
    }
    let sections = [
        sections::removed(report),
        sections::supply(report),
        sections::let_downs(report),
        sections::fed(report, detail, faces),
    ];
    for section in sections {
        set(&section, &mut right, least.then_some(foot), sheet, faces);
    }
    for section in
        [sections::findings(report, detail), sections::plan(report, detail), sections::forecasts(report)]
    {
        let shorter = if left.y <= right.y { &mut left } else { &mut right };
        set(&section, shorter, least.then_some(foot), sheet, faces);
    }
    left.y.max(right.y) - BETWEEN
}

/// Sets a section; where there is a foot, only if it ends above that.
fn set(section: &[Block], column: &mut Column, foot: Option<f32>, sheet: &mut Sheet, faces: &Faces) {
    let before = sheet.pieces.len();
    let top = column.y;
    column.set(section, sheet, faces);
    if foot.is_some_and(|foot| column.y > foot) {
        sheet.pieces.truncate(before);
        column.y = top;
    } else if !section.is_empty() {
        column.y += BETWEEN;
    }
}

/// The sentences about what numbers are, in two halves.
fn halves(report: &Report, width: f32, faces: &Faces) -> [Vec<String>; 2] {
    let half = 0.5 * (width - GUTTER);
    let (a, b) = report.limits.split_at(report.limits.len().div_ceil(2));
    [a, b].map(|part| lines(&part.join(" "), half, FINE, 8, faces))
}

/// Where the limits begin.
fn limits_top(report: &Report, all: &Column, height: f32, faces: &Faces) -> f32 {
    let longest = halves(report, all.width, faces).iter().map(Vec::len).max().unwrap_or(0);
    height - FOOT - 16.0 - LEADING * FINE.size * longest as f32
}

fn limits(report: &Report, at: &Column, sheet: &mut Sheet, faces: &Faces) {
    rule(at, at.y, HAIR, sheet);
    let style = Style { size: 7.6, ..STRONG };
    let title = "What these numbers are, and what they are not";
    sheet.add(Role::Heading(2), vec![Mark::text(faces, (at.x, at.y + 10.5), title, style)]);
    for (half, x) in halves(report, at.width, faces).iter().zip([at.x, at.x + 0.5 * (at.width + GUTTER)]) {
        let column = Column { x, y: at.y + 14.0, width: 0.5 * (at.width - GUTTER) };
        paragraph(half, FINE, &column, sheet, faces);
    }
}
