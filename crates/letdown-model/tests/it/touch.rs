#![expect(clippy::disallowed_methods, reason = "an oracle of its own may ask the platform for a power")]

use letdown_model::session::touch::{Contact, Pump, Side, Source, Stage, together};

fn at(side: Side) -> Contact {
    Contact::of(&side, Stage::default())
}

fn pump(vacuum: f64) -> Side {
    Side::pumped(Pump { vacuum, two_phase: false })
}

#[test]
fn a_pump_touches_by_a_fourth_root_and_takes_from_a_fifth_of_its_vacuum_on() {
    for v in [0.05_f64, 0.2, 0.5, 1.0, 1.5] {
        let contact = at(pump(v));
        assert!((contact.touch - 0.55 * v.powf(0.25)).abs() < 1e-15);
        assert!((contact.gate - f64::max(0.0, (v - 0.2) / 0.8)).abs() < 1e-15);
        assert!((contact.pull - v).abs() < 1e-15);
    }
    assert_eq!(at(pump(0.0)), Contact::default(), "a pump that is switched off");
}

#[test]
fn a_baby_takes_four_times_as_well_and_a_full_one_lets_go() {
    for w in [0.0, 0.3, 1.0] {
        let contact = at(Side::nursed(w));
        assert!((contact.touch - 0.95 * w).abs() < 1e-15 && (contact.gate - 4.0 * w).abs() < 1e-15);
    }
    let sated = Stage { full: [true, false], ..Stage::default() };
    assert_eq!(Contact::of(&Side::nursed(1.0), sated), Contact::default());
    let other = Stage { full: [false, true], ..Stage::default() };
    assert_eq!(
        Contact::of(&Side::nursed(1.0), other),
        at(Side::nursed(1.0)),
        "the control: it is her other baby"
    );
}

#[test]
fn a_two_phase_pump_pulls_with_half_its_vacuum_while_it_stimulates() {
    let two_phase = Side::pumped(Pump { vacuum: 0.8, two_phase: true });
    let stimulating = Stage { stimulating: true, ..Stage::default() };
    assert_eq!(Contact::of(&two_phase, stimulating), at(pump(0.4)));
    assert_eq!(at(two_phase), at(pump(0.8)));
    assert_eq!(Contact::of(&pump(0.8), stimulating), at(pump(0.8)), "the control");
}

#[test]
fn two_sides_touch_more_than_one_and_less_than_their_sum() {
    let (left, right) = (at(pump(1.0)), at(Side::nursed(0.6)));
    let both = together(&[left, right]);
    assert!((both - (1.0 - 0.45 * 0.43)).abs() < 1e-12);
    assert!((together(&[right, left]) - both).abs() < 1e-15);
    // Massage adds a quarter, once.
    let massaged = at(pump(1.0).massaged(0.8));
    assert!((together(&[massaged, Contact::default()]) - 0.55 - 0.2).abs() < 1e-12);
    assert!((together(&[massaged, massaged]) - 0.7975 - 0.2).abs() < 1e-12);
    let hand = at(Side { source: Source::Hand, massage: 0.0 });
    assert!((together(&[hand, Contact::default()]) - 0.55 - 0.25 * 0.3).abs() < 1e-12, "a hand massages");
    assert!(together(&[Contact::default(); 2]).abs() < 1e-15);
}
