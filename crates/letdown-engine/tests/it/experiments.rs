use letdown_engine::experiments::{Claim, Experiment, Role, claims, published};

fn women(n: u32, one: impl Fn(u32) -> Vec<f64>) -> Vec<Vec<f64>> {
    (0..n).map(one).collect()
}

#[test]
fn every_file_is_in_the_list_and_can_be_read() {
    let files = |folder: &str| {
        let path = format!("{}/experiments/{folder}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(path).unwrap().count()
    };
    assert_eq!(published().unwrap().len(), files("published"));
    assert_eq!(claims().unwrap().len(), files("claims"));
}

#[test]
fn at_least_two_dozen_rows_set_no_prior() {
    let rows = published().unwrap();
    let outputs = rows.iter().filter(|e| e.row(&women(4, |i| e.setup().one(i))).role == Role::Output).count();
    assert!(outputs >= 24, "{outputs}");
}

#[test]
fn every_claim_of_the_mission_has_a_row() {
    let ids: Vec<String> = claims().unwrap().iter().map(|c| c.setup().id().to_owned()).collect();
    for m in [
        "M1-", "M2-", "M3-", "M4-", "M5-", "M6-", "M7-", "M8-", "M9-", "M10-", "M11-", "M12-", "M13-",
        "M14-", "M15-",
    ] {
        assert!(ids.iter().any(|id| id.starts_with(m)), "{m}");
    }
}

const ROW: &str = "source = \"a paper\"\nquantity = \"milk\"\nvalue = 100\nunit = \"mL\"\nlo = 90\nhi = 110\nmeasure = \"total_ml\"\nmothers = 20\n[session]\nminutes = 10\n";

#[test]
fn agreement_is_computed_and_can_fail() {
    let agrees = |toml: &str| {
        let e = Experiment::read("x", toml).unwrap();
        e.row(&women(e.setup().mothers(), |i| e.setup().one(i)))
    };
    let row = agrees(&ROW.replace("lo = 90", "lo = 0").replace("hi = 110", "hi = 900"));
    assert!(row.ok && row.mc_error > 0.0, "{row:?}");
    assert!(!agrees(&ROW.replace("lo = 90", "lo = 800").replace("hi = 110", "hi = 900")).ok);
    let none = ROW.replace("minutes = 10", "minutes = 10\nsource = \"none\"");
    assert_eq!(agrees(&none).simulated, 0.0);
}

#[test]
fn a_comparison_is_of_the_same_women() {
    let toml = ROW.replace("[session]", "compare = \"ratio\"\n[session]") + "[changed]\nminutes = 10\n";
    let e = Experiment::read("x", &toml).unwrap();
    let row = e.row(&women(20, |i| e.setup().one(i)));
    assert_eq!((row.simulated, row.mc_error), (1.0, 0.0));
}

#[test]
fn a_file_that_does_not_fit_is_refused() {
    for (from, to, named) in [
        ("measure = \"total_ml\"", "measure = \"beauty\"", "beauty"),
        ("lo = 90\n", "", "lo"),
        ("minutes = 10", "minutes = -10", "minutes"),
        ("mothers = 20", "mothers = 20\ncompare = \"ratio\"", "compare"),
        ("mothers = 20", "mothers = 20\nfathers = 3", "fathers"),
    ] {
        let error = Experiment::read("x", &ROW.replace(from, to)).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
    let error = Claim::read("x", ROW).unwrap_err().to_string();
    assert!(error.contains("claim"), "{error}");
}
