use crate::logs::{AUTUMN, EVE, at, entries, simulated, ten};
use letdown_engine::{
    coach::Goal,
    notebook::{Notebook, PumpDraft, Query, Typed},
};
use letdown_journal::{
    body::{Body, Diaper, Extra, Technique, Weight},
    entry::{Entry, Op},
    import::{AnswersWire, NamedBytes, Preview, Question},
    moment::Moment,
};

fn now() -> Moment {
    at("2026-11-24T12:00:00+01:00[Europe/Berlin]")
}

fn empty() -> Notebook {
    Notebook::new("phone").unwrap()
}

fn draft(json: &str) -> PumpDraft {
    serde_json::from_str(json).unwrap()
}

fn logged(json: &str) -> Entry {
    empty().log_pump(draft(json), &now(), [1; 10]).unwrap()
}

fn body(entry: &Entry) -> Body {
    entry.body().unwrap().unwrap()
}

/// What a notebook shows: kind, hour and output of each line.
fn shown(notebook: &Notebook) -> Vec<String> {
    let line = |l: letdown_engine::notebook::Line| format!("{} {} {:?}", l.kind, &l.at[11..16], l.output_ml);
    notebook.lines(&now(), 100).into_iter().map(line).collect()
}

#[test]
fn a_session_is_written_down_as_drafted() {
    let json = r#"{"start":"2026-11-24T09:30","left_ml":60,"right_ml":75.5,"minutes":18,
        "techniques":["massage","photo"],"note":"calm"}"#;
    let Body::Pump(pump) = body(&logged(json)) else { unreachable!() };
    assert_eq!(pump.start, at("2026-11-24T09:30:00+01:00[Europe/Berlin]"));
    assert_eq!((pump.output_ml(), pump.length_min()), (Some(135.5), Some(18.0)));
    assert_eq!(pump.techniques, [Technique::Massage, Technique::Photo]);
    assert_eq!(pump.note.as_deref(), Some("calm"));
}

#[test]
fn a_session_without_a_start_has_just_ended() {
    let body = body(&logged(r#"{"minutes":18,"total_ml":90}"#));
    assert_eq!((body.start(), body.end()), (&at("2026-11-24T11:42:00+01:00[Europe/Berlin]"), now()));
}

#[test]
fn ounces_are_kept_as_typed() {
    let typed = Some(Typed { amount: 4.5, unit: "oz".into() });
    let entry = empty().log_pump(PumpDraft { typed, ..PumpDraft::default() }, &now(), [1; 10]).unwrap();
    let Body::Pump(pump) = body(&entry) else { unreachable!() };
    let total = pump.total.unwrap();
    assert_eq!((total.as_ml(), total.0.as_typed()), (4.5 * 29.5735, Some("4.5 oz")));
}

#[test]
fn nothing_is_a_session_and_zero_is_a_volume() {
    let output = |json: &str| match body(&logged(json)) {
        Body::Pump(pump) => pump.output_ml(),
        other => unreachable!("{other:?}"),
    };
    assert_eq!((output("{}"), output(r#"{"total_ml":0}"#)), (None, Some(0.0)));
    assert!(!logged(r#"{"note":"  "}"#).write().contains("note"));
}

#[test]
fn what_is_no_session_gets_a_sentence() {
    let refused = |json: &str| empty().log_pump(draft(json), &now(), [1; 10]).unwrap_err().to_string();
    let cases = [
        (r#"{"total_ml":-5}"#, "-5 mL is not a volume of milk"),
        (r#"{"total_ml":1e9}"#, "is not a volume of milk"),
        (r#"{"start":"noon"}"#, "\"noon\" is not a time"),
        (r#"{"minutes":-1}"#, "minutes"),
        (r#"{"minutes":20000}"#, "20000 min must lie between"),
        (r#"{"typed":{"amount":4,"unit":"cups"}}"#, "\"cups\" is not a unit; it is ml or oz"),
    ];
    for (json, sentence) in cases {
        assert!(refused(json).contains(sentence), "{json}: {}", refused(json));
    }
    assert!(serde_json::from_str::<PumpDraft>(r#"{"totl_ml":5}"#).is_err());
}

#[test]
fn nothing_changes_until_it_is_added() {
    let mut notebook = empty();
    let entry = notebook.log_pump(draft(r#"{"total_ml":90}"#), &now(), [1; 10]).unwrap();
    assert_eq!((notebook.entry_count(), shown(&notebook).len()), (0, 0));
    notebook.add(vec![entry.clone(), entry.clone()]).unwrap();
    assert_eq!(shown(&notebook), ["pump 12:00 Some(90.0)"]);

    let removal = notebook.remove(&entry.root.to_string(), &now(), [2; 10]).unwrap();
    assert_eq!((removal.op, removal.seq, notebook.entry_count()), (Op::Del, 2, 1));
    notebook.add(vec![removal]).unwrap();
    assert_eq!(notebook.entry_count(), 0);

    let restored = notebook.restore(&entry.root.to_string(), &now(), [3; 10]).unwrap();
    assert_eq!((restored.op, restored.seq, notebook.entry_count()), (Op::Put, 3, 0));
    notebook.add(vec![restored]).unwrap();
    assert_eq!(shown(&notebook), ["pump 12:00 Some(90.0)"]);
}

#[test]
fn entries_come_in_any_order() {
    let mut there = empty();
    let first = there.log_pump(draft(r#"{"total_ml":90}"#), &now(), [1; 10]).unwrap();
    there.add(vec![first.clone()]).unwrap();
    let gone = there.remove(&first.root.to_string(), &now(), [2; 10]).unwrap();
    let mut here = empty();
    here.add(vec![gone]).unwrap();
    here.add(vec![first]).unwrap();
    assert_eq!(here.entry_count(), 0);
}

#[test]
fn two_devices_count_for_themselves() {
    let mut notebook = empty();
    let mut other = Notebook::new("tablet").unwrap();
    let theirs = other.log_pump(draft("{}"), &now(), [7; 10]).unwrap();
    other.add(vec![theirs.clone()]).unwrap();
    notebook.add(vec![theirs]).unwrap();
    let ours = notebook.log_pump(draft("{}"), &at("2026-11-24T11:00Z"), [8; 10]).unwrap();
    assert_eq!((ours.device.as_str(), ours.seq), ("phone", 1));
    assert!(ours.hlc > notebook.journal().alive().next().unwrap().hlc, "it is later than all it knows");
}

#[test]
fn what_is_not_there_cannot_be_taken_back() {
    let root = logged("{}").root.to_string();
    for text in [root.as_str(), "socks"] {
        for error in [empty().remove(text, &now(), [1; 10]), empty().restore(text, &now(), [1; 10])] {
            assert!(error.unwrap_err().to_string().contains(text));
        }
    }
    assert!(Notebook::new("My Phone!").is_err());
}

const CSV: &[u8] =
    b"Time,Amount,Note\n\"11/23/26, 3:10 AM\",135 ml,\n\"11/23/26, 7:10 AM\",4 oz,\n\"soon\",1 ml,\n";

fn read(notebook: &mut Notebook, answers: &AnswersWire) -> Result<Preview, letdown_engine::EngineError> {
    notebook.read_import(&[NamedBytes { name: "pump.csv", bytes: CSV }], answers, &now())
}

fn berlin() -> AnswersWire {
    AnswersWire { tz: Some("Europe/Berlin".into()), ..AnswersWire::default() }
}

fn taken(notebook: &mut Notebook, first: usize) -> Vec<Entry> {
    let mut count = first;
    notebook
        .take_import(&now(), &mut || {
            count += 1;
            ten(count)
        })
        .unwrap()
}

#[test]
fn an_import_is_shown_then_taken_then_undone() {
    let mut notebook = empty();
    let preview = read(&mut notebook, &berlin()).unwrap();
    let file = &preview.files[0];
    assert_eq!((preview.entries, file.read, file.rows_imported, file.skipped.len()), (2, 3, 2, 1));
    assert_eq!(notebook.entry_count(), 0, "a preview changes nothing");

    let entries = taken(&mut notebook, 0);
    assert_eq!((entries.len(), notebook.entry_count()), (2, 0));
    notebook.add(entries).unwrap();
    assert_eq!(shown(&notebook), ["pump 07:10 Some(118.3)", "pump 03:10 Some(135.0)"]);

    let undo = notebook.undo_import(&preview.batch, &now(), &mut || [5; 10]).unwrap();
    assert_eq!((undo.len(), notebook.entry_count()), (2, 2));
    notebook.add(undo).unwrap();
    assert_eq!(notebook.entry_count(), 0);
    assert!(notebook.undo_import(&preview.batch, &now(), &mut || [6; 10]).is_err());

    assert_eq!(read(&mut notebook, &berlin()).unwrap().entries, 2, "what was undone may come again");
}

/// Reads, takes and keeps a file of one session.
fn brought_in(notebook: &mut Notebook, line: &str, first: usize) -> String {
    let bytes = format!("start,total_ml\n{line}\n");
    let file = NamedBytes { name: "mine.csv", bytes: bytes.as_bytes() };
    let batch = notebook.read_import(&[file], &AnswersWire::default(), &now()).unwrap().batch;
    let entries = taken(notebook, first);
    notebook.add(entries).unwrap();
    batch
}

#[test]
fn two_imports_of_one_moment_are_two() {
    let mut notebook = empty();
    let first = brought_in(&mut notebook, "2026-11-23T03:00Z,60", 0);
    let second = brought_in(&mut notebook, "2026-11-23T07:00Z,70", 10);
    let third = brought_in(&mut notebook, "2026-11-23T11:00Z,80", 20);
    assert_eq!((second, third.clone()), (format!("{first}-2"), format!("{first}-3")));

    let undo = notebook.undo_import(&first, &now(), &mut || [5; 10]).unwrap();
    notebook.add(undo).unwrap();
    assert_eq!(shown(&notebook), ["pump 11:00 Some(80.0)", "pump 07:00 Some(70.0)"]);
    let fourth = brought_in(&mut notebook, "2026-11-23T03:00Z,60", 30);
    assert_eq!(fourth, format!("{first}-4"), "a name that was taken back is not used again");
}

#[test]
fn a_line_says_what_a_scale_showed_and_a_diaper_held() {
    let mut author = letdown_journal::author::Author::new("phone").unwrap();
    let weight = Weight { typed: Some("4.21 kg".into()), ..Weight::at(now(), 4210.0) };
    let bodies = [Body::Weight(weight), Body::Diaper(Diaper::at(now(), true, false))];
    let mut notebook = empty();
    notebook.add(bodies.iter().enumerate().map(|(i, b)| author.put(b, 1_000, ten(i))).collect()).unwrap();
    let [diaper, weight] = &notebook.lines(&now(), 2)[..] else { unreachable!() };
    assert_eq!((weight.weight_g, weight.weight_typed.as_deref()), (Some(4210.0), Some("4.21 kg")));
    assert_eq!((weight.wet, diaper.weight_g), (None, None));
    assert_eq!((diaper.wet, diaper.soiled), (Some(true), Some(false)));
}

#[test]
fn an_import_made_twice_adds_nothing() {
    let mut notebook = empty();
    read(&mut notebook, &berlin()).unwrap();
    let entries = taken(&mut notebook, 0);
    notebook.add(entries).unwrap();
    let again = read(&mut notebook, &AnswersWire::default()).unwrap();
    assert_eq!(
        (again.entries, again.files[0].rows_duplicate),
        (0, 2),
        "the zone is that of the newest entry"
    );
    assert!(taken(&mut notebook, 100).is_empty());
}

#[test]
fn an_import_is_taken_once() {
    let mut notebook = empty();
    let none = notebook.take_import(&now(), &mut || [1; 10]).unwrap_err();
    assert_eq!(none.to_string(), "no import has been read");
    read(&mut notebook, &berlin()).unwrap();
    assert_eq!(taken(&mut notebook, 0).len(), 2);
    assert!(notebook.take_import(&now(), &mut || [1; 10]).is_err());
}

#[test]
fn an_import_asks_for_what_it_needs() {
    let open = read(&mut empty(), &AnswersWire::default()).unwrap_err();
    assert_eq!(open.needs(), Some(Question::Zone));
    let wrong = |json: &str| {
        let answers: AnswersWire = serde_json::from_str(json).unwrap();
        read(&mut empty(), &answers).unwrap_err()
    };
    for (json, sentence) in [
        (r#"{"tz":"Berlin"}"#, "\"Berlin\" is not a time zone"),
        (r#"{"date_order":"ymd"}"#, "\"ymd\" is not a date order; it is mdy or dmy"),
        (r#"{"unit":"cups"}"#, "\"cups\" is not a unit; it is ml or oz"),
        (r#"{"weight_unit":"stone"}"#, "\"stone\" is not a unit of weight; it is kg, g or lb"),
    ] {
        let error = wrong(json);
        assert!(error.to_string().contains(sentence) && error.needs().is_none(), "{json}: {error}");
    }
}

#[test]
fn lines_are_the_newest_first_and_no_more_than_asked() {
    let mut notebook = empty();
    for (i, hour) in [8, 11, 5].into_iter().enumerate() {
        let json = format!(r#"{{"start":"2026-11-24T{hour:02}:00","total_ml":{hour}}}"#);
        let entry = notebook.log_pump(draft(&json), &now(), ten(i)).unwrap();
        notebook.add(vec![entry]).unwrap();
    }
    assert_eq!(shown(&notebook), ["pump 11:00 Some(11.0)", "pump 08:00 Some(8.0)", "pump 05:00 Some(5.0)"]);
    let two = notebook.lines(&now(), 2);
    assert_eq!(two.iter().map(|l| l.output_ml).collect::<Vec<_>>(), [Some(11.0), Some(8.0)]);
}

#[test]
fn an_odd_line_says_so() {
    let mut notebook = empty();
    let entry = notebook.log_pump(draft(r#"{"total_ml":1331}"#), &now(), [1; 10]).unwrap();
    notebook.add(vec![entry]).unwrap();
    let line = notebook.lines(&now(), 1).remove(0);
    assert_eq!(line.output_ml, Some(1331.0));
    assert!(line.flags[0].starts_with("1331 mL is more than"), "{:?}", line.flags);
}

#[test]
fn without_a_fit_a_forecast_says_why() {
    let mut notebook = empty();
    let error = notebook.forecast(&now(), 7).unwrap_err().to_string();
    assert_eq!(error, "Your log has not been read yet.");
    assert_eq!(notebook.fit(&now()).state, "too_little");
    assert!(notebook.forecast(&now(), 7).unwrap_err().to_string().starts_with("After "));
}

#[test]
fn a_session_more_is_taken_in_at_once_until_it_is_fitted() {
    let mut notebook = empty();
    let mut all = entries(&simulated(AUTUMN, 3));
    let known = |e: &Entry| body(e).end() <= at(EVE);
    all.retain(known);
    let newest = all.pop().unwrap();
    notebook.add(all).unwrap();
    let look = notebook.take_in(&at(EVE));
    assert_eq!((look.state, look.standing, look.r_hat), ("ready", Some("provisional"), None));
    assert!(look.message.starts_with("A first look at "), "{}", look.message);
    assert!(notebook.today(&at(EVE)).supply_ml_per_day.is_some());

    let fitted = notebook.fit(&at(EVE));
    assert_eq!((fitted.state, fitted.standing), ("ready", Some("fresh")));
    notebook.add(vec![newest]).unwrap();
    let taken_in = notebook.take_in(&at(EVE));
    assert_eq!(taken_in.standing, Some("provisional"));
    assert_eq!(taken_in.message, "From your last fit, with the newest session taken in.");
    assert_eq!(taken_in.fitted_sessions, fitted.fitted_sessions + 1);
}

#[test]
fn a_kept_fit_is_there_at_the_next_visit() {
    let mut notebook = empty();
    let mut all = entries(&simulated(AUTUMN, 3));
    all.retain(|e: &Entry| body(e).end() <= at(EVE));
    let newest = all.pop().unwrap();
    notebook.add(all.clone()).unwrap();
    assert!(notebook.keep_fit().is_none());
    let fitted = notebook.fit(&at(EVE));
    let kept = notebook.keep_fit().unwrap();

    let mut next = empty();
    next.add(all.clone()).unwrap();
    next.remember_fit(&kept).unwrap();
    assert_eq!(next.take_in(&at(EVE)), fitted, "nothing is new: it is the fit, fresh");
    assert_eq!(next.today(&at(EVE)), notebook.today(&at(EVE)));
    assert_eq!(next.keep_fit().unwrap(), kept);

    let oldest = all.first().unwrap().root.to_string();
    next.add(vec![newest]).unwrap();
    assert_eq!(next.take_in(&at(EVE)).message, "From your last fit, with the newest session taken in.");

    // A fit of a log that is no longer the same stands for nothing.
    let mended = notebook.edit(&oldest, said(r#"{"total_ml": 33}"#), &at(EVE), [9; 10]).unwrap();
    let mut other = empty();
    other.add(all).unwrap();
    other.add(vec![mended]).unwrap();
    let refused = other.remember_fit(&kept).unwrap_err().to_string();
    assert!(refused.contains("another log"), "{refused}");
    assert!(other.remember_fit(b"nothing of the kind").is_err());
}

#[test]
fn the_coach_follows_the_plan_that_was_kept_until_its_last_day() {
    let goal = |plans: &[&str], now: &str| {
        let plans: Vec<(&str, &str)> = plans.iter().map(|fields| ("plan", *fields)).collect();
        of(&plans).coach_knows(&at(now)).goal
    };
    let raise =
        r#"{"start": "2026-10-01T08:00:00+02:00[Europe/Berlin]", "goal": "raise", "until": "2026-10-15"}"#;
    let wean =
        r#"{"start": "2026-10-05T08:00:00+02:00[Europe/Berlin]", "goal": "wean", "until": "2026-11-02"}"#;
    let on = |day: &str| format!("2026-10-{day}T12:00:00+02:00[Europe/Berlin]");
    assert_eq!(goal(&[], &on("02")), Goal::Hold);
    assert_eq!(goal(&[raise], &on("02")), Goal::Raise);
    assert_eq!(goal(&[raise], &on("15")), Goal::Raise);
    assert_eq!(goal(&[raise], &on("16")), Goal::Hold);
    assert_eq!(goal(&[raise, wean], &on("04")), Goal::Raise, "what was kept later is not known yet");
    assert_eq!(goal(&[raise, wean], &on("06")), Goal::Wean);
}

fn said(value: &str) -> Extra {
    serde_json::from_str(value).unwrap()
}

/// A notebook after these were logged, each `(kind, fields)`.
fn of(logged: &[(&str, &str)]) -> Notebook {
    let mut notebook = empty();
    for (i, (kind, fields)) in logged.iter().enumerate() {
        let entry = notebook.log(kind, said(fields), &now(), ten(i)).unwrap();
        notebook.add(vec![entry]).unwrap();
    }
    notebook
}

fn babies(notebook: &Notebook) -> Vec<(String, Vec<String>, bool)> {
    notebook.babies().into_iter().map(|k| (k.name, k.also, k.root.is_some())).collect()
}

#[test]
fn babies_are_those_written_down_by_birth_and_those_the_log_names() {
    let mut notebook = of(&[
        ("diaper", r#"{"wet":true,"soiled":false,"baby":"Zoe"}"#),
        ("bottle", r#"{"milk":"formula","baby":"  "}"#),
        ("baby", r#"{"name":"Ida","born":"2026-10-03"}"#),
        ("baby", r#"{"name":"Mila","born":"2024-01-31","gestation_days":276}"#),
        ("baby", r#"{"birth_weight_g":3340}"#),
        ("weight", r#"{"weight_typed":"4.12 kg","baby":"Ida"}"#),
        ("nurse", r#"{"minutes":12,"baby":"Ann"}"#),
    ]);
    let named = |name: &str, written: bool| (name.to_owned(), Vec::new(), written);
    assert_eq!(
        babies(&notebook),
        [named("Mila", true), named("Ida", true), named("Ann", false), named("Zoe", false)]
    );
    let mila = notebook.babies()[0].clone();
    assert_eq!((mila.born.as_deref(), mila.gestation_days), (Some("2024-01-31"), Some(276)));

    let gone = notebook.lines(&now(), 100).into_iter().find(|l| l.kind == "diaper").unwrap();
    let gone = notebook.remove(&gone.root, &now(), [9; 10]).unwrap();
    notebook.add(vec![gone]).unwrap();
    assert!(!babies(&notebook).iter().any(|(name, ..)| name == "Zoe"), "nothing names Zoe any more");
}

#[test]
fn a_baby_that_is_called_otherwise_is_one_baby() {
    let mut notebook =
        of(&[("baby", r#"{"name":"Baby A"}"#), ("diaper", r#"{"wet":true,"soiled":false,"baby":"Baby A"}"#)]);
    let root = notebook.babies()[0].root.clone().unwrap();
    let renamed = notebook.edit(&root, said(r#"{"name":"Mila"}"#), &now(), [9; 10]).unwrap();
    notebook.add(vec![renamed]).unwrap();
    assert_eq!(babies(&notebook), [("Mila".to_owned(), vec!["Baby A".to_owned()], true)]);
}

#[test]
fn a_long_log_is_found_in_pieces_and_read_ahead_in_pieces() {
    let drafts: Vec<String> = (0..40)
        .map(|i| format!(r#"{{"start":"2026-11-2{}T08:{:02}","total_ml":{i}}}"#, i % 4, i % 60))
        .collect();
    let logged: Vec<(&str, &str)> = drafts.iter().map(|draft| ("pump", draft.as_str())).collect();
    let notebook = of(&logged);
    let find = |query: Query| -> Vec<String> {
        notebook.find(&query, &now()).unwrap().into_iter().map(|line| line.root).collect()
    };
    let all = find(Query::default());
    let at: Vec<String> = notebook.lines(&now(), 100).into_iter().map(|line| line.at).collect();
    assert!(all.len() == 40 && at.windows(2).all(|w| w[0] >= w[1]), "{at:?}");
    let pieces: Vec<String> = (0..=40)
        .step_by(7)
        .flat_map(|skip| find(Query { skip, limit: Some(7), ..Query::default() }))
        .collect();
    assert_eq!(pieces, all);

    let wanted = Query { text: Some("3 mL".into()), ..Query::default() };
    let before = find(wanted.clone());
    let left: Vec<usize> = (0..4).map(|_| notebook.read_ahead(15)).collect();
    assert!(left.windows(2).all(|w| w[0] >= w[1]) && left[3] == 0, "{left:?}");
    assert_eq!((find(wanted), before.len()), (before, 4));
}

#[test]
fn what_changed_stands_where_it_stands_now() {
    let mut notebook = of(&[
        ("pump", r#"{"start":"2026-11-24T08:00","total_ml":60}"#),
        ("pump", r#"{"start":"2026-11-24T09:00","total_ml":70}"#),
    ]);
    let older = notebook.lines(&now(), 2)[1].root.clone();
    let moved = notebook.edit(&older, said(r#"{"start":"2026-11-24T10:00"}"#), &now(), [7; 10]).unwrap();
    notebook.add(vec![moved]).unwrap();
    assert_eq!(shown(&notebook), ["pump 10:00 Some(60.0)", "pump 09:00 Some(70.0)"]);
    assert_eq!(notebook.entry_count(), 2);
    let gone = notebook.remove(&older, &now(), [8; 10]).unwrap();
    notebook.add(vec![gone]).unwrap();
    assert_eq!((shown(&notebook), notebook.entry_count()), (vec!["pump 09:00 Some(70.0)".to_owned()], 1));
    let back = notebook.restore(&older, &now(), [9; 10]).unwrap();
    notebook.add(vec![back]).unwrap();
    assert_eq!(shown(&notebook).len(), 2);
}
