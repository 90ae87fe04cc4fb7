//! The curve of a woman's filling, tabulated: what [`crate::filling::fill`] solves, looked up.
//!
//! ```text
//! u + u^(n+1)/(n+1) = Y          u = f/f50,  Y = y/f50:  one curve u(Y) for each n
//! du/dY = 1/(1 + p)              p = u^n
//! mean f = f50 (Q(u2) - Q(u1)) / (Y2 - Y1)        Q(u) = u^2/2 + u^2 p/(n+2)
//! ```
//!
//! Two tables, both on marks that lie evenly within each doubling, so that the bits of a number are its place:
//!
//! - `p` at marks of `u`, 32 in a doubling. A doubling up multiplies `p` by `2^n`. Between marks the binomial series of
//!   `(1 + d)^n`, `|d| <= 1/64`, to the seventh power.
//! - `u` and its slope at marks of `Y`, 8 in a doubling. Between marks the cubic through both ends (Hermite), right to
//!   some 1e-3; then one step of Halley's method with `p` from the first table, which cubes that error.
//!
//! No logarithm, no exponential. Against [`crate::filling::fill`] both results lie within 1e-7 for `n` of 1.5 to 20 and
//! gaps of 0 to 48 h (tested). What is rare is handed to `fill` itself: a leak, a gap of less than about a minute, and a
//! place outside the tables (`u` below 1/1024 or above 6, `n` above 30). Left out: derivatives; a fit uses `fill`.

use crate::{
    filling::{Brake, fill},
    lanes::Lanes,
    number::Number,
};
use alloc::boxed::Box;

/// The tabulated filling of `W` women, who are looked up side by side. 6 kB each.
#[derive(Clone, Debug)]
pub struct FillingCurve<const W: usize = 1> {
    brakes: [Brake; W],
    tables: [Box<Tables>; W],
    /// How far the second tables reach (`Y`).
    reach: Lanes<W>,
    half_fullness: Lanes<W>,
    per_half_fullness: Lanes<W>,
    steepness: Lanes<W>,
    /// `1/(n+1)` and `1/(n+2)`.
    shares: [Lanes<W>; 2],
    binomial: [Lanes<W>; 7],
}

#[derive(Clone, Debug)]
struct Tables {
    /// `p` in the middle of each cell of `u`.
    powers: [f64; FULLNESS_GRID.cells()],
    /// `u` in each cell of `Y`, as a cubic in how far one is within it; filled up to a full breast.
    cubics: [[f64; 4]; CHARGE_GRID.cells()],
}

/// Breasts at the end of a gap, looked up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LookedUp<const W: usize = 1> {
    /// Fullness at the end (1).
    pub fullness: [f64; W],
    /// Mean fullness over the gap (1).
    pub mean_fullness: [f64; W],
}

/// Places on the curves.
#[derive(Clone, Copy)]
struct Point<const W: usize> {
    u: Lanes<W>,
    power: Lanes<W>,
}

/// Below this charge, in units of `f50`, a difference of two looked-up `Q` is too coarse.
const SMALL_CHARGE: f64 = 2e-3;

/// For steeper brakes (`n`) the binomial series would need more terms.
const STEEPEST: f64 = 30.0;
/// Where both tables end at the latest (`u`): before the first does, at 8.
const FULLEST: f64 = 6.0;

impl<const W: usize> FillingCurve<W> {
    /// Tabulates the curves of some women (a few microseconds each).
    pub fn new(brakes: [Brake; W]) -> Self {
        let tabulated = brakes.map(|brake| tabulate(&brake));
        let reach = Lanes(tabulated.each_ref().map(|t| t.1));
        Self::with(brakes, tabulated.map(|t| t.0), reach)
    }

    fn with(brakes: [Brake; W], tables: [Box<Tables>; W], reach: Lanes<W>) -> Self {
        let each = |f: fn(&Brake) -> f64| Lanes(brakes.each_ref().map(f));
        let binomials = brakes.map(|brake| binomial(brake.steepness));
        Self {
            brakes,
            tables,
            reach,
            half_fullness: each(|b| b.half_fullness),
            per_half_fullness: each(|b| 1.0 / b.half_fullness),
            steepness: each(|b| b.steepness),
            shares: [each(|b| 1.0 / (b.steepness + 1.0)), each(|b| 1.0 / (b.steepness + 2.0))],
            binomial: core::array::from_fn(|k| Lanes(binomials.map(|b| b[k]))),
        }
    }

    /// Fills a breast of each woman over one gap: the arguments and the answer of [`fill`].
    ///
    /// ```
    /// use letdown_model::{filling::{Brake, fill}, filling_curve::FillingCurve};
    /// let brake = Brake { half_fullness: 1.0, steepness: 6.0 };
    /// let (solved, looked_up) = (fill(&brake, 0.25, 0.4, 4.0), FillingCurve::new([brake]).fill([0.25], [0.4], 4.0));
    /// assert!((solved.fullness - looked_up.fullness[0]).abs() < 1e-7);
    /// assert!((solved.mean_fullness - looked_up.mean_fullness[0]).abs() < 1e-7);
    /// ```
    #[inline]
    pub fn fill(&self, fullness: [f64; W], charge: [f64; W], hours: f64) -> LookedUp<W> {
        let (u, scaled) = (Lanes(fullness) * self.per_half_fullness, Lanes(charge) * self.per_half_fullness);
        let before = Point { u, power: self.power(u) };
        let y = self.potential(&before) + scaled;
        let guess = self.guess(y);
        let after = self.halley(y, &Point { u: guess, power: self.power(guess) });
        // Both differences are those of the same two points, so that an error of theirs hardly counts.
        let charged = self.potential(&after) - self.potential(&before);
        let mean = (self.potential_of_mean(&after) - self.potential_of_mean(&before)) / charged;
        let mut found = LookedUp {
            fullness: (after.u * self.half_fullness).0,
            mean_fullness: (mean * self.half_fullness).0,
        };
        let end = found.fullness;
        let within = |l: usize| {
            (FULLNESS_GRID.from..FULLEST).contains(&u.0[l])
                && SMALL_CHARGE <= scaled.0[l]
                && y.0[l] < self.reach.0[l]
                && end[l] <= 1.0
        };
        if !(0..W).fold(true, |all, l| all & within(l)) {
            self.solve(fullness, charge, hours, within, &mut found);
        }
        found
    }

    /// The answers without a table for those whom it does not serve.
    #[cold]
    fn solve(
        &self,
        fullness: [f64; W],
        charge: [f64; W],
        hours: f64,
        within: impl Fn(usize) -> bool,
        found: &mut LookedUp<W>,
    ) {
        for l in (0..W).filter(|l| !within(*l)) {
            let filled = fill(&self.brakes[l], fullness[l], charge[l], hours);
            (found.fullness[l], found.mean_fullness[l]) = (filled.fullness, filled.mean_fullness);
        }
    }

    /// `Y` at a point.
    #[inline]
    fn potential(&self, at: &Point<W>) -> Lanes<W> {
        at.u * (at.power * self.shares[0] + 1.0)
    }

    /// `Q` at a point.
    #[inline]
    fn potential_of_mean(&self, at: &Point<W>) -> Lanes<W> {
        at.u * at.u * (at.power * self.shares[1] + 0.5)
    }

    /// `u^n`; outside the first table something finite.
    #[inline]
    fn power(&self, u: Lanes<W>) -> Lanes<W> {
        let cells = u.0.map(|u| FULLNESS_GRID.cell(u).min(FULLNESS_GRID.cells() - 1));
        let d = Lanes::of(|l| u.0[l] * RECIPROCALS[cells[l]]) - 1.0;
        Lanes::of(|l| self.tables[l].powers[cells[l]]) * self.stretch(d)
    }

    /// `(1 + d)^n`.
    #[inline]
    fn stretch(&self, d: Lanes<W>) -> Lanes<W> {
        let [c1, c2, c3, c4, c5, c6, c7] = self.binomial;
        let d2 = d * d;
        let (low, middle, high) = (c2 + d * c3, c4 + d * c5, c6 + d * c7);
        d * c1 + d2 * (low + d2 * (middle + d2 * high)) + 1.0
    }

    /// `u` at some `Y` by the second table.
    #[inline]
    fn guess(&self, y: Lanes<W>) -> Lanes<W> {
        Lanes::of(|l| self.tables[l].guess(y.0[l]))
    }

    /// One step of Halley's method from a guess, and the power carried along.
    #[inline]
    fn halley(&self, y: Lanes<W>, guess: &Point<W>) -> Point<W> {
        let (miss, slope) = (self.potential(guess) - y, guess.power + 1.0);
        // The step as a share of u; Phi'' / Phi' = n power / (u slope).
        let share =
            miss * slope * -2.0 / (guess.u * slope * slope * 2.0 - miss * self.steepness * guess.power);
        // So short a step needs no more of the series.
        let [c1, c2, c3, ..] = self.binomial;
        let stretch = share * (c1 + share * (c2 + share * c3)) + 1.0;
        Point { u: guess.u * (share + 1.0), power: guess.power * stretch }
    }
}

impl Tables {
    /// `u` at some `Y`; outside the table something finite.
    #[inline]
    fn guess(&self, y: f64) -> f64 {
        let [c0, c1, c2, c3] = self.cubics[CHARGE_GRID.cell(y).min(CHARGE_GRID.cells() - 1)];
        let t = CHARGE_GRID.within(y);
        let cubic = c0 + t * c1 + t * t * (c2 + t * c3);
        if y < CHARGE_GRID.from { y } else { cubic }
    }
}

/// A woman's tables, and how far the second one reaches.
fn tabulate(brake: &Brake) -> (Box<Tables>, f64) {
    let tables = Tables { powers: powers(brake.steepness), cubics: [[0.0; 4]; CHARGE_GRID.cells()] };
    let mut bare = FillingCurve::with([*brake], [Box::new(tables)], Lanes([0.0]));
    let reach = bare.add_cubics();
    let [tables] = bare.tables;
    (tables, reach)
}

/// A mark of the second table: `Y`, `u` and `du/dY`.
#[derive(Clone, Copy)]
struct Mark {
    y: f64,
    u: f64,
    slope: f64,
}

impl FillingCurve<1> {
    /// Fills the second table, mark by mark until a breast is full; returns the last mark.
    fn add_cubics(&mut self) -> f64 {
        let sure = if self.steepness.0[0] <= STEEPEST { FULLEST } else { 0.0 };
        let full = sure.min(1.0 / self.half_fullness.0[0]);
        let mut from = self.mark(CHARGE_GRID.from, CHARGE_GRID.from);
        for i in 0..CHARGE_GRID.cells() {
            let y = CHARGE_GRID.mark(i + 1);
            let to = self.mark(y, from.u + (y - from.y) * from.slope);
            self.tables[0].cubics[i] = cubic(&from, &to);
            from = to;
            if from.u > full {
                break;
            }
        }
        from.y
    }

    /// The mark at some `Y`, from a guess above it. A table of guesses need not be better than this.
    fn mark(&self, y: f64, guess: f64) -> Mark {
        let mut at = Point { u: Lanes([guess]), power: self.power(Lanes([guess])) };
        for _ in 0..20 {
            let next = self.halley(Lanes([y]), &at);
            let moved = (next.u - at.u).0[0].abs();
            if moved <= 2e-3 * next.u.0[0] {
                return Mark { y, u: next.u.0[0], slope: 1.0 / (1.0 + next.power.0[0]) };
            }
            at = Point { u: next.u, power: self.power(next.u) };
        }
        let scale = self.half_fullness.0[0];
        let solved = fill(&self.brakes[0], 0.0, y * scale, 0.0);
        Mark { y, u: solved.fullness / scale, slope: solved.rate_end }
    }
}

/// The cubic through both marks of a cell with their slopes, in the share of the cell that is passed.
fn cubic(from: &Mark, to: &Mark) -> [f64; 4] {
    let (step, rise) = (to.y - from.y, to.u - from.u);
    let (leave, arrive) = (step * from.slope, step * to.slope);
    [from.u, leave, 3.0 * rise - 2.0 * leave - arrive, leave + arrive - 2.0 * rise]
}

/// `u^n` in the middle of each cell: one doubling by exponentials, the others from it.
fn powers(n: f64) -> [f64; FULLNESS_GRID.cells()] {
    const EACH: usize = FULLNESS_GRID.per_doubling();
    let mut powers = [0.0; FULLNESS_GRID.cells()];
    let doubled = libm::exp(n * core::f64::consts::LN_2);
    for (i, power) in powers.iter_mut().take(EACH).enumerate() {
        *power = libm::exp(n * libm::log(FULLNESS_GRID.middle(i)));
    }
    for i in EACH..powers.len() {
        powers[i] = powers[i - EACH] * doubled;
    }
    powers
}

/// `n choose k` for `k` from 1 on.
fn binomial(n: f64) -> [f64; 7] {
    let mut last = 1.0;
    core::array::from_fn(|k| {
        last *= (n - k as f64) / (k as f64 + 1.0);
        last
    })
}

/// Marks that lie evenly within each doubling: the first bits of a number are the number of its cell.
struct Grid {
    /// The first mark, a power of two.
    from: f64,
    doublings: usize,
    /// A doubling has `2^bits` cells.
    bits: u32,
}

const FULLNESS_GRID: Grid = Grid { from: 1.0 / 1024.0, doublings: 13, bits: 5 };
const CHARGE_GRID: Grid = Grid { from: 0.125, doublings: 10, bits: 3 };

const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;

impl Grid {
    const fn per_doubling(&self) -> usize {
        1 << self.bits
    }

    const fn cells(&self) -> usize {
        self.doublings * self.per_doubling()
    }

    const fn shift(&self) -> u32 {
        MANTISSA_BITS - self.bits
    }

    /// The number of the cell that holds `x`; not below [`Grid::cells`] when there is none.
    #[inline]
    const fn cell(&self, x: f64) -> usize {
        (x.to_bits() >> self.shift()).wrapping_sub(self.from.to_bits() >> self.shift()) as usize
    }

    /// Where mark `i` lies.
    const fn mark(&self, i: usize) -> f64 {
        f64::from_bits(self.from.to_bits() + ((i as u64) << self.shift()))
    }

    /// The middle of cell `i`.
    const fn middle(&self, i: usize) -> f64 {
        f64::from_bits(self.mark(i).to_bits() | 1 << (self.shift() - 1))
    }

    /// How far `x` lies within its cell (0 to 1).
    #[inline]
    const fn within(&self, x: f64) -> f64 {
        let cells = 1_u64 << self.shift();
        (x.to_bits() & (cells - 1)) as f64 * (1.0 / cells as f64)
    }
}

/// One over the middle of each cell of the first table.
static RECIPROCALS: [f64; FULLNESS_GRID.cells()] = {
    let mut all = [0.0; FULLNESS_GRID.cells()];
    let mut i = 0;
    while i < all.len() {
        all[i] = 1.0 / FULLNESS_GRID.middle(i);
        i += 1;
    }
    all
};
