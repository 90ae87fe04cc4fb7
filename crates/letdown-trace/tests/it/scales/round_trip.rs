//! Whatever a scale says is heard, in grams; for Acaia however the air cuts and joins it.

use super::{
    encode::{self, Said},
    heard, masses_g,
};
use letdown_trace::scales::{Decoder, Heard, Kind, Unit};
use proptest::{collection::vec, prelude::*, sample::select};

/// A kind and things it can say.
fn sayings() -> impl Strategy<Value = (Kind, Vec<Said>)> {
    select(Kind::ALL.to_vec()).prop_flat_map(|kind| (Just(kind), vec(said_by(kind), 1..20)))
}

fn said_by(kind: Kind) -> impl Strategy<Value = Said> {
    (select(encode::units(kind).to_vec()), any::<bool>(), 0..=100_u8).prop_flat_map(
        move |(unit, is_still, percent)| {
            let (_, lowest, highest) = encode::range(kind, unit);
            // Ends and zero come up in one of four.
            let count = prop_oneof![3 => lowest..=highest, 1 => select(vec![lowest, 0, highest])];
            count.prop_map(move |count| Said { count, unit, is_still, battery_percent: percent })
        },
    )
}

fn mass_g(kind: Kind, said: Said) -> f64 {
    let (per_unit, ..) = encode::range(kind, said.unit);
    let unit_g = match said.unit {
        Unit::Gram => 1.0,
        Unit::Kilogram => 1000.0,
        Unit::Ounce => 28.349_523_125,
        Unit::Pound => 453.592_37,
    };
    f64::from(said.count) / per_unit * unit_g
}

fn is_near(found_g: f64, said_g: f64) -> bool {
    (found_g - said_g).abs() <= 1e-9 * said_g.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_said_is_heard((kind, sayings) in sayings()) {
        let packets: Vec<Vec<u8>> = sayings.iter().map(|said| encode::packet(kind, *said).unwrap()).collect();
        let packets: Vec<&[u8]> = packets.iter().map(Vec::as_slice).collect();
        let heard = heard(kind, &packets);
        let found_g = masses_g(&heard);
        prop_assert_eq!(found_g.len(), sayings.len());
        for (found_g, said) in found_g.iter().zip(&sayings) {
            prop_assert!(is_near(*found_g, mass_g(kind, *said)), "{:?}: {}", said, found_g);
        }
        let stillness = heard.iter().filter_map(|one| match one {
            Heard::Mass { still, .. } => *still,
            _ => None,
        });
        for (still, said) in stillness.zip(&sayings) {
            prop_assert!(kind == Kind::WeightService || still == said.is_still);
        }
    }

    #[test]
    fn frames_may_be_cut_and_joined_anyhow(
        kind in select(vec![Kind::AcaiaClassic, Kind::Acaia, Kind::AcaiaUmbra]),
        counts in vec(-65_535..=65_535, 1..30),
        lengths in vec(1..40_usize, 1..60),
    ) {
        let stream: Vec<u8> =
            counts.iter().flat_map(|count| encode::packet(kind, Said::tenths(*count)).unwrap()).collect();
        let mut decoder = Decoder::new(kind);
        let mut heard = Vec::new();
        let mut rest = stream.as_slice();
        for (nth, length) in lengths.iter().cycle().enumerate() {
            let (now, later) = rest.split_at((*length).min(rest.len()));
            decoder.hear(kind.sheet().notify, now, nth as f64, &mut |one| heard.push(one));
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        let said_g: Vec<f64> = counts.iter().map(|count| f64::from(*count) / 10.0).collect();
        prop_assert_eq!(masses_g(&heard), said_g);
        prop_assert_eq!(decoder.passed_over(), 0);
        let times_s: Vec<f64> = heard.iter().filter_map(|one| match one {
            Heard::Mass { reading, .. } => Some(reading.t_s),
            _ => None,
        }).collect();
        prop_assert!(times_s.is_sorted());
    }

    /// Between frames anything may stand that is no beginning of a frame.
    #[test]
    fn frames_are_found_among_garbage(
        counts in vec(-65_535..=65_535, 1..10),
        garbage in vec(vec(any::<u8>().prop_filter("no beginning", |byte| *byte != 0xEF), 0..30), 10),
    ) {
        let mut stream = Vec::new();
        for (count, garbage) in counts.iter().zip(&garbage) {
            stream.extend(garbage);
            stream.extend(encode::packet(Kind::Acaia, Said::tenths(*count)).unwrap());
        }
        let said_g: Vec<f64> = counts.iter().map(|count| f64::from(*count) / 10.0).collect();
        prop_assert_eq!(masses_g(&heard(Kind::Acaia, &[&stream])), said_g);
    }
}
