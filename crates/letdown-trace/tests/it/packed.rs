use letdown_trace::{
    packed::{MAX_SECONDS, pack, unpack},
    series::{MilkSeries, Second},
};
use proptest::prelude::*;

/// Numbers that only look like chance: 0 to 1.
fn chance(i: u32) -> f64 {
    f64::from((i.wrapping_mul(2_654_435_761) ^ 0x5bd1_e995).wrapping_mul(0x85eb_ca6b) >> 8)
        / f64::from(1 << 24)
}

/// Twenty minutes: five let-downs of 20 mL, `noise_g` of noise around them, a bump a minute, a hole now and then.
fn twenty_minutes(noise_g: f64) -> MilkSeries {
    let milk_g = |s: u32| {
        let pulse =
            |k: u32| 20.6 * (1.0 - libm::exp(-(f64::from(s) - 60.0 - 220.0 * f64::from(k)).max(0.0) / 35.0));
        (0..5).map(pulse).sum::<f64>() + noise_g * (chance(s) - 0.5)
    };
    let flags = |s: u32| match s % 60 {
        7 | 8 => Second::DISTURBED,
        31 if s % 180 == 31 => Second::HOLE,
        _ => 0,
    };
    MilkSeries {
        start_s: 12.3,
        step_cg: 10,
        seconds: (0..1_200).map(|s| Second::new(milk_g(s), flags(s))).collect(),
    }
}

/// The most that may ever happen: every second another flag and a step of hundreds of grams.
fn wild() -> MilkSeries {
    let second = |s: u32| Second::new(400.0 * (chance(s) - 0.5), (s % 8) as u8);
    MilkSeries { start_s: -1e300, step_cg: u16::MAX, seconds: (0..1_200).map(second).collect() }
}

#[test]
fn twenty_minutes_are_small() {
    for (series, most, what) in [
        (twenty_minutes(0.05), 1_900, "a usual session"),
        (twenty_minutes(4.0), 3_000, "one on a shaking table"),
        (wild(), 8_000, "chance in every second"),
    ] {
        let text = pack(&series).unwrap();
        println!("{what}: {} bytes", text.len());
        assert!(text.len() <= most, "{what}: {} bytes", text.len());
        assert_eq!(unpack(&text).unwrap(), series);
    }
}

#[test]
fn six_hours_fit_and_a_second_more_does_not() {
    let series = |count| MilkSeries { start_s: 0.0, step_cg: 10, seconds: vec![Second::default(); count] };
    let text = pack(&series(MAX_SECONDS)).unwrap();
    assert!(text.len() < 40, "nothing takes no room: {text}");
    assert_eq!(unpack(&text).unwrap(), series(MAX_SECONDS));
    let said = pack(&series(MAX_SECONDS + 1)).unwrap_err().to_string();
    assert!(said.contains("21601 seconds is longer than the 21600"), "{said}");
}

#[test]
fn the_form_of_today_is_read_for_good() {
    let milk = |milk_cg, flags| Second { milk_cg, flags };
    let seconds = vec![
        milk(0, 0),
        milk(0, 0),
        milk(63, 0),
        milk(62, 1),
        milk(62, 1),
        milk(i32::MIN, 7),
        milk(i32::MAX, 0),
    ];
    let series = MilkSeries { start_s: 0.5, step_cg: 100, seconds };
    let text = "AQAAAAAAAOA_ZAcAAwECBwEAAQEAfwIA_ICAgBD_____Hy7pZYI";
    assert_eq!(unpack(&pack(&series).unwrap()).unwrap(), series);
    assert_eq!(pack(&series).unwrap(), text);
}

#[test]
fn a_letter_that_is_another_is_always_seen() {
    let text = pack(&twenty_minutes(0.05)).unwrap();
    for at in (0..text.len()).step_by(7) {
        let mut letters = text.clone().into_bytes();
        letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
        assert!(unpack(&String::from_utf8(letters).unwrap()).is_err(), "letter {at}");
    }
    for cut in 0..text.len() {
        assert!(unpack(&text[..cut]).is_err(), "cut at {cut}");
    }
    assert!(unpack(&format!("{text}A")).is_err() && unpack(&format!("{text}=")).is_err());
}

#[test]
fn what_is_refused_says_why() {
    for (text, words) in [
        ("", "it is empty"),
        ("AQ", "it is cut short"),
        ("AQAA AAAA", "a letter in it is none of base64url"),
        ("AgAAAAAAAAAAAAAAAAA", "has version 2, from a later Letdown than this; update it"),
        ("AAAAAAAAAAAAAAAAAAA", "its checksum is another; "),
    ] {
        let said = unpack(text).unwrap_err().to_string();
        let words = words.trim_end_matches("; ");
        assert!(said.contains(words), "{text}: {said}");
    }
    let nan = MilkSeries { start_s: f64::NAN, step_cg: 10, seconds: Vec::new() };
    assert!(pack(&nan).unwrap_err().to_string().contains("cannot begin at NaN s"));
    let flags = MilkSeries { start_s: 0.0, step_cg: 10, seconds: vec![Second { milk_cg: 0, flags: 8 }] };
    assert!(pack(&flags).unwrap_err().to_string().contains("second 0"));
}

/// The bytes with a right checksum behind them, as text: a forgery that gets past the first door.
fn forged(bytes: &[u8]) -> String {
    let sum =
        bytes.iter().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    let all: Vec<u8> = bytes.iter().copied().chain(sum.to_le_bytes()).collect();
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bit = |i: usize| all.get(i / 8).map_or(0, |byte| byte >> (7 - i % 8) & 1);
    let sextet = |at: usize| (0..6).fold(0, |value, i| value << 1 | bit(6 * at + i));
    (0..(all.len() * 8).div_ceil(6)).map(|at| char::from(alphabet[usize::from(sextet(at))])).collect()
}

fn series() -> impl Strategy<Value = MilkSeries> {
    let milk = prop_oneof![4 => -50..50_i32, 4 => Just(0), 1 => any::<i32>()];
    let second = (milk, 0..8_u8).prop_map(|(milk_cg, flags)| Second { milk_cg, flags });
    let start = any::<f64>().prop_filter("a number", |start_s| start_s.is_finite());
    (start, any::<u16>(), proptest::collection::vec(second, 0..300))
        .prop_map(|(start_s, step_cg, seconds)| MilkSeries { start_s, step_cg, seconds })
}

proptest! {
    #[test]
    fn a_series_comes_back_to_the_bit(series in series()) {
        let text = pack(&series).unwrap();
        let back = unpack(&text).unwrap();
        prop_assert_eq!(back.start_s.to_bits(), series.start_s.to_bits());
        prop_assert_eq!((back.step_cg, &back.seconds), (series.step_cg, &series.seconds));
        prop_assert_eq!(pack(&back).unwrap(), text);
    }

    #[test]
    fn any_text_is_safe(text in "\\PC{0,80}", letters in "[A-Za-z0-9_-]{0,200}") {
        prop_assert!(unpack(&text).is_err());
        let _ = unpack(&letters);
    }

    /// Also past a right version and checksum nothing breaks, and what is read is what would be written.
    #[test]
    fn forged_bytes_are_safe(count in 0..400_u16, body in proptest::collection::vec(any::<u8>(), 0..80)) {
        let count = [count as u8 & 0x7f | 0x80, (count >> 7) as u8];
        let text = forged(&[&[1][..], &[0; 8], &[10], &count, &body].concat());
        if let Ok(series) = unpack(&text) {
            prop_assert_eq!(pack(&series).unwrap(), text);
        }
    }
}

#[test]
fn the_forger_of_these_tests_can_forge() {
    let one = MilkSeries { start_s: 0.0, step_cg: 10, seconds: vec![Second { milk_cg: 5, flags: 2 }] };
    assert_eq!(forged(&[1, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1, 2, 1, 11]), pack(&one).unwrap());
    // A run of flags beyond the end; a step beyond any amount; the same step of 0 in two ways.
    for body in [&[1, 2, 9, 0][..], &[1, 2, 1, 0xff, 0xff, 0xff, 0xff, 0x7f], &[2, 0, 2, 0, 0]] {
        assert!(unpack(&forged(&[&[1, 0, 0, 0, 0, 0, 0, 0, 0, 10], body].concat())).is_err(), "{body:?}");
    }
}
