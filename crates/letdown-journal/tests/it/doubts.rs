use letdown_journal::{
    body::{Body, Extra, Hand, Nurse, Pump, Weighed, Weight},
    doubt::{Doubt, doubts},
    moment,
    volume::Output,
};

fn found(body: &Body) -> Vec<Doubt> {
    doubts(body, "2026-11-24T12:00Z".parse().unwrap())
}

fn pump(change: impl FnOnce(&mut Pump)) -> Body {
    let mut pump = Pump::at(moment::parse("2026-11-24T03:10Z", None).unwrap().at);
    change(&mut pump);
    Body::Pump(pump)
}

fn ml(ml: f64) -> Option<Output> {
    Output::ml(ml).ok()
}

#[test]
fn a_usual_session_raises_none() {
    assert_eq!(
        found(&pump(|p| (p.left, p.right, p.total, p.minutes) = (ml(60.0), ml(75.0), ml(135.0), Some(18.0)))),
        []
    );
    assert_eq!(found(&pump(|p| p.total = ml(0.0))), [], "an explicit 0 counts");
}

#[test]
fn ounces_typed_as_millilitres_are_seen() {
    let typo = found(&pump(|p| (p.left, p.right) = (ml(1331.0), ml(887.0))));
    assert!(typo.len() == 2 && typo.iter().all(Doubt::bars_from_fit), "{typo:?}");
}

#[test]
fn each_oddity_has_its_sentence() {
    let check = |body: Body, expected: &str| {
        let said: Vec<String> = found(&body).iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|s| s.contains(expected)), "{said:?} lacks {expected:?}");
    };
    check(pump(|p| (p.left, p.right) = (ml(0.0), ml(0.0))), "both sides say 0 mL");
    check(pump(|p| (p.left, p.right, p.total) = (ml(50.0), ml(50.0), ml(80.0))), "add up to 100 mL");
    check(pump(|p| p.minutes = Some(4529.0)), "4529 min");
    check(pump(|p| p.start = moment::parse("2062-01-01T00:00Z", None).unwrap().at), "future");
    check(pump(|p| p.start = moment::parse("1972-01-01T00:00Z", None).unwrap().at), "before the year 2000");
    let at = moment::parse("2026-11-24T03:10Z", None).unwrap().at;
    check(Body::Weight(Weight::at(at.clone(), 7.4)), "7 g is not what a baby weighs");
    let weighed = |before_g, after_g| {
        let weighed = Some(Weighed { before_g, after_g, extra: Extra::new() });
        Body::Nurse(Nurse { weighed, ..Nurse::at(at.clone()) })
    };
    check(weighed(4_000.0, 3_990.0), "10 g less after the feed than before");
    check(weighed(4_000.0, 4_450.0), "437 mL is more than the 400 mL");
    assert_eq!(found(&weighed(4_000.0, 4_080.0)), []);
    check(Body::Hand(Hand { left: ml(700.0), ..Hand::at(at.clone()) }), "700 mL is more than the 606 mL");
    check(Body::Nurse(Nurse { minutes: Some(240.0), ..Nurse::at(at) }), "240 min");
}

#[test]
fn what_she_confirmed_is_taken_at_her_word_but_for_its_time() {
    let confirmed = |pump: &mut Pump| _ = pump.extra.insert("confirmed".into(), true.into());
    let large = |p: &mut Pump| (p.total, p.minutes) = (ml(1331.0), Some(200.0));
    assert_eq!(found(&pump(large)).len(), 2, "the control: unconfirmed it is odd");
    assert_eq!(found(&pump(|p| [large as fn(&mut Pump), confirmed].iter().for_each(|f| f(p)))), []);
    let text = |p: &mut Pump| _ = p.extra.insert("confirmed".into(), "true".into());
    assert_eq!(found(&pump(|p| [large as fn(&mut Pump), text].iter().for_each(|f| f(p)))).len(), 2);
    let early = "2026-11-23T12:00Z".parse().unwrap();
    let later = pump(|p| [large as fn(&mut Pump), confirmed].iter().for_each(|f| f(p)));
    assert_eq!(doubts(&later, early), [Doubt::Future]);
}
