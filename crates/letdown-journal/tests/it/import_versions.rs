//! A row that was changed in the app becomes a version; what she did here wins.

use crate::import::{answers, file, now, says};
use letdown_journal::{
    author::Author,
    body::{Body, Pump},
    entry::Entry,
    fold::Folded,
    import::{Admission, FileCounts, admit, read, undo},
    volume::Output,
};

/// A journal that imports.
struct Kept {
    author: Author,
    entries: Vec<Entry>,
    imports: u64,
}

impl Kept {
    fn new() -> Self {
        Self { author: Author::new("phone").unwrap(), entries: Vec::new(), imports: 0 }
    }

    fn folded(&self) -> Folded {
        Folded::of(self.entries.clone())
    }

    fn import(&mut self, files: &[(&str, &str)]) -> Vec<FileCounts> {
        let files: Vec<_> = files.iter().map(|(name, text)| file(name, text)).collect();
        self.imports += 1;
        let batch = format!("batch-{}", self.imports);
        let admission = admit(read(&files, &answers(), now()).unwrap(), &self.folded(), &batch);
        admission.files.iter().for_each(crate::import::adds_up);
        self.take(&admission);
        admission.files
    }

    fn take(&mut self, admission: &Admission) {
        let mut n = 0;
        let mut random = || {
            n += 1;
            [n, 1, 2, 3, 4, 5, 6, 7, 8, 9]
        };
        let now_ms = 1_000 * self.imports;
        self.entries.extend(admission.entries(&mut self.author, now_ms, &mut random));
    }

    fn undo(&mut self, batch: &str) -> usize {
        self.imports += 1;
        let undone = undo(&self.folded(), batch, &mut self.author, 1_000 * self.imports, &mut || [9; 10]);
        self.entries.extend(undone.iter().cloned());
        undone.len()
    }

    fn standing(&self) -> Vec<String> {
        let folded = self.folded();
        let mut said: Vec<String> =
            folded.alive().map(|entry| says(&entry.body().unwrap().unwrap())).collect();
        said.sort();
        said
    }

    /// Changes the total of the first fact whose line holds `what`.
    fn mend(&mut self, what: &str, ml: f64) {
        let entry = self.find(what);
        let Body::Pump(pump) = entry.body().unwrap().unwrap() else { unreachable!() };
        let body = Body::Pump(Pump { total: Some(Output::ml(ml).unwrap()), ..pump });
        self.entries.push(self.author.edit(&entry, &body, 50_000, [8; 10]));
    }

    fn delete(&mut self, what: &str) {
        let entry = self.find(what);
        self.entries.push(self.author.delete(&entry, 60_000, [7; 10]));
    }

    fn find(&self, what: &str) -> Entry {
        let folded = self.folded();
        let mut alive = folded.alive();
        alive.find(|entry| says(&entry.body().unwrap().unwrap()).contains(what)).unwrap().clone()
    }
}

fn pumps(rows: &[(&str, &str)]) -> String {
    let row = |(time, ml): &(&str, &str)| format!("\"3/14/26, {time}\",{ml} ml\n");
    "Time,Amount,Note\n".to_owned() + &rows.iter().map(row).collect::<String>()
}

fn bottles(baby: &str, rows: &[(&str, &str)]) -> String {
    let row = |(time, ml): &(&str, &str)| format!("{baby},\"3/14/26, {time}\",{ml} ml\n");
    "Baby,Time,Amount,Note\n".to_owned() + &rows.iter().map(row).collect::<String>()
}

fn counts(files: &[FileCounts]) -> (usize, usize, usize) {
    let changed = files.iter().flat_map(|file| file.changed.values()).sum();
    let sum = |of: fn(&FileCounts) -> usize| files.iter().map(of).sum();
    (sum(|f| f.rows_imported), sum(|f| f.rows_duplicate), changed)
}

const EARLY: [(&str, &str); 2] = [("5:05 AM", "35"), ("9:40 AM", "42")];

#[test]
fn a_changed_row_is_a_version() {
    let mut kept = Kept::new();
    kept.import(&[("pump.csv", &pumps(&EARLY))]);
    let later = pumps(&[("5:05 AM", "35"), ("9:40 AM", "62"), ("1:00 PM", "50")]);
    assert_eq!(counts(&kept.import(&[("pump.csv", &later)])), (2, 1, 1));
    let expected = [
        "pump 2026-03-14T05:05 min -,-,- ml -,-,35",
        "pump 2026-03-14T09:40 min -,-,- ml -,-,62",
        "pump 2026-03-14T13:00 min -,-,- ml -,-,50",
    ];
    assert_eq!(kept.standing(), expected);
    assert_eq!(counts(&kept.import(&[("pump.csv", &later)])), (0, 3, 0), "again it brings nothing");
    assert_eq!(counts(&kept.import(&[("pump.csv", &pumps(&EARLY))])), (0, 2, 0), "nor does the older one");
    assert_eq!(kept.standing(), expected);
}

#[test]
fn an_older_export_after_the_newer_one_changes_nothing() {
    let later = pumps(&[("5:05 AM", "35"), ("9:40 AM", "62"), ("1:00 PM", "50")]);
    for together in [true, false] {
        let mut kept = Kept::new();
        if together {
            assert_eq!(counts(&kept.import(&[("a.csv", &pumps(&EARLY)), ("b.csv", &later)])), (3, 2, 0));
        } else {
            kept.import(&[("pump.csv", &later)]);
            assert_eq!(counts(&kept.import(&[("pump.csv", &pumps(&EARLY))])), (0, 2, 0));
        }
        assert_eq!(kept.standing().len(), 3);
        assert!(kept.standing().iter().any(|said| said.ends_with(",62")));
    }
}

#[test]
fn what_she_did_here_wins() {
    let mut kept = Kept::new();
    kept.import(&[("pump.csv", &pumps(&EARLY))]);
    kept.mend(",35", 40.0);
    kept.delete(",42");
    let files =
        kept.import(&[("pump.csv", &pumps(&[("5:05 AM", "36"), ("9:40 AM", "62"), ("1:00 PM", "50")]))]);
    assert_eq!(counts(&files), (1, 2, 0));
    assert!(files[0].flags.iter().any(|f| f.row == 2 && f.what.contains("what you changed here stays")));
    let expected = ["pump 2026-03-14T05:05 min -,-,- ml -,-,40", "pump 2026-03-14T13:00 min -,-,- ml -,-,50"];
    assert_eq!(kept.standing(), expected);
}

#[test]
fn identifiers_find_a_row_that_moved_and_one_that_was_deleted_here() {
    let table = |rows: &[&str]| format!("id,child_id,start,end,amount,notes\n{}\n", rows.join("\n"));
    let mut kept = Kept::new();
    let old =
        table(&["1,1,2026-02-03 09:00,2026-02-03 09:18,120,", "2,1,2026-02-03 14:00,2026-02-03 14:18,90,"]);
    kept.import(&[("pumping.csv", &old)]);
    kept.delete(",90");
    let new =
        table(&["1,1,2026-02-03 09:30,2026-02-03 09:48,125,", "2,1,2026-02-03 14:00,2026-02-03 14:18,95,"]);
    assert_eq!(counts(&kept.import(&[("pumping.csv", &new)])), (1, 1, 1));
    assert_eq!(kept.standing(), ["pump 2026-02-03T09:30 min 18,-,- ml -,-,125"]);
    let another_year = table(&["1,1,2027-02-03 09:00,2027-02-03 09:18,80,"]);
    assert_eq!(counts(&kept.import(&[("pumping.csv", &another_year)])), (1, 0, 0), "an app set up anew");
    assert_eq!(kept.standing().len(), 2);
}

#[test]
fn two_children_in_two_files_without_names_are_two_logs() {
    let hours = [("5:00 AM", "60"), ("8:00 AM", "60"), ("11:00 AM", "70")];
    let other = [("5:00 AM", "40"), ("8:00 AM", "60"), ("11:00 AM", "50")];
    let (one, two) = (bottles("", &hours), bottles("", &other));
    for together in [true, false] {
        let mut kept = Kept::new();
        if together {
            kept.import(&[("one.csv", &one), ("two.csv", &two)]);
        } else {
            kept.import(&[("one.csv", &one)]);
            kept.import(&[("two.csv", &two)]);
        }
        // The feed that is alike in both cannot be told from the same row twice.
        assert_eq!(kept.standing().len(), 5, "together {together}");
    }
}

#[test]
fn two_bottles_at_one_minute_are_two() {
    let mut kept = Kept::new();
    kept.import(&[("b.csv", &bottles("Mila", &[("5:00 AM", "60"), ("8:00 AM", "60")]))]);
    let more = bottles("Mila", &[("5:00 AM", "60"), ("5:00 AM", "20"), ("8:00 AM", "60")]);
    assert_eq!(counts(&kept.import(&[("b.csv", &more)])), (1, 2, 0));
    assert_eq!(kept.standing().len(), 3);
}

#[test]
fn undoing_an_import_takes_back_what_it_brought_and_what_it_changed() {
    let mut kept = Kept::new();
    kept.import(&[("pump.csv", &pumps(&EARLY))]);
    let before = kept.standing();
    let later = pumps(&[("5:05 AM", "35"), ("9:40 AM", "62"), ("1:00 PM", "50")]);
    kept.import(&[("pump.csv", &later)]);
    let after = kept.standing();
    assert_eq!(kept.undo("batch-2"), 2);
    assert_eq!(kept.standing(), before);
    assert_eq!(kept.undo("batch-2"), 0, "there is nothing left of it");
    assert_eq!(counts(&kept.import(&[("pump.csv", &later)])), (2, 1, 1), "it may be made again");
    assert_eq!(kept.standing(), after);
    assert_eq!(kept.undo("batch-1"), 1, "what a later import changed is the later one's");
}

#[test]
fn of_two_new_rows_at_one_minute_only_one_is_the_changed_one() {
    let mut kept = Kept::new();
    kept.import(&[("b.csv", &bottles("Mila", &[("5:00 AM", "60"), ("8:00 AM", "60")]))]);
    let split = bottles("Mila", &[("5:00 AM", "40"), ("5:00 AM", "20"), ("8:00 AM", "60")]);
    assert_eq!(counts(&kept.import(&[("b.csv", &split)])), (2, 1, 1));
    let standing = kept.standing();
    let drunk =
        |ml: &str| standing.iter().filter(|said| said.contains(&format!("T05:00 - min {ml} ml"))).count();
    assert_eq!((drunk("40"), drunk("20"), drunk("60"), standing.len()), (1, 1, 0, 3), "{standing:?}");
    assert_eq!(counts(&kept.import(&[("b.csv", &split)])), (0, 3, 0));
}

#[test]
fn an_older_and_a_newer_file_at_once_change_a_fact_once() {
    let table = |ml: u32, rest: &str| {
        format!("id,child_id,start,end,amount,notes\n1,1,2026-02-03 09:00,2026-02-03 09:18,{ml},\n{rest}")
    };
    let first = pumps(&EARLY);
    let older = pumps(&[("5:05 AM", "35"), ("9:40 AM", "52"), ("1:00 PM", "50")]);
    let newer = pumps(&[("5:05 AM", "35"), ("9:40 AM", "62"), ("1:00 PM", "50"), ("4:00 PM", "55")]);
    let (old, new) = (table(120, ""), table(125, "2,1,2026-02-04 09:00,2026-02-04 09:18,90,\n"));
    for [a, b] in [[&older, &newer], [&newer, &older]] {
        let mut kept = Kept::new();
        kept.import(&[("pump.csv", &first)]);
        kept.import(&[("a.csv", a), ("b.csv", b)]);
        let standing = kept.standing();
        assert_eq!((standing.len(), standing[1].ends_with(",62")), (4, true), "{standing:?}");
    }
    for [a, b] in [[&old, &new], [&new, &old]] {
        let mut kept = Kept::new();
        kept.import(&[("a.csv", a), ("b.csv", b)]);
        let standing = kept.standing();
        assert_eq!((standing.len(), standing[0].ends_with(",125")), (2, true), "{standing:?}");
    }
}

#[test]
fn of_rows_that_say_the_same_the_first_note_stays() {
    let row = |note: &str| format!("\"3/14/26, 5:05 AM\",35 ml,{note}\n");
    let log = |notes: &[&str]| {
        "Time,Amount,Note\n".to_owned() + &notes.iter().map(|note| row(note)).collect::<String>()
    };
    let note_of = |kept: &Kept| {
        let body = kept.find(",35").body().unwrap().unwrap();
        body.note().map(str::to_owned)
    };
    let check = |files: &[&[&str]], expected: &str| {
        let logs: Vec<String> = files.iter().map(|notes| log(notes)).collect();
        let files: Vec<(&str, &str)> = logs.iter().map(|log| ("pump.csv", log.as_str())).collect();
        let mut kept = Kept::new();
        kept.import(&files);
        assert_eq!(note_of(&kept).as_deref(), Some(expected), "{logs:?}");
        let (imported, _, changed) = counts(&kept.import(&files));
        assert_eq!((imported, changed), (0, 0), "again it brings nothing: {logs:?}");
        assert_eq!(note_of(&kept).as_deref(), Some(expected), "{logs:?}");
    };
    check(&[&["calm", "tired"]], "calm");
    check(&[&["", "tired", "calm"]], "tired");
    check(&[&["calm", "tired", ""]], "calm");
    // Of two files that end alike the later one counts as the newer.
    check(&[&["calm"], &["tired"]], "tired");
    check(&[&["calm"], &["tired", "calm"]], "tired");
    check(&[&["calm"], &[""]], "calm");
}

#[test]
fn a_note_of_one_side_leaves_a_nursing_of_two_as_it_is() {
    let table = |rows: &str| format!("id,child_id,start,end,type,method,amount,notes\n{rows}");
    let right = "2,1,2026-02-03 04:10,2026-02-03 04:22,breast milk,right breast,,";
    let left = "1,1,2026-02-03 03:58,2026-02-03 04:05,breast milk,left breast,,\n";
    let mut kept = Kept::new();
    kept.import(&[("f.csv", &table(&format!("{right}\n{left}")))]);
    let both = kept.standing();
    assert_eq!(counts(&kept.import(&[("f.csv", &table(&format!("{right}sleepy\n")))])), (0, 1, 0));
    assert_eq!(kept.standing(), both);
}
