use crate::logs::{at, pumped, ten};
use letdown_engine::{
    example::{MARK, example, is_marked},
    notebook::Notebook,
    observed::Observed,
    twin::Twin,
};
use letdown_journal::{author::Author, entry::Entry};

const NOW: &str = "2026-07-24T13:00:00+02:00[Europe/Berlin]";

/// A notebook with one entry of her own and the example.
fn notebook(seed: u64) -> Notebook {
    let mut notebook = Notebook::new("phone").unwrap();
    let mut author = Author::new("tablet").unwrap();
    notebook
        .add(vec![author.put(&pumped("2026-07-24T09:00:00+02:00[Europe/Berlin]", 77.0), 1_000, [9; 10])])
        .unwrap();
    let mut count = 0;
    let entries = notebook.example(&at(NOW), seed, &mut || counted(&mut count)).unwrap();
    notebook.add(entries).unwrap();
    notebook
}

fn counted(count: &mut usize) -> [u8; 10] {
    *count += 1;
    ten(*count)
}

#[test]
fn every_entry_says_that_it_is_simulated() {
    let bodies = example(&at(NOW), 1).unwrap();
    assert!(bodies.len() > 300, "{}", bodies.len());
    for body in &bodies {
        let json = body.write();
        assert!(json.contains(&format!("\"{MARK}\":true")) && is_marked(&json), "{json}");
    }
    assert!(!is_marked("{}") && !is_marked("{\"example\":\"true\"}") && !is_marked("no JSON"));
}

#[test]
fn it_lies_behind_now_and_comes_up_to_it() {
    let now = at(NOW);
    let bodies = example(&now, 1).unwrap();
    assert!(bodies.iter().all(|b| b.end() <= now && b.start().time_zone() == now.time_zone()));
    assert_eq!(bodies[0].start().date().to_string(), "2026-05-25");
    assert!(*bodies.last().unwrap().start() > at("2026-07-24T06:00:00+02:00[Europe/Berlin]"));
}

#[test]
fn it_is_shown_as_an_example_beside_her_own() {
    let notebook = notebook(1);
    let lines = notebook.lines(&at(NOW), 1000);
    assert_eq!(lines.iter().filter(|l| !l.example).map(|l| l.output_ml).collect::<Vec<_>>(), [Some(77.0)]);
    assert_eq!(notebook.example_count() + 1, notebook.entry_count());
}

#[test]
fn clearing_takes_all_of_it_back_and_nothing_else() {
    let mut notebook = notebook(1);
    let marked = notebook.example_count();
    let mut count = 10_000;
    let cleared: Vec<Entry> = notebook.clear_example(&at(NOW), &mut || counted(&mut count));
    assert_eq!(
        (cleared.len(), notebook.example_count()),
        (marked, marked),
        "nothing changes before it is added"
    );
    notebook.add(cleared).unwrap();
    assert_eq!((notebook.example_count(), notebook.entry_count()), (0, 1));
    assert_eq!(notebook.lines(&at(NOW), 10)[0].output_ml, Some(77.0));
    assert!(notebook.clear_example(&at(NOW), &mut || counted(&mut count)).is_empty());
}

#[test]
fn a_seed_is_a_woman() {
    let of = |seed| example(&at(NOW), seed).unwrap();
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn a_twin_can_be_fitted_to_it() {
    let observed = Observed::at(notebook(1).journal(), &at(NOW));
    let twin = Twin::quick(&observed, 1).state();
    assert_eq!(twin.state, "ready", "{twin:?}");
}
