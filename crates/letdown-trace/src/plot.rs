//! A drawing of what was found: milk, flow, let-downs, phases, doubts. SVG that follows the reader's light or dark and
//! can be read on a phone.

mod panel;
mod place;

use crate::{
    found::{Doubt, DoubtKind, Found, Phase, PhaseKind},
    reading::MILK_G_PER_ML,
    series::MilkSeries,
};
use panel::{Panel, Row, WIDTH, X};
use place::Labels;
use std::fmt::Write as _;

/// A line has so many points at the most: two to the pixel.
const POINTS: usize = 800;
/// Flow is milk over this long (s), around each moment.
const OVER_S: usize = 10;

const STYLE: &str = "<style>\
svg{font-family:system-ui,-apple-system,sans-serif;font-size:14px;background:#faf5ec}\
.ink{fill:#2b2119}.soft{fill:#6a5b4c;font-size:12.5px}.big{font-size:17px;font-weight:600}.grid{stroke:#e6d9c4}\
.milk{stroke:#a05a00;fill:none;stroke-width:2.5;stroke-linejoin:round}.flow{fill:#a05a00;fill-opacity:.45}\
.shade{fill:#e2a84b;fill-opacity:.22}.edge{stroke:#a05a00;stroke-opacity:.55}\
.doubt{fill:#4d6b78;fill-opacity:.22}.flag{fill:#4d6b78}\
.before_first{fill:#e0d3bd}.let_down{fill:#a05a00}.between{fill:#dcae6a}.slowed{fill:#8fa6ae}.past_flow{fill:#647a84}\
.massage{fill:#7b5ea7}.pause{fill:#fffdf8;stroke:#6a5b4c;stroke-dasharray:3 2}.ended{fill:#c9bfb1}\
@media (prefers-color-scheme:dark){svg{background:#15110e}.ink{fill:#ece2d3}.soft{fill:#b5a695}.grid{stroke:#362c24}\
.milk{stroke:#e8b765}.flow{fill:#e8b765}.shade{fill:#e8b765;fill-opacity:.16}.edge{stroke:#e8b765}\
.doubt{fill:#9bbac8}.flag{fill:#9bbac8}\
.before_first{fill:#4a3e33}.let_down{fill:#e8b765}.between{fill:#8f6a33}.slowed{fill:#7d959e}.past_flow{fill:#566871}\
.massage{fill:#a78bd0}.pause{fill:#15110e;stroke:#b5a695}.ended{fill:#3a322a}}\
</style>";

/// Draws a session. Minutes are counted from the first second of `series`.
///
/// ```
/// use letdown_trace::{plot, reading::Reading, watch::Watch};
/// let mut watch = Watch::new();
/// for i in 0..600 {
///     watch.see(Reading::new(f64::from(i), 0.05 * f64::from(i)));
/// }
/// watch.end();
/// assert!(plot::session(&watch.series(), &watch.found()).starts_with("<svg"));
/// ```
pub fn session(series: &MilkSeries, found: &Found) -> String {
    let x = X::of(series);
    let drawing = Drawing { x, series, found };
    let label = drawing.summary();
    let mut body = String::new();
    drawing.let_downs(&mut body);
    drawing.doubts(&mut body);
    drawing.milk(&mut body);
    drawing.flow(&mut body);
    let height = drawing.phases(&mut body);
    x.minutes(&mut body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\">\
         {STYLE}<text class=\"ink big\" x=\"16\" y=\"28\">{label}</text>{body}</svg>\n"
    )
}

struct Drawing<'a> {
    x: X,
    series: &'a MilkSeries,
    found: &'a Found,
}

impl Drawing<'_> {
    fn summary(&self) -> String {
        let count = self.found.let_downs.len();
        let let_downs = match count {
            0 => "no let-down seen".to_owned(),
            1 => "1 let-down".to_owned(),
            _ => format!("{count} let-downs"),
        };
        format!("{:.0} mL in {:.0} min, {let_downs}", self.found.total_ml, self.x.all_s() / 60.0)
    }

    /// A shade behind milk and flow, with its volume above.
    fn let_downs(&self, svg: &mut String) {
        let mut labels = Labels::default();
        for let_down in &self.found.let_downs {
            let (from, to) = (self.x.at(let_down.onset_s), self.x.at(let_down.end_s));
            let (top, bottom) = (Panel::MILK.top, Panel::FLOW.bottom());
            let _ = write!(
                svg,
                "<rect class=\"shade\" x=\"{from:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{}\"/>\
                 <line class=\"edge\" x1=\"{from:.1}\" x2=\"{from:.1}\" y1=\"{top}\" y2=\"{bottom}\"/>",
                (to - from).max(1.0),
                bottom - top
            );
            let text = match let_down.volume_ml {
                _ if !let_down.has_volume() => "?".to_owned(),
                ml if ml < 9.95 => format!("{ml:.1} mL"),
                ml => format!("{ml:.0} mL"),
            };
            if let Some((at, row)) = labels.place(0.5 * (from + to), text.chars().count()) {
                let y = top - 6.0 - 15.0 * row as f64;
                let _ = write!(
                    svg,
                    "<text class=\"ink\" x=\"{at:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{text}</text>"
                );
            }
        }
    }

    fn milk(&self, svg: &mut String) {
        let points: Vec<(f64, f64)> =
            self.thinned(|i| self.series.seconds.get(i).map_or(0.0, |second| second.milk_ml()));
        let panel = Panel::MILK.up_to(points.iter().map(|point| point.1), 5.0);
        panel.axis(svg, "Milk (mL)", 36.0);
        let _ = write!(svg, "<polyline class=\"milk\" points=\"{}\"/>", panel.line(self.x, &points));
    }

    fn flow(&self, svg: &mut String) {
        let points = self.thinned(|i| self.flow_ml_per_min(i));
        let panel = Panel::FLOW.up_to(points.iter().map(|point| point.1), 2.0);
        panel.axis(svg, "Flow (mL a minute)", 10.0);
        let (first, last) = (points.first().map_or(0.0, |p| p.0), points.last().map_or(0.0, |p| p.0));
        let closed: Vec<(f64, f64)> = [(first, 0.0)].into_iter().chain(points).chain([(last, 0.0)]).collect();
        let _ = write!(svg, "<polygon class=\"flow\" points=\"{}\"/>", panel.line(self.x, &closed));
    }

    /// Milk around a second, over ten.
    fn flow_ml_per_min(&self, i: usize) -> f64 {
        let last = self.series.seconds.len().saturating_sub(1);
        let (from, to) = (i.saturating_sub(OVER_S / 2), (i + OVER_S / 2).min(last));
        let milk_g = |i: usize| self.series.seconds.get(i).map_or(0.0, |second| second.milk_g());
        let over_min = (to - from).max(1) as f64 / 60.0;
        ((milk_g(to) - milk_g(from)) / MILK_G_PER_ML / over_min).max(0.0)
    }

    /// A value at some of the seconds, `(t_s, value)`, the last one among them.
    fn thinned(&self, value: impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
        let count = self.series.seconds.len();
        let every = count.div_ceil(POINTS).max(1);
        let ends = count.checked_sub(1).filter(|last| last % every != 0);
        (0..count).step_by(every).chain(ends).map(|i| (self.series.t_s(i), value(i))).collect()
    }

    /// A band, and below it what its colours mean; how high the drawing is with them.
    fn phases(&self, svg: &mut String) -> f64 {
        for phase in &self.found.phases {
            let (from, to) = (self.x.at(phase.start_s), self.x.at(phase.end_s));
            let _ = write!(
                svg,
                "<rect class=\"{}\" x=\"{from:.1}\" y=\"{:.0}\" width=\"{:.1}\" height=\"{:.0}\"/>",
                phase.kind.name(),
                Row::PHASES.top,
                (to - from).max(0.5),
                Row::PHASES.height
            );
        }
        let mut kinds: Vec<PhaseKind> =
            self.found.phases.iter().filter(|p| is_wide(p)).map(|p| p.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut key = place::Key::below(Row::PHASES.bottom() + 44.0);
        for kind in kinds {
            key.put(svg, &place::square(kind.name()), words(kind));
        }
        if !self.found.doubts.is_empty() {
            key.put(svg, place::FLAG, &doubt_words(&self.found.doubts));
        }
        key.bottom()
    }

    /// A grey stretch behind milk and flow, and a flag at the foot, where the scale saw more than milk.
    fn doubts(&self, svg: &mut String) {
        for doubt in &self.found.doubts {
            let (from, to) = (self.x.at(doubt.start_s), self.x.at(doubt.end_s));
            let wide = (to - from).max(1.5);
            let (top, height) = (Panel::MILK.top, Panel::FLOW.bottom() - Panel::MILK.top);
            let (middle, foot) = (0.5 * (from + to), Panel::FLOW.bottom() + 4.0);
            let _ = write!(
                svg,
                "<rect class=\"doubt\" x=\"{from:.1}\" y=\"{top}\" width=\"{wide:.1}\" height=\"{height}\"/>\
                 <path class=\"flag\" d=\"M{middle:.1} {foot}l4 7h-8z\"><title>{}</title></path>",
                doubt_name(doubt.kind)
            );
        }
    }
}

/// A phase of no length needs no word.
fn is_wide(phase: &Phase) -> bool {
    phase.end_s - phase.start_s >= 1.0
}

/// What a phase is called in a drawing.
fn words(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::BeforeFirst => "before milk came",
        PhaseKind::LetDown => "let-down",
        PhaseKind::Between => "between",
        PhaseKind::Slowed => "slowed",
        PhaseKind::PastFlow => "hardly a drop",
        PhaseKind::Massage => "massage",
        PhaseKind::Pause => "pause",
        PhaseKind::Ended => "ended",
    }
}

fn doubt_name(kind: DoubtKind) -> &'static str {
    match kind {
        DoubtKind::Bump => "touched",
        DoubtKind::Offset => "moved",
        DoubtKind::Tare => "set to zero",
        DoubtKind::Lift => "lifted",
        DoubtKind::Swap => "another bottle",
        DoubtKind::Hole => "silent",
    }
}

fn doubt_words(doubts: &[Doubt]) -> String {
    let mut kinds: Vec<DoubtKind> = doubts.iter().map(|doubt| doubt.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<&str> = kinds.into_iter().map(doubt_name).collect();
    format!("scale {}", names.join(", "))
}
