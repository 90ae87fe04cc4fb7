//! Any bytes at all: no panic, no reading that is no number, a decoder that does not grow.

use super::hear_anything::hear_anything;
use letdown_trace::scales::Decoder;
use proptest::{collection::vec, prelude::*};

/// What is copied by its bytes owns nothing on the heap, so hearing cannot make it grow.
#[test]
fn a_decoder_is_small_and_holds_nothing_on_the_heap() {
    const fn owns_nothing<T: Copy>() {}
    const { owns_nothing::<Decoder>() };
    assert!(size_of::<Decoder>() <= 1024, "{} bytes", size_of::<Decoder>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_bytes_may_come(data in vec(any::<u8>(), 0..400)) {
        hear_anything(&data);
    }

    /// Bytes that are nearly right, for every kind: headers in place, the rest anything.
    #[test]
    fn nearly_right_bytes_may_come(choice in any::<u8>(), packets in vec((0..HEADERS.len(), vec(any::<u8>(), 0..24)), 1..20)) {
        let mut data = vec![choice];
        for (header, rest) in packets {
            let packet = [HEADERS[header], &rest].concat();
            data.push(packet.len() as u8);
            data.extend(packet);
        }
        hear_anything(&data);
    }
}

const HEADERS: [&[u8]; 9] = [
    &[0xEF, 0xDD, 0x0C],
    &[0xEF, 0xDD, 0x0C, 0x08, 0x05],
    &[0xEF, 0xDD, 0x08, 0x09],
    &[0x01, 0x02, b'+'],
    &[0x03, 0xCE],
    &[0x03, 0x0B],
    &[0xAA, 0x09, 0x41],
    &[0xFA, 0x01, 0x03],
    &[0xDF, 0xDF, 0x03, 0x00, 0x0D],
];
