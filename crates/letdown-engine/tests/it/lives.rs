//! Weeks second by second: what a story must bring out.

use letdown_engine::scenario::{LivedDay, Scenario, SimulatedDay};

fn read(name: &str) -> Scenario {
    let file = format!("{}/../../fixtures/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Scenario::read(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn days(scenario: &Scenario, women: u64) -> Vec<SimulatedDay> {
    let women: Vec<Vec<LivedDay>> =
        (0..women).map(|seed| scenario.lived_days(&scenario.live(seed, &[], true))).collect();
    scenario.mean_days(&women)
}

fn works(days: &[SimulatedDay]) -> f64 {
    days.iter().filter_map(|d| d.works_within_5_min).sum::<f64>() / days.len() as f64
}

#[test]
fn a_pump_trained_mother_of_twins_is_retrained_by_pumping_while_nursing() {
    let twins = days(&read("story-twins"), 16);
    let alone_before = works(&twins[..2]);
    let alone_after = works(&twins[17..]);
    assert!(alone_before < 0.4, "{alone_before}");
    assert!(alone_after > 0.7, "{alone_after}");
    let control = works(&days(&read("story-twins-control"), 16)[24..]);
    assert!(control < 0.5 && control + 0.3 < alone_after, "{control} against {alone_after}");
}

#[test]
fn a_month_of_stress_passes() {
    let days = days(&read("story-month-of-stress"), 8);
    let ml = |days: &[SimulatedDay]| days.iter().map(|d| d.ml).sum::<f64>() / days.len() as f64;
    let (before, within, after) = (ml(&days[7..14]), ml(&days[30..43]), ml(&days[64..]));
    assert!(within < before, "{within} against {before}");
    assert!(after > within, "{after} against {within}");
}

#[test]
fn every_scenario_that_is_shipped_can_be_read() {
    let folder = format!("{}/../../fixtures/scenarios", env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let toml = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name.starts_with("session-") {
            let sat = letdown_engine::scenario::Sitting::read(&toml).unwrap().run(1, &[]);
            assert!(sat.course.seconds > 0.0, "{name}");
        } else if name.starts_with("coach-") {
            let told = letdown_engine::coach::Rehearsal::read(&toml).unwrap().run(1, &[]).unwrap();
            assert!(!told.prompts.is_empty(), "{name}");
        } else {
            Scenario::read(&toml).unwrap();
        }
        seen += 1;
    }
    assert!(seen >= 21, "{seen}");
}

#[test]
fn hours_and_seconds_agree_where_both_can_be_lived() {
    let plain = "days = 20\nzone = \"UTC\"\njitter_min = 0\nskip = 0\nper_day = 6\nminutes = 15\nlearned = \"nothing\"\n\
                 mother = {from = \"draw\", wander_day_sd = 0, wander_gap_sd = 0, session_logit_sd = 0}";
    let ml = |detail: &str| {
        let scenario = Scenario::read(&format!("detail = \"{detail}\"\n{plain}")).unwrap();
        let days = days(&scenario, 24);
        days[10..].iter().map(|d| d.ml).sum::<f64>() / 10.0
    };
    let (hours, seconds) = (ml("hours"), ml("seconds"));
    assert!((hours / seconds - 1.0).abs() < 0.03, "{hours} against {seconds} mL a day");
}
