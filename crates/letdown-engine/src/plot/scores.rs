//! Scores of a backtest: how often ranges hold, and how far off whole days are by how far ahead they lie.

use super::{LEFT, RIGHT, WIDTH, line, open, round_step};
use crate::{
    backtest::{Backtest, Held},
    day_totals::NAMES,
};
use std::fmt::Write as _;

const TOP: f64 = 64.0;
const SIDE: f64 = 300.0;
const FAR: f64 = LEFT + SIDE + 84.0;
const HEIGHT: f64 = 470.0;

const MORE_STYLE: &str = "<style>.dot{fill:#a05a00}.days{stroke:#2b2119;fill:none;stroke-width:1.5;stroke-dasharray:6 3}\
.box{fill:#2b2119}.even{stroke:#7d6f60;stroke-dasharray:2 3}.plain{stroke:#7d6f60;fill:none;stroke-width:1.5}\
@media (prefers-color-scheme:dark){.dot{fill:#e8b765}.days{stroke:#ece2d3}.box{fill:#ece2d3}.even,.plain{stroke:#a09181}}\
</style>";

/// The reliability of the ranges, and the score of whole days by lead beside that of plain guesses.
pub fn scores(score: &Backtest) -> String {
    let mut svg = open(HEIGHT, "How often ranges hold, and how far off whole days are");
    svg.push_str(MORE_STYLE);
    reliability(&mut svg, score);
    leads(&mut svg, score);
    svg.push_str("</svg>\n");
    svg
}

fn text(svg: &mut String, class: &str, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = write!(
        svg,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

fn rule(svg: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    let _ = write!(
        svg,
        "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        from.0, from.1, to.0, to.1
    );
}

fn reliability(svg: &mut String, score: &Backtest) {
    let at = |nominal: f64, observed: f64| (LEFT + SIDE * nominal, TOP + SIDE * (1.0 - observed));
    text(svg, "ink", (LEFT, TOP - 40.0), "start", "How often a range held what came");
    text(svg, "soft", (LEFT, TOP - 14.0), "start", "held");
    for tenth in [0.0, 0.25, 0.5, 0.75, 1.0] {
        rule(svg, "grid", at(0.0, tenth), at(1.0, tenth));
        let percent = format!("{:.0} %", 100.0 * tenth);
        let (x, y) = at(0.0, tenth);
        text(svg, "soft", (x - 8.0, y + 4.0), "end", &percent);
        let (x, y) = at(tenth, 0.0);
        text(svg, "soft", (x, y + 18.0), "middle", &percent);
    }
    text(svg, "soft", (LEFT + SIDE, TOP + SIDE + 36.0), "end", "should hold");
    let band = line(&band(score.n).into_iter().map(|(p, o)| at(p, o)).collect::<Vec<_>>());
    let _ = write!(svg, "<polygon class=\"range\" points=\"{band}\"/>");
    rule(svg, "even", at(0.0, 0.0), at(1.0, 1.0));
    let points = |held: &[Held]| held.iter().map(|h| at(h.nominal, h.observed)).collect::<Vec<_>>();
    if let Some(day) = score.daily.leads.first() {
        let points = points(&day.reliability);
        let _ = write!(svg, "<polyline class=\"days\" points=\"{}\"/>", line(&points));
        for (x, y) in points {
            let _ = write!(
                svg,
                "<rect class=\"box\" x=\"{:.1}\" y=\"{:.1}\" width=\"6\" height=\"6\"/>",
                x - 3.0,
                y - 3.0
            );
        }
    }
    let points = points(&score.reliability);
    let _ = write!(svg, "<polyline class=\"milk\" points=\"{}\"/>", line(&points));
    for (x, y) in points {
        let _ = write!(svg, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>");
    }
    let days = score.daily.leads.first().map_or(0, |lead| lead.n);
    let below = TOP + SIDE + 62.0;
    rule(svg, "milk", (LEFT, below - 4.0), (LEFT + 26.0, below - 4.0));
    text(svg, "soft", (LEFT + 34.0, below), "start", &format!("{} sessions, rounded as the log is", score.n));
    if days > 0 {
        rule(svg, "days", (LEFT, below + 14.0), (LEFT + 26.0, below + 14.0));
        text(svg, "soft", (LEFT + 34.0, below + 18.0), "start", &format!("{days} whole days, 1 day ahead"));
    }
    text(
        svg,
        "soft",
        (LEFT, below + 38.0),
        "start",
        "Shaded: where 95 % of so many independent sessions would fall.",
    );
}

/// Around the diagonal: 95 % of the shares that `n` independent trials would give, there and back.
fn band(n: usize) -> Vec<(f64, f64)> {
    let half = |p: f64| 1.96 * (p * (1.0 - p) / n.max(1) as f64).sqrt();
    let steps = || (0..=40).map(|i| f64::from(i) / 40.0);
    let upper = steps().map(|p| (p, (p + half(p)).min(1.0)));
    upper.chain(steps().rev().map(|p| (p, (p - half(p)).max(0.0)))).collect()
}

/// Dashes of the plain guesses, in the order of their names.
const DASHES: [&str; 3] = ["1 4", "7 4", "11 3 2 3"];

fn leads(svg: &mut String, score: &Backtest) {
    let leads = &score.daily.leads;
    let Some(furthest) = leads.last() else { return };
    let right = WIDTH - RIGHT - 52.0;
    let plain = |i: usize| {
        move |lead: &crate::backtest::daily::Lead| lead.baselines.get(NAMES[i]).map_or(0.0, |s| s.crps_ml)
    };
    let most = leads.iter().flat_map(|l| l.baselines.values().map(|s| s.crps_ml).chain([l.crps_ml]));
    let most = most.fold(1.0, f64::max) * 1.1;
    let x = |days: usize| {
        FAR + 14.0 + (right - FAR - 28.0) * (days as f64 - 1.0) / (furthest.days_ahead as f64 - 1.0).max(1.0)
    };
    let y = |ml: f64| TOP + SIDE * (1.0 - ml / most);
    text(svg, "ink", (FAR, TOP - 40.0), "start", "How far off whole days were");
    text(svg, "soft", (FAR, TOP - 14.0), "start", "score in mL: less is better");
    let step = round_step(most / 4.0);
    let mut value = 0.0;
    while value <= most {
        rule(svg, "grid", (FAR, y(value)), (right, y(value)));
        text(svg, "soft", (FAR - 8.0, y(value) + 4.0), "end", &format!("{value:.0}"));
        value += step;
    }
    for lead in leads {
        text(svg, "soft", (x(lead.days_ahead), TOP + SIDE + 18.0), "middle", &lead.days_ahead.to_string());
    }
    text(svg, "soft", (right, TOP + SIDE + 36.0), "end", "days ahead");
    let mut ends = Vec::new();
    for (i, dash) in DASHES.into_iter().enumerate() {
        let points: Vec<(f64, f64)> = leads.iter().map(|l| (x(l.days_ahead), y(plain(i)(l)))).collect();
        let _ = write!(
            svg,
            "<polyline class=\"plain\" stroke-dasharray=\"{dash}\" points=\"{}\"/>",
            line(&points)
        );
        ends.push((points.last().map_or(0.0, |p| p.1), "soft", NAMES[i]));
    }
    let points: Vec<(f64, f64)> = leads.iter().map(|l| (x(l.days_ahead), y(l.crps_ml))).collect();
    let _ = write!(svg, "<polyline class=\"milk\" points=\"{}\"/>", line(&points));
    for (x, y) in &points {
        let _ = write!(svg, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>");
    }
    ends.push((points.last().map_or(0.0, |p| p.1), "ink", "Letdown"));
    named(svg, x(furthest.days_ahead) + 8.0, ends);
}

/// Names at the ends of lines, moved apart so that each can be read.
fn named(svg: &mut String, x: f64, mut ends: Vec<(f64, &str, &str)>) {
    const APART: f64 = 14.0;
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = f64::NEG_INFINITY;
    for (y, class, name) in ends {
        let at = y.max(above + APART);
        text(svg, class, (x, at + 4.0), "start", name);
        above = at;
    }
}
