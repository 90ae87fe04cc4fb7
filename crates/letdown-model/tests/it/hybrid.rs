//! The same hybrid in the hands of an adaptive solver (`diffsol`, an explicit Runge-Kutta pair of order 5 and 4): for the
//! oracle, and for the benches to be measured against.
#![expect(clippy::disallowed_methods, reason = "an oracle of its own")]

use diffsol::{
    NalgebraMat, OdeBuilder, OdeEquations, OdeSolverMethod, OdeSolverProblem, OdeSolverStopReason,
};
use letdown_model::{
    demand::{Demand, Lived, Memory},
    life::{By, Planned, Start},
    mother::Mother,
    rhythm::OMEGA,
    supply::Supply,
};
use std::cell::Cell;

/// What stays as it is for the length of one gap.
#[derive(Clone, Copy, Default)]
struct InGap {
    /// `C/S` of each breast (1/h).
    per_h: [f64; 2],
    /// Mean activation: between two removals the hybrid lets only the rhythm go on.
    activation: f64,
    /// The clock at hour 0 of the solver (h).
    clock_h: f64,
}

impl InGap {
    fn new(her: &Mother, start: &Start, supply: &Supply, storage_ml: &[f64], activation: f64) -> Self {
        let capacity_ml_per_h =
            |i: usize| her.breasts[i].capacity_ml_per_h * supply.breasts[i].memory.ln_capacity.exp();
        let per_h = [0, 1].map(|i| capacity_ml_per_h(i) / storage_ml[i]);
        Self { per_h, activation, clock_h: start.clock_h }
    }

    /// What both breasts share of their rate at a moment.
    fn share(&self, her: &Mother, t_h: f64) -> f64 {
        let angle = OMEGA * (self.clock_h + t_h);
        self.activation * (1.0 + her.rhythm.cosine * angle.cos() + her.rhythm.sine * angle.sin())
    }
}

/// What each pump session of a plan took (mL of both breasts), for a woman of two breasts who never leaks. `remember` is how
/// memory goes through a gap.
pub(crate) fn live_by_solver(
    her: &Mother,
    start: &Start,
    plan: &[Planned],
    tolerance: f64,
    mut remember: impl FnMut(&Demand, &Memory, &Lived) -> Memory,
) -> Vec<f64> {
    let gap = Cell::new(InGap::default());
    // Fullness of the left, its integral over the charge; the same of the right.
    let rates = |x: &[f64], t_h: f64, dx: &mut [f64]| {
        let now = gap.get();
        let share = now.share(her, t_h);
        for (i, per_h) in now.per_h.iter().enumerate() {
            let brake = (x[2 * i].max(0.0) / her.brake.half_fullness).powf(her.brake.steepness);
            dx[2 * i] = per_h * share / (1.0 + brake);
            dx[2 * i + 1] = per_h * share * x[2 * i];
        }
    };
    let problem = problem(|x, _, t_h, dx| rates(x, t_h, dx), 4, tolerance);
    let mut solver = problem.tsit45().unwrap();
    let (mut supply, mut now_h) = (start.supply.clone(), 0.0);
    let day = |at_h: f64| start.days_after_birth.map(|d| d + at_h / 24.0);
    let mut took = |planned: &Planned| {
        let By::Pump(session) = planned.by else { unreachable!("the oracle only pumps") };
        let storage_ml = her.breasts.iter().map(|b| b.storage_at_ml(day(now_h))).collect::<Vec<_>>();
        let hours = planned.at_h - now_h;
        let from_h = day(now_h).map(|d| 24.0 * d);
        let activation = from_h.map_or(1.0, |h| her.activation.mean(h, h + hours));
        let now = InGap::new(her, start, &supply, &storage_ml, activation);
        gap.set(now);
        let full = [0, 1].map(|i| supply.breasts[i].milk_ml / storage_ml[i]);
        let end = integrate(&mut solver, now_h, planned.at_h, &[full[0], 0.0, full[1], 0.0], rates);
        let full_rate_h = activation * hours * her.rhythm.mean(start.clock_h + now_h, hours);
        for (i, held) in supply.breasts.iter_mut().enumerate() {
            assert!(end[2 * i] <= 1.0, "the oracle knows no leak");
            let mean_fullness = end[2 * i + 1] / (now.per_h[i] * full_rate_h);
            let early = day(now_h).is_some_and(|d| d < 14.0);
            let lived = Lived { activation, early, ..Lived::established(mean_fullness, hours) };
            held.milk_ml = end[2 * i] * storage_ml[i];
            held.memory = remember(&her.demand, &held.memory, &lived);
        }
        now_h = planned.at_h;
        supply.pump(her, &session, day(now_h), None).total_ml()
    };
    plan.iter().map(&mut took).collect()
}

/// Memory through a gap by the same solver instead of its closed form. Only below the ceiling.
pub(crate) fn remember_by_solver(demand: &Demand, memory: &Memory, lived: &Lived, tolerance: f64) -> Memory {
    let per_h = lived.activation / demand.memory_h;
    let follow = |x: &[f64], _: f64, dx: &mut [f64]| {
        dx[0] = per_h * (lived.mean_fullness - x[0]);
        dx[1] = x[0];
    };
    let followed = once(follow, [memory.fullness, 0.0], lived.hours, tolerance);
    let mean_memory = followed[1] / lived.hours;
    let plastic = lived.activation * if lived.early { demand.early_gain } else { 1.0 };
    let retention = 1.0 / (1.0 + (-(mean_memory - 0.9) / 0.05).exp());
    let drive = demand.gain_per_day * plastic * (demand.set_fullness - mean_memory)
        - demand.retention_per_day * retention;
    let grow = |x: &[f64], _: f64, dx: &mut [f64]| dx[0] = (drive - demand.return_per_day * x[0]) / 24.0;
    let grown = once(grow, [memory.ln_capacity], lived.hours, tolerance);
    Memory { fullness: followed[0], ln_capacity: grown[0] }
}

/// Fullness and its mean over a charge, from `fullness` on.
pub(crate) fn fill_by_solver(
    brake: &letdown_model::filling::Brake,
    fullness: f64,
    charge: f64,
    tolerance: f64,
) -> [f64; 2] {
    let rates = |x: &[f64], _: f64, dx: &mut [f64]| {
        dx[0] = 1.0 / (1.0 + (x[0].max(0.0) / brake.half_fullness).powf(brake.steepness));
        dx[1] = x[0];
    };
    let [end, sum] = once(rates, [fullness, 0.0], charge, tolerance);
    [end, sum / charge]
}

fn once<const N: usize>(
    rates: impl Fn(&[f64], f64, &mut [f64]),
    from: [f64; N],
    until: f64,
    tolerance: f64,
) -> [f64; N] {
    let problem = problem(|x, _, t, dx| rates(x, t, dx), N, tolerance);
    integrate(&mut problem.tsit45().unwrap(), 0.0, until, &from, &rates)
}

fn problem<F: Fn(&[f64], &[f64], f64, &mut [f64])>(
    rates: F,
    states: usize,
    tolerance: f64,
) -> OdeSolverProblem<
    impl OdeEquations<M = NalgebraMat<f64>, V = diffsol::NalgebraVec<f64>, T = f64, C = diffsol::NalgebraContext>,
> {
    OdeBuilder::<NalgebraMat<f64>>::new()
        .rtol(tolerance)
        .atol(vec![tolerance; states])
        .h0(0.1)
        .rhs(rates)
        .init(|_, _, x| x.fill(0.1), states)
        .build()
        .unwrap()
}

/// From one state at one time to that at another. The slope must be set with the state: the pair uses its last one again.
fn integrate<'a, const N: usize, E, S>(
    solver: &mut S,
    from_t: f64,
    until_t: f64,
    from: &[f64; N],
    rates: impl Fn(&[f64], f64, &mut [f64]),
) -> [f64; N]
where
    E: OdeEquations<
            M = NalgebraMat<f64>,
            V = diffsol::NalgebraVec<f64>,
            T = f64,
            C = diffsol::NalgebraContext,
        > + 'a,
    S: OdeSolverMethod<'a, E>,
{
    let mut slope = [0.0; N];
    rates(from, from_t, &mut slope);
    let state = solver.state_mut();
    for k in 0..N {
        state.y[k] = from[k];
        state.dy[k] = slope[k];
    }
    *state.t = from_t;
    solver.set_stop_time(until_t).unwrap();
    while !matches!(solver.step().unwrap(), OdeSolverStopReason::TstopReached) {}
    std::array::from_fn(|k| solver.state().y[k])
}
