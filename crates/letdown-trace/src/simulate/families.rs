//! Sessions of women whose let-downs have one of four shapes, none of them that of the body model: what is found in them
//! was not built into the finder.
//!
//! ```text
//! gamma         q ~ t^a e^(-t/b)
//! fast rise     q ~ (1 - e^(-t/r)) e^(-t/b)
//! plateau       up a ramp, level, down a longer ramp
//! double hump   two gammas, the second later by a width and smaller
//! ```
//!
//! Each is scaled to a width (volume against peak, s) and a volume (mL). Volumes, counts and times are drawn so that a
//! corpus has the published figures: 4.2 let-downs in 15 minutes, SD 2.0 (Prime 2009, doi 10.1186/1746-4358-4-10); 69.8 g,
//! SD 42.5, peak 0.5 g/s, SD 0.2, 221 s from one to the next, 68 to 371 (Idei 2024, doi 10.1016/j.midw.2024.104039). How
//! they decline and vary within a woman is judged.

use super::{Outflow, Pulse};
use crate::random::{Between, Random};

/// The shape of a let-down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Rises and falls like a gamma density.
    Gamma,
    /// Rises within seconds, falls exponentially.
    FastRise,
    /// Level between two ramps.
    Plateau,
    /// Comes in two humps.
    DoubleHump,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gamma, Self::FastRise, Self::Plateau, Self::DoubleHump];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gamma => "gamma",
            Self::FastRise => "fast rise",
            Self::Plateau => "plateau",
            Self::DoubleHump => "double hump",
        }
    }

    /// A let-down of this shape: its flow (mL/s) in steps of [`STEP_S`], with this volume (mL, above 0) and about this
    /// width (s, volume against peak, above 0).
    ///
    /// ```
    /// use letdown_trace::{random::Random, simulate::families::{Family, STEP_S}};
    /// let flow = Family::Plateau.flow(20.0, 50.0, &mut Random::stream(1, 0));
    /// assert!((flow.iter().sum::<f64>() * STEP_S - 20.0).abs() < 1e-9);
    /// ```
    pub fn flow(self, volume_ml: f64, width_s: f64, random: &mut Random) -> Vec<f64> {
        let shape = Shape::drawn(self, random);
        // The width of a shape is proportional to its time scale, so one look at scale 1 is enough.
        let unit = series(|t| shape.at(t), UNIT_STEP);
        let peak = unit.iter().copied().fold(0.0, f64::max);
        let unit_width = unit.iter().sum::<f64>() * UNIT_STEP / peak;
        let scale_s = width_s / unit_width;
        let flow = series(|t_s| shape.at(t_s / scale_s), STEP_S);
        let area = flow.iter().sum::<f64>() * STEP_S;
        flow.iter().map(|q| q * volume_ml / area).collect()
    }
}

/// The step of the flows here (s).
pub const STEP_S: f64 = 0.1;
const UNIT_STEP: f64 = 0.01;
/// A shape is over at this share of its peak (1).
const OVER: f64 = 1e-4;
/// And after so many steps.
const LONGEST: usize = 20_000;

fn series(at: impl Fn(f64) -> f64, step: f64) -> Vec<f64> {
    let mut values = Vec::new();
    let mut peak: f64 = 0.0;
    for i in 0..LONGEST {
        let value = at((i as f64 + 0.5) * step);
        peak = peak.max(value);
        values.push(value);
        let is_falling = values.len() > 10 && value < OVER * peak;
        if is_falling && at((i as f64 + 0.5) * step * 1.5) < OVER * peak {
            break;
        }
    }
    values
}

/// A shape in a time without unit.
enum Shape {
    Gamma { power: f64 },
    FastRise { rise: f64 },
    Plateau { up: f64, down: f64 },
    DoubleHump { power: f64, later: f64, second: f64 },
}

impl Shape {
    fn drawn(family: Family, random: &mut Random) -> Self {
        match family {
            Family::Gamma => Self::Gamma { power: Between::new(1.0, 3.0).draw(random) },
            Family::FastRise => Self::FastRise { rise: Between::new(0.03, 0.12).draw(random) },
            Family::Plateau => Self::Plateau {
                up: Between::new(0.1, 0.3).draw(random),
                down: Between::new(0.2, 0.6).draw(random),
            },
            Family::DoubleHump => Self::DoubleHump {
                power: Between::new(1.5, 2.5).draw(random),
                later: Between::new(2.0, 3.0).draw(random),
                second: Between::new(0.5, 0.9).draw(random),
            },
        }
    }

    fn at(&self, t: f64) -> f64 {
        match self {
            Self::Gamma { power } => gamma(t, *power),
            Self::FastRise { rise } => (1.0 - libm::exp(-t / rise)) * libm::exp(-t),
            Self::Plateau { up, down } => (t / up).min((1.0 + down - t) / down).clamp(0.0, 1.0),
            Self::DoubleHump { power, later, second } => {
                gamma(t, *power) + second * gamma(t - later * libm::sqrt(*power), *power)
            }
        }
    }
}

/// A gamma density scaled to a peak of 1 at `t = power`.
fn gamma(t: f64, power: f64) -> f64 {
    if t <= 0.0 { 0.0 } else { libm::exp(power * (libm::log(t / power) + 1.0) - t) }
}

/// A session of a woman.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The shape of her let-downs.
    pub family: Family,
    /// One breast or both, into one bottle.
    pub breasts: Vec<Outflow>,
}

/// The first let-down brings so much (mL, median over women).
const FIRST_ML: f64 = 25.0;
const FIRST_LOG_SD: f64 = 0.45;
/// A later one against the first (1, median over women), and against the one before it.
const LATER: f64 = 0.48;
const DECLINES: f64 = 0.88;
/// What one let-down may bring (mL).
const VOLUME_ML: Between = Between::new(2.0, 40.0);
/// From touch to the first let-down (s).
const LATENCY_S: f64 = 60.0;
const LATENCIES_S: Between = Between::new(25.0, 250.0);
/// From one let-down to the next (s).
const PERIOD_S: f64 = 225.0;
const PERIOD_LOG_SD: f64 = 0.45;
const PERIODS_S: Between = Between::new(68.0, 371.0);
const LEAST_GAP_S: f64 = 40.0;
/// Width of a let-down (s).
const WIDTH_S: f64 = 54.0;
/// Drip between let-downs (mL/s).
const DRIP_ML_PER_S: f64 = 0.003;
/// The share of sessions with both breasts (1).
const DOUBLE: f64 = 0.5;

impl Session {
    /// A session of so many minutes.
    pub fn drawn(family: Family, minutes: f64, seed: u64) -> Self {
        let mut random = Random::stream(seed, 100);
        let starts_s = starts_s(60.0 * minutes, &mut random);
        Self::of(family, &starts_s, 60.0 * minutes, random)
    }

    /// A session with one let-down.
    pub fn single(family: Family, minutes: f64, seed: u64) -> Self {
        let mut random = Random::stream(seed, 101);
        let starts_s = starts_s(60.0 * minutes, &mut random);
        Self::of(family, starts_s.get(..1).unwrap_or(&[]), 60.0 * minutes, random)
    }

    /// A session in which milk only drips: up to 0.7 mL a minute.
    pub fn without(minutes: f64, seed: u64) -> Self {
        let mut random = Random::stream(seed, 102);
        let mut session = Self::of(Family::Gamma, &[], 60.0 * minutes, random.clone());
        let more = Between::new(0.2, 3.0).draw(&mut random);
        for flow in session.breasts.iter_mut().flat_map(|breast| &mut breast.drip_ml_per_s) {
            *flow = (*flow * more).min(0.012);
        }
        session
    }

    fn of(family: Family, starts_s: &[f64], seconds: f64, mut random: Random) -> Self {
        let is_double = random.happens(DOUBLE);
        let left = if is_double { Between::new(0.35, 0.65).draw(&mut random) } else { 1.0 };
        let pulses = pulses(family, starts_s, &mut random);
        let drip_ml_per_s = drip(seconds, &mut random);
        let whole = Outflow { step_s: STEP_S, drip_ml_per_s, pulses };
        let breasts = if is_double { vec![whole.part(left), whole.part(1.0 - left)] } else { vec![whole] };
        Self { family, breasts }
    }
}

impl Outflow {
    /// A share of it (1).
    fn part(&self, share: f64) -> Self {
        let of = |series: &[f64]| series.iter().map(|flow| share * flow).collect();
        let pulse = |p: &Pulse| Pulse { start_s: p.start_s, flow_ml_per_s: of(&p.flow_ml_per_s) };
        Self {
            step_s: self.step_s,
            drip_ml_per_s: of(&self.drip_ml_per_s),
            pulses: self.pulses.iter().map(pulse).collect(),
        }
    }
}

fn starts_s(seconds: f64, random: &mut Random) -> Vec<f64> {
    let within = |between: Between, s: f64| s.clamp(between.low, between.high);
    let period_s = within(PERIODS_S, random.log_normal(PERIOD_S, PERIOD_LOG_SD));
    let mut t_s = within(LATENCIES_S, random.log_normal(LATENCY_S, 0.5));
    let mut starts_s = Vec::new();
    while t_s < seconds {
        starts_s.push(t_s);
        t_s += random.log_normal(period_s, 0.2).max(LEAST_GAP_S);
    }
    starts_s
}

fn pulses(family: Family, starts_s: &[f64], random: &mut Random) -> Vec<Pulse> {
    let first_ml = random.log_normal(FIRST_ML, FIRST_LOG_SD);
    let later = random.log_normal(LATER, 0.3);
    let width_s = random.log_normal(WIDTH_S, 0.2);
    let mut usual_ml = first_ml;
    let pulse = |(k, start_s): (usize, &f64)| {
        let volume_ml = (usual_ml * random.log_normal(1.0, if k == 0 { 0.0 } else { 0.3 }))
            .clamp(VOLUME_ML.low, VOLUME_ML.high);
        usual_ml *= if k == 0 { later } else { DECLINES };
        let width_s = random.log_normal(width_s, 0.15);
        Pulse { start_s: *start_s, flow_ml_per_s: family.flow(volume_ml, width_s, random) }
    };
    starts_s.iter().enumerate().map(pulse).collect()
}

/// A drip that slowly comes and goes (mL/s).
fn drip(seconds: f64, random: &mut Random) -> Vec<f64> {
    let usual = random.log_normal(DRIP_ML_PER_S, 0.6);
    let (turn, from) = (Between::new(200.0, 600.0).draw(random), random.uniform());
    let at = |i: usize| {
        let cycles = i as f64 * STEP_S / turn + from;
        usual * (1.0 + 0.5 * libm::sin(2.0 * core::f64::consts::PI * cycles))
    };
    (0..(seconds / STEP_S).round() as usize).map(at).collect()
}
