//! The engine, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]
#![allow(clippy::float_cmp, reason = "what is promised to the digit is compared to the digit")]

/// Logs to ask questions of, and the twin of one of them.
mod logs;

/// A forecast knows nothing behind its midnight.
mod leakage;

/// A backtest counts what it says it counts.
mod scores;

/// The plain guesses, by an oracle written from the text of the design.
mod baselines;

/// A real log, where there is one.
mod real_log;

/// What is known when, and what a fit sees of it.
mod visible;

/// History, today and forecast keep their contracts.
mod days;
mod days_ahead;

/// Days to come look like days behind.
mod habit;

/// What stands beside volumes: techniques, feelings, babies on scales, a birth.
mod beside;

/// To which step she reads her bottles.
mod rounding;

/// What earlier forecasts got wrong is put right.
mod correction;

/// How right the forecasts of the last days were.
mod lately;

/// What each breast makes.
mod sides;

/// What is said of her supply now, held against what followed.
mod supply_now;

/// Exponential smoothing, by a published example and a second program.
mod ets;

/// Ranges that hold as often as they say.
mod conformal;

/// Whole days ahead, and their plain guesses.
mod day_scores;

/// Ranges as answers show them.
mod numbers;

/// The page for a consultant.
mod report;

/// Weights beside the growth standard.
mod growth_standard;

/// Weeks of a life, as they are declared.
mod scenario;

/// One session, as it is declared.
mod sitting;

/// Weeks second by second, and the stories that are shipped.
mod lives;

/// Published experiments and claims are computed.
mod experiments;

/// A simulated mother, told apart from her.
mod example;

/// What a screen holds: nothing changes until it is added.
mod notebook;

/// Every kind is written down, changed, found and read in plain words.
mod written;

/// Whatever was logged.
mod any_log;

/// A session as it goes, for those who draw it.
mod inside;

/// The same bytes here and in the browser.
mod golden;

/// A session of the body model in front of a simulated scale.
mod traces;

/// A pump session while it goes on.
mod live;

/// What a change would bring.
mod whatif;

/// The reflex is retrained, from the pump to the baby and back.
mod retraining;

/// What a log says about how a body works.
mod insights;

/// Trials keep their level and their power.
mod trials_level;

/// Trials on herself: the draw, the count, the claim, the words.
mod trials;

/// Trials through whole journals.
mod trials_lived;

/// What is said during a session, and when nothing is.
mod coach;

/// Minutes past the end of flow: measured, told, and counted ahead.
mod past_flow;

/// Which sessions, how long and when.
mod plan;
mod plan_babies;
mod plan_sides;
mod plan_travel;

/// The milk that was put by.
mod stash;
