//! Drawings of simulated sessions and weeks, and of scores, as SVG that follows the reader's light or dark.

mod scores;

pub use scores::scores;

use crate::scenario::{Mother, Sat, SimulatedDay, Sitting};
use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;

const STYLE: &str = "<style>\
svg{font-family:system-ui,sans-serif;font-size:12px;background:#faf5ec}\
.ink{fill:#2b2119}.soft{fill:#6a5b4c}.grid{stroke:#e8dcc8}.milk{stroke:#a05a00;fill:none;stroke-width:2}\
.flow{fill:#a05a00;fill-opacity:.28}.ot{stroke:#7d6f60;fill:none;stroke-width:1.5}.mark{stroke:#7d6f60;stroke-dasharray:2 3}\
.range{fill:#a05a00;fill-opacity:.18}\
@media (prefers-color-scheme:dark){svg{background:#15110e}.ink{fill:#ece2d3}.soft{fill:#b5a695}.grid{stroke:#362c24}\
.milk{stroke:#e8b765}.flow{fill:#e8b765}.ot{stroke:#a09181}.mark{stroke:#a09181}.range{fill:#e8b765}}\
</style>";

/// A panel of the drawing: an axis of values from 0 up.
struct Panel {
    top: f64,
    height: f64,
    most: f64,
}

impl Panel {
    fn y(&self, value: f64) -> f64 {
        self.top + self.height * (1.0 - (value / self.most).clamp(0.0, 1.0))
    }

    /// Lines and numbers at round values.
    fn axis(&self, svg: &mut String, title: &str) {
        let step = round_step(self.most / 3.0);
        let mut value = 0.0;
        while value <= self.most {
            let y = self.y(value);
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text class=\"soft\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
                WIDTH - RIGHT,
                LEFT - 8.0,
                y + 4.0
            );
            value = (value + step) * 1e6;
            value = value.round() / 1e6;
        }
        let _ = write!(svg, "<text class=\"ink\" x=\"{LEFT}\" y=\"{:.1}\">{title}</text>", self.top - 8.0);
    }
}

/// 1, 2 or 5 times a power of ten, at least this.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.max(1e-9).log10().floor());
    let times = least / power;
    power
        * if times <= 1.0 {
            1.0
        } else if times <= 2.0 {
            2.0
        } else if times <= 5.0 {
            5.0
        } else {
            10.0
        }
}

fn open(height: f64, label: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\">{STYLE}"
    )
}

fn line(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

/// One second of a session.
struct Second {
    t_s: f64,
    taken_ml: f64,
    oxytocin: f64,
}

/// One woman's session: milk, flow, oxytocin, let-downs.
pub fn session(sitting: &Sitting, seed: u64, twins: &[Mother]) -> String {
    let mut seconds = vec![Second { t_s: 0.0, taken_ml: 0.0, oxytocin: 0.0 }];
    let sat = sitting.run_watched(seed, twins, &mut |now| {
        if now.t_s.fract() == 0.0 {
            let taken_ml = now.milk.iter().map(|m| m.taken_ml).sum();
            seconds.push(Second { t_s: now.t_s, taken_ml, oxytocin: now.oxytocin });
        }
    });
    draw_session(&seconds, &sat)
}

fn draw_session(seconds: &[Second], sat: &Sat) -> String {
    let all_s = seconds.last().map_or(1.0, |s| s.t_s).max(1.0);
    let x = |t_s: f64| LEFT + (WIDTH - LEFT - RIGHT) * t_s / all_s;
    let flow = flow_ml_per_min(seconds);
    let most = |values: &mut dyn Iterator<Item = f64>, least: f64| values.fold(least, f64::max) * 1.08;
    let milk = Panel { top: 40.0, height: 150.0, most: most(&mut seconds.iter().map(|s| s.taken_ml), 5.0) };
    let stream = Panel { top: 250.0, height: 100.0, most: most(&mut flow.iter().map(|(_, f)| *f), 2.0) };
    let blood = Panel { top: 388.0, height: 62.0, most: most(&mut seconds.iter().map(|s| s.oxytocin), 1.0) };
    let mut svg = open(500.0, "A simulated session: milk taken, flow, oxytocin");
    milk.axis(&mut svg, "Milk taken, both breasts (mL)");
    stream.axis(&mut svg, "Flow (mL a minute)");
    blood.axis(&mut svg, "Oxytocin at the gland (1 = a fresh pulse)");
    for let_down in &sat.course.let_downs {
        let at = x(let_down.at_s);
        let _ = write!(
            svg,
            "<line class=\"mark\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"40\" y2=\"450\"/>\
             <text class=\"soft\" x=\"{:.1}\" y=\"212\">{:.0} mL</text>",
            at + 3.0,
            let_down.volume_ml
        );
    }
    let curve = |panel: &Panel, value: fn(&Second) -> f64| {
        line(&seconds.iter().map(|s| (x(s.t_s), panel.y(value(s)))).collect::<Vec<_>>())
    };
    let area = line(&flow.iter().map(|(t_s, f)| (x(*t_s), stream.y(*f))).collect::<Vec<_>>());
    let _ = write!(
        svg,
        "<polygon class=\"flow\" points=\"{:.1},{:.1} {area} {:.1},{:.1}\"/>\
         <polyline class=\"milk\" points=\"{}\"/><polyline class=\"ot\" points=\"{}\"/>",
        x(0.0),
        stream.y(0.0),
        x(all_s),
        stream.y(0.0),
        curve(&milk, |s| s.taken_ml),
        curve(&blood, |s| s.oxytocin)
    );
    minutes(&mut svg, all_s, 450.0);
    svg.push_str(
        "<text class=\"soft\" x=\"56\" y=\"492\">Simulated. Dotted: a let-down begins.</text></svg>\n",
    );
    svg
}

/// Flow over ten seconds around each second.
fn flow_ml_per_min(seconds: &[Second]) -> Vec<(f64, f64)> {
    let at = |i: usize| {
        let (from, to) = (&seconds[i.saturating_sub(5)], &seconds[(i + 5).min(seconds.len() - 1)]);
        let flow = 60.0 * (to.taken_ml - from.taken_ml) / (to.t_s - from.t_s).max(1.0);
        (seconds[i].t_s, flow)
    };
    (0..seconds.len()).map(at).collect()
}

fn minutes(svg: &mut String, all_s: f64, y: f64) {
    let step = round_step(all_s / 60.0 / 8.0).max(1.0);
    let mut minute = 0.0;
    while minute * 60.0 <= all_s {
        let x = LEFT + (WIDTH - LEFT - RIGHT) * 60.0 * minute / all_s;
        let _ = write!(
            svg,
            "<text class=\"soft\" x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{minute} min</text>",
            y + 18.0
        );
        minute += step;
    }
}

/// Milk by day, with the spread between women where there are several.
pub fn weeks(days: &[SimulatedDay]) -> String {
    let upper = |d: &SimulatedDay| d.ml + d.ml_sd.unwrap_or(0.0);
    let panel = Panel { top: 40.0, height: 220.0, most: days.iter().map(upper).fold(50.0, f64::max) * 1.08 };
    let x = |day: usize| LEFT + (WIDTH - LEFT - RIGHT) * (day as f64 + 0.5) / days.len().max(1) as f64;
    let mut svg = open(310.0, "Simulated weeks: milk by day");
    panel.axis(&mut svg, "Milk that left the breasts (mL a day)");
    let along = |value: &dyn Fn(&SimulatedDay) -> f64| -> Vec<(f64, f64)> {
        days.iter().enumerate().map(|(i, d)| (x(i), panel.y(value(d)))).collect()
    };
    if days.iter().any(|d| d.ml_sd.is_some()) {
        let mut around = along(&upper);
        around.extend(along(&|d| (d.ml - d.ml_sd.unwrap_or(0.0)).max(0.0)).into_iter().rev());
        let _ = write!(svg, "<polygon class=\"range\" points=\"{}\"/>", line(&around));
    }
    let _ = write!(svg, "<polyline class=\"milk\" points=\"{}\"/>", line(&along(&|d| d.ml)));
    let every = (days.len() / 6).max(1);
    for (i, day) in days.iter().enumerate().step_by(every) {
        let _ = write!(
            svg,
            "<text class=\"soft\" x=\"{:.1}\" y=\"280\" text-anchor=\"middle\">{}</text>",
            x(i),
            day.date
        );
    }
    svg.push_str("<text class=\"soft\" x=\"56\" y=\"302\">Simulated. Shaded: one standard deviation between women.</text></svg>\n");
    svg
}
