//! Acaia frames that come in pieces, in heaps, and among garbage.

use super::{
    encode::{self, Said},
    masses_g,
};
use letdown_trace::scales::{Decoder, Heard, Kind};

/// What is heard of these notifications, each with its time.
fn heard_at(notifications: &[(f64, &[u8])]) -> (Vec<Heard>, u64) {
    let mut decoder = Decoder::new(Kind::Acaia);
    let mut heard = Vec::new();
    for (t_s, bytes) in notifications {
        decoder.hear(Kind::Acaia.sheet().notify, bytes, *t_s, &mut |one| heard.push(one));
    }
    (heard, decoder.passed_over())
}

fn frame(tenths: i32) -> Vec<u8> {
    encode::packet(Kind::Acaia, Said::tenths(tenths)).unwrap()
}

#[test]
fn a_frame_may_be_cut_at_every_byte() {
    // The second holds EF DD as its weight: a beginning that is none.
    for tenths in [1234, 0xDDEF, -7] {
        let whole = frame(tenths);
        for cut in 0..=whole.len() {
            let (first, second) = whole.split_at(cut);
            let (heard, passed_over) = heard_at(&[(1.0, first), (2.0, second)]);
            assert_eq!(masses_g(&heard), [f64::from(tenths) / 10.0], "cut at {cut}");
            assert_eq!(passed_over, 0, "cut at {cut}");
        }
    }
}

#[test]
fn a_reading_bears_the_time_of_its_last_byte() {
    let (one, two) = (frame(10), frame(20));
    let joined = [&one[3..], &two[..], &one[..5]].concat();
    let (heard, _) = heard_at(&[(1.0, &one[..3]), (2.0, &joined), (3.0, &one[5..])]);
    let times_s: Vec<f64> = heard
        .iter()
        .filter_map(|one| match one {
            Heard::Mass { reading, .. } => Some(reading.t_s),
            _ => None,
        })
        .collect();
    assert_eq!(times_s, [2.0, 2.0, 3.0]);
}

#[test]
fn several_frames_may_come_at_once() {
    let joined: Vec<u8> = (0..20).flat_map(frame).collect();
    let (heard, passed_over) = heard_at(&[(0.0, &joined)]);
    assert_eq!(masses_g(&heard), (0..20).map(|n| f64::from(n) / 10.0).collect::<Vec<_>>());
    assert_eq!(passed_over, 0);
}

#[test]
fn frames_are_found_again_behind_garbage() {
    let garbage: [&[u8]; 6] = [
        b"\x00\x01\x02",
        b"\xEF",
        b"\xEF\xDD",
        b"\xEF\xEF\xDD\xDD",
        // A beginning whose length is longer than any frame, and one that has no length.
        b"\xEF\xDD\x0C\xFF",
        b"\xEF\xDD\x0C\x00",
    ];
    for garbage in garbage {
        let stream = [&frame(1), garbage, &frame(2), garbage, &frame(3)].concat();
        let (heard, passed_over) = heard_at(&[(0.0, &stream)]);
        assert_eq!(masses_g(&heard), [0.1, 0.2, 0.3], "{garbage:02X?}");
        assert_eq!(passed_over, 2 * garbage.len() as u64, "{garbage:02X?}");
    }
}

#[test]
fn a_frame_that_broke_off_takes_no_other_with_it() {
    let broken = frame(999);
    for kept in 1..broken.len() {
        let stream = [&broken[..kept], &frame(1), &frame(2)].concat();
        assert_eq!(masses_g(&heard_at(&[(0.0, &stream)]).0), [0.1, 0.2], "{kept} bytes kept");
    }
}

#[test]
fn a_false_beginning_holds_readings_back_for_a_few_frames_only() {
    let mut stream = vec![0xEF, 0xDD, 0x0C, 64];
    stream.extend((0..8).flat_map(frame));
    let (heard, _) = heard_at(&[(0.0, &stream)]);
    assert_eq!(masses_g(&heard).len(), 8);
    let after = |frames: usize| masses_g(&heard_at(&[(0.0, &stream[..4 + 17 * frames])]).0).len();
    assert_eq!((after(3), after(4), after(5)), (0, 4, 5));
}

#[test]
fn a_frame_with_any_byte_changed_is_not_read_as_another_weight() {
    let whole = frame(1234);
    for at in 0..whole.len() {
        for change in 1..=255 {
            let mut changed = whole.clone();
            changed[at] ^= change;
            let (heard, _) = heard_at(&[(0.0, &changed)]);
            // The checksum does not cover header and kind.
            let is_right = masses_g(&heard).iter().all(|mass_g| (mass_g - 123.4).abs() < 1e-9);
            assert!(is_right, "byte {at} ^ {change:02X}: {heard:?}");
        }
    }
}

#[test]
fn records_behind_an_unknown_one_are_left() {
    let frame =
        encode::acaia_frame(12, &[&[5][..], &[0x64, 0, 0, 0, 1, 0], &[99, 1, 2], &[7, 0, 9, 9]].concat());
    let (heard, _) = heard_at(&[(0.0, &frame)]);
    assert_eq!(heard.len(), 1);
    assert_eq!(masses_g(&heard), [10.0]);
}
