//! What was found in a trace.

/// A number is off by no more than so many standard deviations, 19 times in 20.
const NINETEEN_IN_20: f64 = 1.96;
/// No scale says milk more finely than this (mL).
const FINEST_ML: f64 = 0.1;

/// A let-down must bring so much milk to be one (mL); less is a drip.
pub const LET_DOWN_ML: f64 = 2.0;

/// A let-down, as a scale saw it or as it was tapped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LetDown {
    /// The first moment at which flow into the bottle rises (s, on the clock of the trace).
    pub onset_s: f64,
    /// How far the true onset may be from that: one standard deviation (s).
    pub onset_sd_s: f64,
    /// Flow is back under a fifth of its peak, or the next let-down begins (s).
    pub end_s: f64,
    /// Milk from onset to end (mL).
    pub volume_ml: f64,
    /// How far the true volume may be from that: one standard deviation (mL); infinite where nothing tells the volume,
    /// and `volume_ml` is 0 then.
    pub volume_sd_ml: f64,
    /// The strongest flow (mL/min); 0 where nothing tells it.
    pub peak_ml_per_min: f64,
    /// How likely it is one (0 to 1).
    pub confidence: f64,
}

impl LetDown {
    /// Whether anything tells its volume: not so when it was only tapped.
    pub fn has_volume(&self) -> bool {
        self.volume_sd_ml.is_finite()
    }

    /// What stands behind "±": the true volume is no farther off than this (mL), 19 times in 20.
    pub fn volume_off_ml(&self) -> f64 {
        off_ml(self.volume_sd_ml)
    }
}

/// What stands behind "±" for a volume of this standard deviation (mL): it is no farther off, 19 times in 20.
///
/// ```
/// use letdown_trace::found::off_ml;
/// assert_eq!(off_ml(10.0), 19.6);
/// assert_eq!(off_ml(0.0), 0.1, "no scale is finer");
/// ```
pub fn off_ml(sd_ml: f64) -> f64 {
    (NINETEEN_IN_20 * sd_ml).max(FINEST_ML)
}

/// A stretch of a session, one after the other without a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// What was going on.
    pub kind: PhaseKind,
    /// From (s).
    pub start_s: f64,
    /// To (s).
    pub end_s: f64,
}

/// What is going on in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseKind {
    /// No milk has come yet.
    BeforeFirst,
    /// Milk is coming.
    LetDown,
    /// The lull between two let-downs.
    Between,
    /// Flow has slowed: under 3 mL a minute over the last two minutes.
    Slowed,
    /// Hardly a drop comes any more.
    PastFlow,
    /// The breast is massaged.
    Massage,
    /// Nothing pumps: the bottle is away, or she paused.
    Pause,
    /// The session is over.
    Ended,
}

impl PhaseKind {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeforeFirst => "before_first",
            Self::LetDown => "let_down",
            Self::Between => "between",
            Self::Slowed => "slowed",
            Self::PastFlow => "past_flow",
            Self::Massage => "massage",
            Self::Pause => "pause",
            Self::Ended => "ended",
        }
    }
}

/// A place where the scale saw more than milk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// What it seems to have been.
    pub kind: DoubtKind,
    /// From (s).
    pub start_s: f64,
    /// To (s).
    pub end_s: f64,
    /// By how much the display moved for good (g).
    pub offset_g: f64,
}

/// What disturbed a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// Something touched it for a moment.
    Bump,
    /// The display moved for good, without milk.
    Offset,
    /// It was set to zero.
    Tare,
    /// The bottle was taken off.
    Lift,
    /// Another bottle came.
    Swap,
    /// It was silent.
    Hole,
}

impl DoubtKind {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bump => "bump",
            Self::Offset => "offset",
            Self::Tare => "tare",
            Self::Lift => "lift",
            Self::Swap => "swap",
            Self::Hole => "hole",
        }
    }
}

/// Everything that was found in a trace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Its let-downs, in order.
    pub let_downs: Vec<LetDown>,
    /// When milk first came (s).
    pub first_s: Option<f64>,
    /// When flow had slowed (s).
    pub slowed_s: Option<f64>,
    /// Milk in all (mL).
    pub total_ml: f64,
    /// How far that may be off: one standard deviation (mL).
    pub total_sd_ml: f64,
    /// Its phases, from the first reading to the last.
    pub phases: Vec<Phase>,
    /// Where the scale saw more than milk.
    pub doubts: Vec<Doubt>,
}
