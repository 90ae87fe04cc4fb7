//! Packets laid out by hand, byte by byte, and what each says.

use super::{heard, hex, masses_g};
use letdown_trace::scales::{Button, Decoder, Heard, Kind, Unit, Uuid};

/// A packet and the mass (g), step (g) and stillness it says.
struct Golden {
    kind: Kind,
    packet: &'static str,
    mass_g: f64,
    step_g: f64,
    still: Option<bool>,
}

const fn golden(kind: Kind, packet: &'static str, mass_g: f64, step_g: f64, still: Option<bool>) -> Golden {
    Golden { kind, packet, mass_g, step_g, still }
}

#[rustfmt::skip]
const WEIGHTS: &[Golden] = &[
    // EF DD, event, length 8, tag 5, value, two unread, decimals, sign; sums of 08 lo 00 dec and of 05 hi 00 sign.
    golden(Kind::Acaia, "EFDD 0C 08 05 D204 0000 01 00 DB 09", 123.4, 0.1, None),
    golden(Kind::Acaia, "EFDD 0C 08 05 D204 0000 01 02 DB 0B", -123.4, 0.1, None),
    golden(Kind::Acaia, "EFDD 0C 08 05 D204 0000 02 00 DC 09", 12.34, 0.01, None),
    golden(Kind::AcaiaClassic, "EFDD 0C 08 05 D204 0000 01 02 DB 0B", -123.4, 0.1, None),
    golden(Kind::AcaiaClassic, "EFDD 0C 08 05 FFFF 0000 01 00 08 04", 6553.5, 0.1, None),
    golden(Kind::AcaiaClassic, "EFDD 0C 08 05 0100 0000 04 00 0D 05", 0.0001, 0.0001, None),
    // Umbra: high byte first, behind two others.
    golden(Kind::AcaiaUmbra, "EFDD 0C 08 05 0000 04D2 01 00 0D D7", 123.4, 0.1, None),
    golden(Kind::AcaiaUmbra, "EFDD 0C 08 05 0000 04D2 01 02 0D D9", -123.4, 0.1, None),
    // A heartbeat's answer that carries a weight: acknowledgement record first.
    golden(Kind::Acaia, "EFDD 0C 0B 0B 00E0 05 D204 0000 01 00 14 BE", 123.4, 0.1, None),
    golden(Kind::Felicita, "0102 2B 303132333435 2067 534F3022 89 0D0A", 123.45, 0.01, None),
    golden(Kind::Felicita, "0102 2D 303032353030 2067 534F3022 89 0D0A", -25.0, 0.01, None),
    golden(Kind::Felicita, "0102 2B 393939393939 2067 534F3022 89 0D0A", 9999.99, 0.01, None),
    golden(Kind::Decent, "03 CE 04D2 0000 1B", 123.4, 0.1, Some(true)),
    golden(Kind::Decent, "03 CA FFF6 0000 C0", -1.0, 0.1, Some(false)),
    golden(Kind::Decent, "03 CE 7FFF 0000 4D", 3276.7, 0.1, Some(true)),
    golden(Kind::Decent, "03 CE 04D2 011E05 0000 01", 123.4, 0.1, Some(true)),
    golden(Kind::Bookoo, "03 0B 000000 02 2B 003039 2B 0000 64 0005 00 00 00 62", 123.45, 0.01, None),
    golden(Kind::Bookoo, "03 0B 000000 02 2D 003039 2B 0000 64 0005 00 00 00 64", -123.45, 0.01, None),
    golden(Kind::Bookoo, "03 0B 000000 02 2B FFFFFF 2B 0000 64 0005 00 00 00 94", 167_772.15, 0.01, None),
    golden(Kind::Eureka, "AA 09 41 00 0000 00 D204 0000", 123.4, 0.1, None),
    golden(Kind::Eureka, "AA 09 41 00 0000 01 D204 0000", -123.4, 0.1, None),
    golden(Kind::Eureka, "AA 09 41 00 0000 00 FFFF 0000", 6553.5, 0.1, None),
    golden(Kind::Futula, "CF 00 00 D204 00 00 00 00", 123.4, 0.1, None),
    golden(Kind::Futula, "CF 00 00 D204 01 00 00 00", -123.4, 0.1, None),
    golden(Kind::Skale, "00 D204", 123.4, 0.1, None),
    golden(Kind::Skale, "00 0080 0000", -3276.8, 0.1, None),
    golden(Kind::Varia, "FA 01 03 00 3039 0B", 123.45, 0.01, None),
    golden(Kind::Varia, "FA 01 03 10 3039 1B", -123.45, 0.01, None),
    golden(Kind::Varia, "FA 01 03 0F FFFF 0D", 10_485.75, 0.01, None),
    golden(Kind::DiFluid, "DFDF 03 00 0D 000004D2 0000 0000 0000 00 00 00 A4", 123.4, 0.1, None),
    golden(Kind::DiFluid, "DFDF 03 00 0D FFFFFB2E 0000 0000 0000 00 00 00 F5", -123.4, 0.1, None),
    golden(Kind::Jimmy, "01 000000 D204 00", 123.4, 0.1, None),
    golden(Kind::Jimmy, "01 000000 2EFB FF", -123.4, 0.1, None),
    // 4,000 thousandths of an ounce.
    golden(Kind::Jimmy, "09 000000 A00F 00", 113.398_092_5, 0.028_349_523_125, None),
    golden(Kind::Timemore, "10 00000000 D2040000", 123.4, 0.1, None),
    golden(Kind::Timemore, "10 E8030000 2EFBFFFF", -123.4, 0.1, None),
    golden(Kind::SmartChef, "00 00 00 00 00 04D2 00 00", 123.4, 0.1, None),
    golden(Kind::SmartChef, "00 00 00 0B 00 04D2 00 00", -123.4, 0.1, None),
    golden(Kind::Blackcoffee, "0000 01 F001E240 0000000000000000", 123.456, 0.001, Some(true)),
    golden(Kind::Blackcoffee, "0000 80 0001E240 0000000000000000", -123.456, 0.001, Some(false)),
    golden(Kind::Blackcoffee, "0000 C1 0FFFFFFF 0000000000000000", -268_435.455, 0.001, Some(true)),
    golden(Kind::WeighMyBru, "0000F742", 123.5, 0.01, None),
    golden(Kind::WeighMyBru, "0000F7C2", -123.5, 0.01, None),
    // 700 steps of 5 g; 700 steps of a hundredth of a pound; 65,534 steps, the most.
    golden(Kind::WeightService, "00 BC02", 3500.0, 5.0, Some(true)),
    golden(Kind::WeightService, "01 BC02", 3_175.146_59, 4.535_923_7, Some(true)),
    golden(Kind::WeightService, "02 BC02 EA07 0B 1A 03 0A 00", 3500.0, 5.0, Some(true)),
    golden(Kind::WeightService, "00 FEFF", 327_670.0, 5.0, Some(true)),
];

#[test]
fn a_packet_says_its_weight() {
    for Golden { kind, packet, mass_g, step_g, still } in WEIGHTS {
        let said = heard(*kind, &[&hex(packet)]);
        let found = said.iter().find_map(|one| match one {
            Heard::Mass { reading, still, step_g } => Some((reading.mass_g, *step_g, *still)),
            _ => None,
        });
        let (found_g, found_step_g, found_still) =
            found.unwrap_or_else(|| panic!("{kind:?} {packet}: {said:?}"));
        assert!((found_g - mass_g).abs() < 1e-9, "{kind:?} {packet}: {found_g}");
        assert!((found_step_g - step_g).abs() < 1e-12, "{kind:?} {packet}: step {found_step_g}");
        assert_eq!(found_still, *still, "{kind:?} {packet}");
    }
}

#[test]
fn every_kind_is_here_and_goes_below_zero_where_it_can() {
    for kind in Kind::ALL {
        let of_kind = |golden: &&Golden| golden.kind == kind;
        assert!(WEIGHTS.iter().any(|golden| golden.kind == kind), "{kind:?}");
        let is_any_below = WEIGHTS.iter().filter(of_kind).any(|golden| golden.mass_g < 0.0);
        assert_eq!(is_any_below, kind != Kind::WeightService, "{kind:?}");
    }
}

#[test]
fn tenths_are_the_nearest_number_and_not_a_bit_beside_it() {
    let packets: Vec<[u8; 3]> =
        (0..=32_767_u16).map(|n| [0, n.to_le_bytes()[0], n.to_le_bytes()[1]]).collect();
    let packets: Vec<&[u8]> = packets.iter().map(<[u8; 3]>::as_slice).collect();
    for (n, mass_g) in masses_g(&heard(Kind::Skale, &packets)).into_iter().enumerate() {
        let written: f64 = format!("{}.{}", n / 10, n % 10).parse().unwrap();
        assert!(mass_g.to_bits() == written.to_bits(), "{n}: {mass_g}");
    }
}

#[test]
fn what_a_packet_says_beside_its_weight() {
    let beside = |kind: Kind, packet: &str| -> Vec<Heard> {
        let said = heard(kind, &[&hex(packet)]);
        said.into_iter().filter(|one| !matches!(one, Heard::Mass { .. })).collect()
    };
    #[rustfmt::skip]
    let cases: &[(Kind, &str, &[Heard])] = &[
        // State: length 9, battery 93 with the high bit set, unit g.
        (Kind::Acaia, "EFDD 08 09 DD 02 02 01 00 01 01 00 0D E0", &[Heard::Unit(Unit::Gram), Heard::Battery(93)]),
        (Kind::Acaia, "EFDD 08 09 5D 05 02 01 00 01 01 00 10 60", &[Heard::Unit(Unit::Ounce), Heard::Battery(93)]),
        // Stopwatch: 1 min 30.5 s.
        (Kind::Acaia, "EFDD 0C 05 07 01 1E 05 0B 25", &[Heard::Timer(90.5)]),
        (Kind::Acaia, "EFDD 0C 03 06 2A 2D 06", &[Heard::Battery(42)]),
        (Kind::Acaia, "EFDD 0C 0A 08 00 05 0000 0000 01 00 0B 0D", &[Heard::Button(Button::Tare), Heard::Tared]),
        (Kind::Acaia, "EFDD 0C 04 0B 00 80 04 8B", &[Heard::Tared]),
        (Kind::Acaia, "EFDD 0C 04 0B 00 E0 04 EB", &[]),
        (Kind::Acaia, "EFDD 0C 03 08 08 0B 08", &[Heard::Button(Button::Start)]),
        (Kind::Acaia, "EFDD 0C 03 08 0A 0D 08", &[Heard::Button(Button::Stop)]),
        (Kind::Acaia, "EFDD 0C 03 08 09 0C 08", &[Heard::Button(Button::Reset)]),
        (Kind::Acaia, "EFDD 0C 03 08 07 0A 08", &[Heard::Button(Button::Other(7))]),
        (Kind::Felicita, "0102 2B 303132333435 2067 534F3022 81 0D0A", &[Heard::Unit(Unit::Gram), Heard::Battery(0)]),
        (Kind::Felicita, "0102 2B 303132333435 6F7A 534F3022 9E 0D0A", &[Heard::Unit(Unit::Ounce), Heard::Battery(100)]),
        (Kind::Decent, "03 AA 01 01 0000 A9", &[Heard::Button(Button::Tare)]),
        (Kind::Decent, "03 AA 02 02 0000 A9", &[Heard::Button(Button::Timer)]),
        (Kind::Decent, "03 0A 0000 3C 02 03", &[Heard::Battery(60)]),
        (Kind::Decent, "03 0A 0000 FF 02 03", &[]),
        (Kind::Bookoo, "03 0B 0007D0 01 2B 003039 2B 0000 32 0005 00 00 00 E0", &[Heard::Unit(Unit::Ounce), Heard::Battery(50), Heard::Timer(2.0)]),
        (Kind::Eureka, "AA 09 41 01 0C01 00 D204 0000", &[Heard::Timer(268.0)]),
        (Kind::Varia, "FA 85 01 4B CF", &[Heard::Battery(75)]),
        (Kind::DiFluid, "DFDF 03 05 02 00 58 20", &[Heard::Battery(0x58)]),
        (Kind::Jimmy, "0A 000000 A00F 00", &[Heard::Unit(Unit::Ounce)]),
        (Kind::WeightService, "01 BC02", &[Heard::Unit(Unit::Pound)]),
    ];
    for (kind, packet, expected) in cases {
        assert_eq!(beside(*kind, packet), *expected, "{kind:?} {packet}");
    }
}

#[test]
fn a_display_in_ounces_is_heard_in_grams() {
    let said = heard(
        Kind::Acaia,
        &[
            &hex("EFDD 0C 08 05 E803 0000 03 00 F3 08"),
            &hex("EFDD 08 09 5D 05 02 01 00 01 01 00 10 60"),
            &hex("EFDD 0C 08 05 E803 0000 03 00 F3 08"),
            &hex("EFDD 08 09 5D 02 02 01 00 01 01 00 0D 60"),
            &hex("EFDD 0C 08 05 E803 0000 03 00 F3 08"),
        ],
    );
    assert_eq!(masses_g(&said), [1.0, 28.349_523_125, 1.0]);
    let units: Vec<&Heard> = said.iter().filter(|one| matches!(one, Heard::Unit(_))).collect();
    assert_eq!(units, [&Heard::Unit(Unit::Ounce), &Heard::Unit(Unit::Gram)]);
}

#[test]
fn unit_and_battery_are_said_once_until_they_change() {
    let full = hex("0102 2B 303132333435 2067 534F3022 9E 0D0A");
    let empty = hex("0102 2B 303132333435 2067 534F3022 81 0D0A");
    let said = heard(Kind::Felicita, &[&full, &full, &empty, &empty, &full]);
    let batteries: Vec<&Heard> = said.iter().filter(|one| matches!(one, Heard::Battery(_))).collect();
    assert_eq!(batteries, [&Heard::Battery(100), &Heard::Battery(0), &Heard::Battery(100)]);
    assert_eq!(said.iter().filter(|one| matches!(one, Heard::Unit(_))).count(), 1);
    assert_eq!(masses_g(&said), [123.45; 5]);
}

#[test]
fn the_battery_service_is_heard_beside_the_weight() {
    let mut said = Vec::new();
    let mut decoder = Decoder::new(Kind::Futula);
    decoder.hear(Uuid::short(0x2A19), &[77], 0.0, &mut |one| said.push(one));
    decoder.hear(Uuid::short(0x2A19), &[101], 0.1, &mut |one| said.push(one));
    decoder.hear(Uuid::short(0x2A19), &[], 0.2, &mut |one| said.push(one));
    assert_eq!(said, [Heard::Battery(77)]);
}

/// Each is one step away from a packet that is read.
#[test]
fn what_is_no_weight_is_passed_over_and_counted() {
    let cases = [
        (Kind::Felicita, "0102 2B 3031323334 2067 534F3022 89 0D0A"),
        (Kind::Felicita, "0102 2B 3031323A3435 2067 534F3022 89 0D0A"),
        (Kind::Felicita, "0102 20 303132333435 2067 534F3022 89 0D0A"),
        (Kind::Felicita, "0102 2B 303132333435 6C62 534F3022 89 0D0A"),
        (Kind::Decent, "03 CE 04D2 0000"),
        (Kind::Decent, "04 CE 04D2 0000 1C"),
        (Kind::Decent, "03 CE 04D2 0000 1A"),
        (Kind::Bookoo, "03 0B 000000 02 2B 003039 2B 0000 64 0005 00 00 00 64"),
        (Kind::Bookoo, "03 0C 000000 02 2B 003039 2B 0000 64 0005 00 00 00 65"),
        (Kind::Eureka, "AA 09 42 00 0000 00 D204 0000"),
        (Kind::Futula, "CF 00 00 D204 00 00 00"),
        (Kind::Skale, "00 D2"),
        (Kind::Varia, "FA 01 03 00 3039 0A"),
        (Kind::Varia, "FB 01 03 00 3039 0B"),
        (Kind::DiFluid, "DFDF 03 00 0D 000004D2 0000 0000 0000 00 00 00 A5"),
        // In a unit that nobody describes.
        (Kind::DiFluid, "DFDF 03 00 0D 000004D2 0000 0000 0000 00 00 01 A5"),
        (Kind::Jimmy, "01 000000 D204"),
        (Kind::Timemore, "11 00000000 D2040000"),
        // The standard's layout, under the name of a scale that does not keep to it.
        (Kind::Timemore, "00 BC02"),
        (Kind::SmartChef, "00 00 00 00 00 04D2 00"),
        (Kind::Blackcoffee, "0000 01 F001E240 00000000000000"),
        (Kind::WeighMyBru, "0000C07F"),
        (Kind::WeighMyBru, "000080FF"),
        (Kind::WeighMyBru, "0000F7"),
        (Kind::WeightService, "00 FFFF"),
        (Kind::WeightService, "10 0000"),
        (Kind::WeightService, "00 BC"),
    ];
    for (kind, packet) in cases {
        let mut said = Vec::new();
        let mut decoder = Decoder::new(kind);
        let bytes = hex(packet);
        decoder.hear(kind.sheet().notify, &bytes, 0.0, &mut |one| said.push(one));
        assert_eq!(masses_g(&said), [] as [f64; 0], "{kind:?} {packet}");
        assert_eq!(decoder.passed_over(), bytes.len() as u64, "{kind:?} {packet}");
    }
}

#[test]
fn another_characteristic_says_no_weight() {
    let mut said = Vec::new();
    let mut decoder = Decoder::new(Kind::Skale);
    decoder.hear(Uuid::short(0xEF82), &[0, 0xD2, 0x04], 0.0, &mut |one| said.push(one));
    assert_eq!(said, []);
}

/// The oldest Decent firmware does not compute its checksums; a scale that does is held to them.
#[test]
fn checksums_of_a_scale_that_computes_none_are_not_waited_for() {
    let (right, wrong) = (hex("03 CE 04D2 0000 1B"), hex("03 CE 04D2 0000 00"));
    let never: Vec<&[u8]> = vec![&wrong; 30];
    assert_eq!(masses_g(&heard(Kind::Decent, &never)).len(), 20);
    let sometimes: Vec<&[u8]> = std::iter::once(&*right).chain(never).collect();
    assert_eq!(masses_g(&heard(Kind::Decent, &sometimes)).len(), 1);
}
