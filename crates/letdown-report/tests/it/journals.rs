use letdown_engine::{
    example,
    observed::Observed,
    report::{Report, report},
    twin::Twin,
};
use letdown_journal::{
    author::Author,
    body::{
        Baby, Body, Bottle, Letdown, Milk, Mother, Nurse, Pump, SeenLetDown, Sex, Side, Stint, Symptom,
        SymptomKind, Trigger, Weight,
    },
    fold::Folded,
    moment::{self, Moment},
    volume::{Intake, Output},
};

pub(crate) const NOW: &str = "2026-11-24T15:10:00+01:00[Europe/Berlin]";

pub(crate) fn at(text: &str) -> Moment {
    moment::parse(text, None).unwrap().at
}

/// A day of November, at an hour.
pub(crate) fn november(day: u32, clock: &str) -> Moment {
    at(&format!("2026-11-{day:02}T{clock}:00+01:00[Europe/Berlin]"))
}

/// The page's numbers for some facts, without a fit.
pub(crate) fn page(bodies: &[Body]) -> Report {
    let journal = folded(bodies);
    report(&journal, &Observed::at(&journal, &at(NOW)), &Twin::Pending)
}

fn folded(bodies: &[Body]) -> Folded {
    let mut author = Author::new("page").unwrap();
    let entries = bodies.iter().zip(0u32..).map(|(body, i)| {
        let mut random = [0; 10];
        random[..4].copy_from_slice(&i.to_be_bytes());
        author.put(body, 1_000, random)
    });
    Folded::of(entries)
}

/// The example: she pumps, both sides are told apart, every entry is simulated.
pub(crate) fn pumping() -> Vec<Body> {
    example::example(&at(NOW), 1).unwrap()
}

/// The page of the example, with a first look of its twin.
pub(crate) fn pumping_page() -> Report {
    let journal = folded(&pumping());
    let observed = Observed::at(&journal, &at(NOW));
    report(&journal, &observed, &Twin::quick(&observed, 1))
}

pub(crate) fn baby(name: &str, sex: Option<Sex>) -> Baby {
    Baby {
        name: Some(name.into()),
        born: Some("2026-09-01".parse().unwrap()),
        sex,
        birth_weight_g: Some(2_400.0),
        ..Baby::at(at("2026-09-01T12:00:00+02:00[Europe/Berlin]"))
    }
}

pub(crate) fn weight(name: &str, day: u32, grams: f64) -> Body {
    Weight { baby: Some(name.into()), ..Weight::at(november(day, "09:00"), grams) }.into()
}

/// Twins born early, nursed, with bottles, weights, let-downs and a few pump sessions.
pub(crate) fn twins() -> Vec<Body> {
    let early = |name, sex| Body::from(Baby { gestation_days: Some(240), ..baby(name, Some(sex)) });
    let mother = Mother { name: Some("Anna".into()), ..Mother::at(november(1, "08:00")) };
    let mut bodies = vec![mother.into(), early("Ida", Sex::Girl), early("Jonathan", Sex::Boy)];
    for day in 8..=23 {
        for (name, side) in [("Ida", Side::Left), ("Jonathan", Side::Right)] {
            for clock in ["01:10", "04:40", "08:20", "11:30", "14:50", "18:00", "21:20"] {
                let stints = vec![Stint::of(side, Some(12.0))];
                bodies.push(
                    Nurse { stints, baby: Some(name.into()), ..Nurse::at(november(day, clock)) }.into(),
                );
            }
            let intake = Some(Intake::ml(60.0).unwrap());
            let bottle = Bottle::at(november(day, "19:30"), Milk::Expressed);
            bodies.push(Bottle { intake, baby: Some(name.into()), ..bottle }.into());
        }
        let let_downs = vec![seen(70.0), seen(260.0)];
        let side = |ml| Some(Output::ml(ml).unwrap());
        let pump = Pump {
            left: side(40.0),
            right: side(55.0),
            minutes: Some(15.0),
            let_downs,
            ..Pump::at(november(day, "22:30"))
        };
        bodies.push(pump.into());
    }
    for (i, day) in [9u32, 16, 23].into_iter().enumerate() {
        bodies.push(weight("Ida", day, 3_900.0 + 180.0 * i as f64));
        bodies.push(weight("Jonathan", day, 4_200.0 + 200.0 * i as f64));
    }
    bodies.push(Letdown { trigger: Some(Trigger::Cry), ..Letdown::at(november(20, "11:00")) }.into());
    bodies
}

fn seen(onset_s: f64) -> SeenLetDown {
    SeenLetDown {
        onset_s,
        end_s: onset_s + 60.0,
        volume_ml: Some(22.0),
        peak_ml_per_min: None,
        confidence: None,
        onset_sd_s: None,
        volume_sd_ml: None,
        extra: letdown_journal::body::Extra::new(),
    }
}

/// A fever and a hard breast today.
pub(crate) fn fever() -> Vec<Body> {
    let symptom = |what| Symptom::at(november(24, "12:00"), what);
    vec![
        Symptom { temperature_c: Some(39.0), ..symptom(SymptomKind::Fever) }.into(),
        symptom(SymptomKind::Redness).into(),
    ]
}
