//! How well let-downs are found, beside two usual ways of finding them, on simulated traces whose truth is known.
//!
//! `cargo xtask bench detect [SECONDS-OF-PATIENCE]`; paths of scale logs behind it print what is found in them instead.
//!
//! Women of four families of let-downs and of the body model pump in front of five scales; others only drip. The rivals are
//! tuned for each scale on seeds of their own; ours is not. Every finder is scored on the same held-out traces.

mod change_points;
mod conditioned;
mod live;
mod logs;
mod rival;
mod savgol;
mod score;
mod table;
mod tapped;
mod traces;

use std::time::Instant;

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let sessions = std::env::var("LETDOWN_BENCH_SESSIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    if paths.is_empty() {
        compare(sessions);
    } else {
        logs::print(&paths);
    }
}

fn compare(sessions: u64) {
    let begun = now();
    table::heading(sessions);
    let mut by_source = table::BySource::default();
    for regime in letdown_trace::simulate::Regime::all() {
        let learning = traces::Set::drawn(&regime, traces::LEARNING, (sessions / 4).max(3));
        let held_out = traces::Set::drawn(&regime, traces::HELD_OUT, sessions);
        for finder in
            [rival::Finder::ours(), rival::Finder::savgol(&learning), rival::Finder::change_points(&learning)]
        {
            let scored = score::of(&finder, &held_out);
            table::row(regime.name, &finder, &scored);
            by_source.add(&finder, &scored);
        }
        live::print(&held_out);
    }
    tapped::print(&traces::Set::drawn(&letdown_trace::simulate::Regime::quiet(), traces::HELD_OUT, sessions));
    by_source.print();
    println!("\n{:.0} s in all.", begun.elapsed().as_secs_f64());
}

#[expect(clippy::disallowed_methods, reason = "a measurement of speed reads a clock")]
fn now() -> Instant {
    Instant::now()
}
