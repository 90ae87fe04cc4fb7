use letdown_trace::{
    files::{self, Format, Log, MAX_BYTES, Remark, read},
    reading::Reading,
};
use proptest::prelude::*;

fn fixture(name: &str) -> Log {
    let path = format!("{}/../../fixtures/traces/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::File::open(path).and_then(|mut file| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).map(|_| bytes)
    });
    read(name, &bytes.unwrap()).unwrap()
}

fn pairs(text: &str) -> Vec<(f64, f64)> {
    read("x.csv", text.as_bytes()).unwrap().readings.iter().map(|r| (r.t_s, r.mass_g)).collect()
}

fn refused(text: impl AsRef<[u8]>) -> String {
    let said = read("x.csv", text.as_ref()).unwrap_err().to_string();
    assert!(said.starts_with("x.csv") && said.lines().count() == 1 && said.len() < 300, "{said}");
    said
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn a_session_stays_on_its_clock() {
    let log = fixture("session.csv");
    assert_eq!((log.format, log.readings.len(), log.sides.is_none()), (Format::Table, 720 * 4 - 6 * 4, true));
    assert_eq!(log.readings[0], Reading::new(5.014, 142.3));
    assert_eq!(log.remarks, []);
}

#[test]
fn two_scales_are_read_and_summed() {
    let log = fixture("two-scales.csv");
    let sides = log.sides.unwrap();
    assert_eq!((sides.left.len(), sides.right.len(), log.readings.len()), (720, 720, 720));
    let last = [sides.left[719].mass_g, sides.right[719].mass_g];
    // 20 and 21 mL at 1.03 g to the mL, but for what still drips.
    assert!((last[0] - 20.6).abs() < 0.5 && (last[1] - 21.6).abs() < 0.5, "{last:?}");
    assert!(log.readings.iter().zip(&sides.left).zip(&sides.right).all(|((both, l), r)| {
        (both.t_s, l.t_s) == (l.t_s, r.t_s) && near(both.mass_g, l.mass_g + r.mass_g)
    }));
}

#[test]
fn a_brew_begins_at_zero_and_passes_midnight() {
    let log = fixture("brew.json");
    assert_eq!((log.format, log.readings.len()), (Format::Beanconqueror, 960));
    assert_eq!(log.readings[0], Reading::new(0.0, 0.0));
    assert!(log.readings.windows(2).all(|two| (0.15..0.35).contains(&(two[1].t_s - two[0].t_s))));
    // The raw series ends at 35 mL; the smoothed one beside it lags.
    assert!((log.readings[959].mass_g - 36.0).abs() < 3.0);
    let flow_alone =
        br#" {"weight":[{"timestamp":"10:00:00.500","actual_weight":"1.5","actual_smoothed_weight":9},
        {"timestamp":"10:00:00.400","actual_weight":-2}],"waterFlow":[]}"#;
    let readings = read("flow.json", flow_alone).unwrap().readings;
    assert_eq!(readings[0], Reading::new(0.0, 1.5));
    assert!(near(readings[1].t_s, -0.1) && near(readings[1].mass_g, -2.0), "a step back stays: {readings:?}");
}

#[test]
fn an_espresso_machine_is_known() {
    let log = fixture("espresso.csv");
    assert_eq!((log.format, log.readings.len(), log.remarks.len()), (Format::Decent, 960, 0));
    assert!(log.readings[959].mass_g > 17.0);
}

#[test]
fn tables_are_read_however_they_are_written() {
    let same = [(0.0, 1.5), (0.5, 2.5)];
    for text in [
        "t_s,mass_g\n0,1.5\n0.5,2.5\n",
        "\u{feff}t_s;mass_g\r\n0;1,5\r\n0,5;2,5",
        "t_s\tmass_g\r0\t1,5\r0,5\t2.5\r",
        "# a\n\nmass_g,flow,t_s\n# b\n1.5,9,0\n\n ,, \n2.5,9,0.5,more\n",
        "\"Time [ms]\",\"Weight (kg)\"\n0,0.0015\n\"500\",0.0025\n",
        "elapsed_min,weight_g\n0,1.5\n0.00833333333333333333,2.5\n",
    ] {
        let read = pairs(text);
        assert!(
            read.len() == 2 && read.iter().zip(same).all(|(a, b)| near(a.0, b.0) && near(a.1, b.1)),
            "{text}: {read:?}"
        );
    }
    assert!(near(pairs("t_s,mass_oz\n0,2\n")[0].1, 56.699_046_25));
    assert_eq!(pairs("time,weight\n23:59:59.5,1\n0:00:00.5,2\n"), [(86_399.5, 1.0), (86_400.5, 2.0)]);
    assert_eq!(
        pairs("timestamp,weight\n2026-11-24T00:00:01Z,1\n2026-11-24 00:00:03Z,2\n"),
        [(1.0, 1.0), (3.0, 2.0)]
    );
}

#[test]
fn what_comes_twice_or_out_of_order_stays() {
    let text = "t_s,mass_g\n1,5\n1,5\n0.5,-4\n1,6\n";
    assert_eq!(pairs(text), [(1.0, 5.0), (1.0, 5.0), (0.5, -4.0), (1.0, 6.0)]);
}

#[test]
fn nothing_is_left_out_or_decided_without_a_word() {
    let log = read("x.csv", b"time,weight\n0,1\n1,\n2,nan\n3\n4,5\n").unwrap();
    assert_eq!(log.readings, [Reading::new(0.0, 1.0), Reading::new(4.0, 5.0)]);
    let assumed = |column: &str, unit| Remark::Assumed { column: column.into(), unit };
    assert_eq!(
        log.remarks,
        [assumed("time", "seconds"), assumed("weight", "grams"), Remark::NoMass { rows: 3, first: 3 }]
    );
    let said: Vec<String> = log.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(said[1], "the column \"weight\" names no unit and was read in grams");
    assert_eq!(said[2], "3 rows hold no mass and were left out, the first is row 3");
}

#[test]
fn one_scale_of_two_may_be_silent() {
    let log = read("x.csv", b"t_s,left_g,right_g\n0,1,\n0.5,,2\n1,3,\n9,4,\n9.5,5,6\n").unwrap();
    let sides = log.sides.unwrap();
    assert_eq!((sides.left.len(), sides.right.len()), (4, 2));
    let sums: Vec<(f64, f64)> = log.readings.iter().map(|r| (r.t_s, r.mass_g)).collect();
    assert_eq!(sums, [(0.5, 3.0), (1.0, 5.0), (9.5, 11.0)], "at 9 s the right scale was silent too long");
}

#[test]
fn what_cannot_be_read_is_said_with_its_row_and_a_mend() {
    for (text, words) in [
        ("", "x.csv is empty; save it from the scale's app once more"),
        (" \n\n", "is empty"),
        ("# only a comment\n", "is empty"),
        ("t_s,mass_g\n", "holds names of columns and no readings"),
        ("0,1\n1,2\n", "row 1: this looks like data; put a row with the names of the columns above it"),
        (
            "t_s,flow\n0,1\n",
            "no column for the mass. Its columns are: \"t_s, flow\". Name one of them mass_g",
        ),
        ("t_s,mass_g\n\n0,1\n1;2,3\n", "row 4, column \"t_s\": \"1;2\" is not a time; correct it"),
        ("t_s,mass_g\n0,1\n1,heavy\n", "row 3, column \"mass_g\": \"heavy\" is not a number; correct it"),
        ("t_s,mass_g\n0,1,5\n1,inf\n", "row 3, column \"mass_g\": \"inf\" is not a number"),
        ("t_s,mass_g\n0,1\n,2\n", "row 3: the cell under \"t_s\" is missing; fill it in or take the row out"),
        (
            "t_s,mass_g\n0,1\n1,20001\n",
            "row 3, column \"mass_g\": \"20001\" is more than a kitchen scale can carry",
        ),
        ("t_s,mass_g\n0,1\n1,\"2\n", "row 3: a quote (\") opens there and never closes"),
        ("t_s,mass_g\n0,1\n21601,2\n", "row 3: it lies 6.0 h from the first reading, and I read at most 6 h"),
        ("time,weight\n0,1\n1200000,2\n", "row 3: it lies 333.3 h from the first reading"),
        ("<html>", "no column for the time"),
        ("{", "line 1: this is not JSON that I can read"),
        ("{}", "without a series of weights"),
        ("[1]", "without a series of weights"),
        ("{\"brewFlow\":{\"weight\":7}}", "without a series of weights"),
        ("{\"weight\":[]}", "no readings"),
        ("{\"weight\":[{\"actual_weight\":1}]}", "reading 1: timestamp is missing"),
        (
            "{\"weight\":[{\"timestamp\":\"10:00:00\",\"actual_weight\":1},{\"timestamp\":\"10:00:01\",\"actual_weight\":{}}]}",
            "reading 2, actual_weight: \"{}\" is not a mass in grams",
        ),
        (
            "{\"weight\":[{\"timestamp\":7,\"actual_weight\":1}]}",
            "reading 1, timestamp: \"7\" is not a clock time",
        ),
        (
            "{\"weight\":[{\"timestamp\":\"10:00:00\",\"actual_weight\":1},{\"timestamp\":\"17:00:00\",\"actual_weight\":1}]}",
            "row 2: it lies 7.0 h from the first reading",
        ),
    ] {
        let said = refused(text);
        assert!(said.contains(words), "{text}: {said}");
    }
    assert!(refused([0xff, 0xfe, b't', 0]).contains("is not text that I can read"));
    assert!(refused(b"PK\x03\x04abc").contains("unpack it"));
    assert!(refused(vec![b' '; MAX_BYTES + 1]).contains("I read at most 67108864"));
    let many = format!("t_s,mass_g\n{}", "0,0\n".repeat(files::MAX_ROWS + 1));
    assert!(refused(many).contains("more than 900000 readings"));
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("t_s".to_owned()),
        Just("mass_g".to_owned()),
        Just("left_g".to_owned()),
        Just("right (kg)".to_owned()),
        Just("{\"weight\":[{\"timestamp\":\"10:00:00\",\"actual_weight\":1}".to_owned()),
        "[,;\t\n\r\"#(){}:\\[\\]]",
        "-?[0-9]{1,9}([.,][0-9]{1,3})?",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([+-]..:..)?",
        "\\PC{0,4}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_safe(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("x", &bytes);
    }

    /// Whatever is read is finite and near; whatever is not is one sentence.
    #[test]
    fn any_text_is_read_or_refused_in_one_sentence(text in texts(), with_header in any::<bool>()) {
        let text = if with_header { format!("t_s,mass_g\n{text}") } else { text };
        match read("x", text.as_bytes()) {
            Ok(log) => for r in &log.readings {
                prop_assert!(r.t_s.is_finite() && r.mass_g.abs() <= 2.0 * files::MAX_MASS_G);
                prop_assert!((r.t_s - log.readings[0].t_s).abs() <= 2.0 * files::MAX_SPAN_S);
            },
            Err(e) => prop_assert!(e.to_string().lines().count() == 1),
        }
    }

    #[test]
    fn a_written_table_comes_back(rows in proptest::collection::vec((0.0..21_000.0_f64, -20_000.0..20_000.0_f64), 1..50)) {
        let line = |(t_s, mass_g): &(f64, f64)| format!("{t_s},{mass_g}\n");
        let text: String = std::iter::once("t_s,mass_g\n".to_owned()).chain(rows.iter().map(line)).collect();
        prop_assert_eq!(pairs(&text), rows);
    }
}
