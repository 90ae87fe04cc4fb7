//! A real log outside the project, where there is one: `LETDOWN_REAL_LOGS` names the folder. Nothing of it is kept here.

use crate::logs::{at, entries};
use letdown_engine::{
    backtest::{Backtest, Window, backtest},
    observed::Observed,
};
use letdown_journal::{
    fold::Folded,
    import::{Answers, NamedBytes, admit, read},
};
use std::path::PathBuf;

const NOW: &str = "2018-01-01T00:00:00+00:00[UTC]";

#[expect(clippy::disallowed_methods, reason = "a test reads its files itself")]
fn pump_csv() -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("LETDOWN_REAL_LOGS").map(PathBuf::from) else {
        println!("not run: LETDOWN_REAL_LOGS is not set");
        return None;
    };
    Some(std::fs::read(folder.join("nighp-2017/pump.csv")).unwrap())
}

fn score(bytes: &[u8]) -> Backtest {
    let now = at(NOW);
    let answers = Answers { zone: Some(now.time_zone().clone()), ..Answers::default() };
    let readings = read(&[NamedBytes { name: "pump.csv", bytes }], &answers, now.timestamp()).unwrap();
    let bodies = admit(readings, &Folded::default(), "real").bodies;
    let observed = Observed::at(&Folded::of(entries(&bodies)), &now);
    backtest(&observed, Window::default(), 1, &mut |_, _| {}).unwrap()
}

/// The errors of the baselines (mL) are those that an independent program computed, given to a hundredth.
#[test]
fn of_2017_is_forecast_better_than_by_any_baseline() {
    let Some(bytes) = pump_csv() else { return };
    let score = score(&bytes);
    println!("{score:#?}");

    assert_eq!(score.n, 561);
    let published = [("mean7", 16.23), ("ewma", 15.28), ("linear_gap14", 13.72), ("hour_knn14", 17.16)];
    for (name, mae_ml) in published {
        assert!((score.baselines[name] - mae_ml).abs() < 0.0056, "{name}: {}", score.baselines[name]);
    }
    assert_eq!(score.best_baseline, "linear_gap14");
    assert!(score.mae_ml < score.baselines["linear_gap14"]);
    assert!(score.mechanistic.mae_ml < score.baselines["mean7"].min(score.baselines["ewma"]));
    assert!((0.72..=0.88).contains(&score.coverage80));
}
