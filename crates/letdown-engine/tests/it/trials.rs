//! Trials on herself: the draw, the count, the claim, the words.

use crate::logs::{at, entries, ten};
use letdown_engine::{
    notebook::Notebook,
    observed::Observed,
    trials::{
        Arm, Claim, FEWEST, LOOKS, Next, PARTS, Page, Part, Place, Question, SPENT, Unit, arm, claim,
        claim_by, estimate, list, looks, next, noise, page, plan, size, tells,
    },
    twin::Twin,
};
use letdown_journal::{
    body::{Body, Pump, Symptom, SymptomKind, Technique},
    fold::Folded,
    moment::Moment,
};
use letdown_model::random::Random;
use serde_json::{Value, json};

/// What every draw of a block may be.
const ORDERS: [&str; 6] = ["++--", "+-+-", "+--+", "-++-", "-+-+", "--++"];

fn block(seed: u32, part: Part, block: u32) -> String {
    let of = |number| arm(seed, Place { part, number: 4 * block + number });
    (0..4).map(|number| if of(number) == Arm::With { '+' } else { '-' }).collect()
}

#[test]
fn every_block_is_one_of_six_orders_each_as_likely() {
    let mut counts = [0; 6];
    for seed in 0..1_000 {
        for part in PARTS {
            for number in [0, 1, 7] {
                let drawn = block(seed, part, number);
                counts[ORDERS.iter().position(|order| *order == drawn).unwrap()] += 1;
            }
        }
    }
    // 15,000 draws, 2,500 each: a fair die strays by more than 4.5 sd of 46 about never.
    assert!(counts.iter().all(|n| (2_290..2_710).contains(n)), "{counts:?}");
}

#[test]
fn parts_and_blocks_are_drawn_apart() {
    let same = |a: (Part, u32), b: (Part, u32)| {
        (0..600).filter(|seed| block(*seed, a.0, a.1) == block(*seed, b.0, b.1)).count()
    };
    for (a, b) in [((Part::Night, 0), (Part::Morning, 0)), ((Part::Day, 0), (Part::Day, 1))] {
        assert!((65..140).contains(&same(a, b)), "{a:?} {b:?}: {} of 600, a sixth by chance", same(a, b));
    }
}

/// Sessions of a morning with some values, drawn by the order of a die per block.
fn units(values: &[f64], orders: &[usize]) -> Vec<Unit> {
    let one = |(i, ln_ratio): (usize, &f64)| {
        let with = ORDERS[orders[i / 4]].as_bytes()[i % 4] == b'+';
        let place = Place { part: Part::Morning, number: i as u32 };
        Unit { place, arm: if with { Arm::With } else { Arm::Without }, ln_ratio: *ln_ratio }
    };
    values.iter().enumerate().map(one).collect()
}

/// Every draw of four blocks.
fn all_draws() -> impl Iterator<Item = [usize; 4]> {
    (0..1296).map(|n| [n % 6, n / 6 % 6, n / 36 % 6, n / 216])
}

/// The oracle is enumeration: values that know nothing of the arms, under every one of the 1,296 draws there are.
#[test]
fn of_all_draws_there_are_at_most_one_in_twenty_is_claimed() {
    for seed in 0..3 {
        let mut random = Random::seeded(seed);
        // Heavy tails, a drift, a step: the law of the values does not matter.
        let values: Vec<f64> = (0..16)
            .map(|i| {
                0.1 * random.normal() / random.gamma_two().sqrt()
                    + 0.03 * f64::from(i)
                    + f64::from(i / 9) * 0.3
            })
            .collect();
        let claims =
            |c: Claim| all_draws().filter(|draw| claim_by(&units(&values, draw), 16, 600).0 == c).count();
        let (helps, takes) = (claims(Claim::Helps), claims(Claim::Takes));
        let share = (helps + takes) as f64 / 1296.0;
        // 600 redraws know the level of 5 % to a standard deviation of 0.9 %.
        assert!(share <= 0.045 + 0.018, "{share}");
        assert!(share >= 0.015, "a level that is never used tells nothing: {share}");
        assert_eq!(helps, takes, "turned round, a draw claims the other side");
    }
}

/// Had each look a level of its own, false alarms would add up; a control that the test above could fail.
#[test]
fn four_looks_at_the_whole_level_would_claim_too_often() {
    let mut random = Random::seeded(5);
    let mut claimed = 0;
    for _ in 0..400 {
        let values: Vec<f64> = (0..40).map(|_| random.normal()).collect();
        let orders: Vec<usize> = (0..10).map(|_| random.below(6)).collect();
        let all = units(&values, &orders);
        let alone = |n: &usize| {
            let e = estimate(&all[..*n]).unwrap();
            e.ln.abs() > 1.96 * e.se
        };
        claimed += usize::from(looks(40).iter().any(alone));
    }
    assert!(claimed > 28, "{claimed} of 400");
}

#[test]
fn a_claim_waits_for_its_looks_and_then_stands() {
    assert_eq!((looks(40), LOOKS.len(), SPENT[3]), ([16, 24, 32, 40], 4, 0.045));
    let mut random = Random::seeded(2);
    let orders: Vec<usize> = (0..20).map(|_| random.below(6)).collect();
    let mut values: Vec<f64> = (0..80).map(|_| 0.05 * random.normal()).collect();
    for (value, unit) in values.iter_mut().zip(units(&[0.0; 80], &orders)) {
        *value += if unit.arm == Arm::With { 0.3 } else { 0.0 };
    }
    let all = units(&values, &orders);
    for n in 0..32 {
        assert_eq!(claim(&all[..n], 80), (Claim::TooEarly, 0), "{n}");
    }
    for n in [32, 33, 47, 48, 80] {
        assert_eq!(claim(&all[..n], 80), (Claim::Helps, 32), "{n}");
    }
    let turned: Vec<Unit> = all.iter().map(|u| Unit { ln_ratio: -u.ln_ratio, ..*u }).collect();
    assert_eq!(claim(&turned, 80), (Claim::Takes, 32));
    let nothing: Vec<Unit> = all.iter().map(|u| Unit { ln_ratio: 0.0, ..*u }).collect();
    assert_eq!(claim(&nothing[..60], 80), (Claim::NotYet, 48));
    assert_eq!(claim(&nothing, 80), (Claim::NotTold, 80));
}

#[test]
fn an_effect_is_found_whatever_one_odd_session_brings() {
    let mut random = Random::seeded(3);
    let orders: Vec<usize> = (0..50).map(|_| random.below(6)).collect();
    let values: Vec<f64> = (0..200).map(|_| 0.15 * random.normal()).collect();
    let null = units(&values, &orders);
    let found = |shift: f64, odd: f64| {
        let mut units = null.clone();
        units.iter_mut().filter(|u| u.arm == Arm::With).for_each(|u| u.ln_ratio += shift);
        units[7].ln_ratio += odd;
        estimate(&units).unwrap()
    };
    let nothing = found(0.0, 0.0);
    assert!(nothing.ln.abs() < 3.0 * nothing.se && (0.018..0.027).contains(&nothing.se), "{nothing:?}");
    assert!((found(0.2, 0.0).ln - nothing.ln - 0.2).abs() < 1e-6, "what is added is found again");
    assert!((found(0.0, 5.0).ln - nothing.ln).abs() < 0.3 * nothing.se, "one session 150 times as large");
    assert_eq!(estimate(&null[..1]), None);
    assert_eq!(estimate(&[]), None);
}

#[test]
fn a_plan_grows_with_noise_and_shrinks_with_what_matters() {
    assert!(size(0.11, 10.0) < size(0.22, 10.0) && size(0.22, 20.0) < size(0.22, 10.0));
    assert_eq!(size(1e-6, 50.0), FEWEST);
    assert_eq!(size(f64::NAN, 10.0) % 4, 0);
    for (sd, smallest) in [(0.1, 5.0), (0.2, 10.0), (0.3, 25.0)] {
        let told = tells(sd, size(sd, smallest));
        assert!(told <= smallest && told > 0.9 * smallest, "{told} of {smallest}");
    }
    let mut random = Random::seeded(4);
    let past: Vec<(Part, f64)> =
        (0..2_000).map(|i| (PARTS[i % 4], 0.2 * random.normal() + 0.5 * (i % 4) as f64)).collect();
    let sd = noise(&past).unwrap();
    assert!((sd / 0.2 - 1.0).abs() < 0.08, "a normal law loses little: {sd}");
    assert_eq!(noise(&past[..19]), None);
}

/// A notebook in which she lives.
struct Her(Notebook, usize);

impl Her {
    fn new() -> Self {
        Self(Notebook::new("phone").unwrap(), 0)
    }

    fn write(&mut self, kind: &str, fields: Value, now: &str) -> String {
        self.1 += 1;
        let fields = serde_json::from_value(fields).unwrap();
        let entry = self.0.log(kind, fields, &at(now), ten(self.1)).unwrap();
        let root = entry.root.to_string();
        self.0.add(vec![entry]).unwrap();
        root
    }

    fn ask(&mut self, now: &str) -> Next {
        let next = next(self.0.journal(), &self.0.observed(&at(now))).unwrap();
        if next.fresh {
            self.write("assignment", Value::Object(next.fields()), now);
        }
        next
    }

    fn pump(&mut self, now: &str, ml: f64, techniques: &[&str]) {
        self.write("pump", json!({"start": now, "total_ml": ml, "techniques": techniques}), now);
    }

    fn page(&self, now: &str) -> Page {
        page(self.0.journal(), &self.0.observed(&at(now)), &Twin::Pending, None).unwrap()
    }
}

const TRIAL: &str = "2026-10-01T05:00:00+00:00[UTC]";

fn october(day: usize, clock: &str) -> String {
    format!("2026-10-{day:02}T{clock}:00+00:00[UTC]")
}

fn with_a_trial(fields: Value) -> Her {
    let mut her = Her::new();
    let mut trial = json!({"technique": "photo", "sessions": 24, "seed": 7, "state": "running"});
    let fields: serde_json::Map<String, Value> = serde_json::from_value(fields).unwrap();
    trial.as_object_mut().unwrap().extend(fields);
    her.write("trial", trial, TRIAL);
    her
}

#[test]
fn asking_again_changes_nothing() {
    let mut her = with_a_trial(json!({}));
    let first = her.ask(&october(1, "08:00"));
    assert_eq!((first.fresh, first.part, first.number), (true, Part::Morning, 0));
    assert_eq!(first.arm, arm(7, Place { part: Part::Morning, number: 0 }));
    let again = her.ask(&october(1, "08:40"));
    assert_eq!((again.fresh, again.arm, again.number), (false, first.arm, 0));
    assert!(again.says.contains("asking again changes nothing"), "{}", again.says);
    // Its session ends, and for half an hour she may still look what it was.
    her.pump(&october(1, "08:45"), 90.0, &[]);
    assert!(!her.ask(&october(1, "09:10")).fresh);
    let second = her.ask(&october(1, "11:30"));
    assert_eq!((second.fresh, second.number), (true, 1));
    assert_eq!(her.ask(&october(1, "19:00")).part, Part::Evening);
}

#[test]
fn a_draw_that_is_not_used_is_skipped_and_not_drawn_anew() {
    let mut her = with_a_trial(json!({}));
    her.ask(&october(1, "06:10"));
    let soon = her.page(&october(1, "06:40"));
    assert_eq!(soon.with.skipped + soon.without.skipped, 0, "its session may still begin");
    let later = her.ask(&october(1, "09:00"));
    assert_eq!((later.fresh, later.number), (true, 1), "its place is used up");
    her.pump(&october(1, "09:05"), 90.0, &[]);
    let page = her.page(&october(1, "20:00"));
    assert_eq!(page.with.skipped + page.without.skipped, 1);
    assert_eq!(page.with.drawn + page.without.drawn, 2);
}

#[test]
fn a_session_that_was_over_when_she_asked_is_not_the_one_that_was_drawn() {
    for (minutes, skipped) in [(8.0, 1), (20.0, 0)] {
        let mut her = with_a_trial(json!({}));
        let fields = json!({"start": october(1, "08:00"), "minutes": minutes, "total_ml": 90.0});
        her.write("pump", fields, &october(1, "08:30"));
        her.ask(&october(1, "08:10"));
        let page = her.page(&october(1, "20:00"));
        assert_eq!(page.with.skipped + page.without.skipped, skipped, "{minutes} min");
    }
}

#[test]
fn what_is_taken_back_is_drawn_as_before() {
    let mut her = with_a_trial(json!({}));
    let first = her.ask(&october(1, "08:00"));
    let entry = her.0.journal().alive().find(|e| e.kind == "assignment").unwrap().root.to_string();
    let gone = her.0.remove(&entry, &at(&october(1, "08:05")), ten(99)).unwrap();
    her.0.add(vec![gone]).unwrap();
    let again = her.ask(&october(1, "08:10"));
    assert_eq!((again.fresh, again.arm, again.number), (true, first.arm, first.number));
}

/// An entry that says otherwise than the seed cannot move a session to the other arm.
#[test]
fn the_seed_says_what_was_drawn() {
    let mut her = with_a_trial(json!({}));
    let drawn = arm(7, Place { part: Part::Morning, number: 0 });
    let trial = list(her.0.journal(), &at(&october(1, "08:00")))[0].id.clone();
    let said = json!({"trial": trial, "part": "morning", "number": 0, "with": drawn != Arm::With});
    her.write("assignment", said, &october(1, "08:00"));
    let page = her.page(&october(1, "09:00"));
    assert_eq!((page.with.drawn, page.without.drawn), if drawn == Arm::With { (1, 0) } else { (0, 1) });
}

/// Days of a woman whose sessions bring 100 mL, and `more` with the picture; she keeps to what was drawn but once.
fn lived(more: f64, seed: u64) -> Her {
    let mut her = Her::new();
    let mut random = Random::seeded(seed);
    let mut ml = move || (100.0 + 4.0 * random.normal()).round();
    for day in 1..=10 {
        for clock in ["03:00", "09:00", "15:00", "21:00"] {
            her.pump(&format!("2026-09-{:02}T{clock}:00+00:00[UTC]", day + 20), ml(), &[]);
        }
    }
    her.write(
        "trial",
        json!({"technique": "photo", "sessions": 24, "seed": seed, "state": "running"}),
        TRIAL,
    );
    for day in 1..=8 {
        for clock in ["09:00", "15:00", "21:00"] {
            let drawn = her.ask(&october(day, clock));
            let with = (drawn.arm == Arm::With) != (day == 3 && clock == "15:00");
            let techniques: &[&str] = if with { &["photo"] } else { &[] };
            her.pump(&october(day, clock), ml() + if with { more } else { 0.0 }, techniques);
        }
    }
    her
}

#[test]
fn one_page_says_what_came_of_it() {
    let page = lived(25.0, 9).page(&october(9, "23:00"));
    assert_eq!((page.claim, page.counted, page.finished, page.next_look), (Claim::Helps, 24, true, None));
    assert_eq!((page.with.otherwise + page.without.otherwise, page.expected_by), (1, "line"));
    assert!(page.says.starts_with("Yes: for you it brings more, from "), "{}", page.says);
    let alone = page.alone.unwrap();
    assert!(alone.low > 10.0 && alone.middle > 15.0 && alone.middle < 35.0, "{alone:?}");
    assert!(page.effect.unwrap().p50 < alone.middle, "what was believed before draws it back");
    assert!(page.cannot_tell[0].contains("what one hopes for"));
    let early = lived(25.0, 9).page(&october(2, "23:00"));
    assert_eq!((early.claim, early.counted, early.next_look), (Claim::TooEarly, 6, Some(10)));
    assert!(
        early.says.starts_with("Not known yet: 6 of 24 sessions are there; the next look is after 4 more")
    );
    let json = serde_json::to_value(&early).unwrap();
    assert_eq!((json["claim"].as_str(), json["with"]["drawn"].is_u64()), (Some("too_early"), true));
}

#[test]
fn a_page_claims_nothing_where_nothing_is() {
    let pages: Vec<Page> = (0..20).map(|seed| lived(0.0, seed).page(&october(9, "23:00"))).collect();
    let quiet: Vec<&Page> = pages.iter().filter(|page| page.claim == Claim::NotTold).collect();
    assert!(quiet.len() >= 17, "{}", quiet.len());
    assert!(quiet.iter().all(|page| page.finished && page.says.contains("could not be told from chance.")));
    let within = quiet.iter().filter(|page| page.says.contains("It lies between")).count();
    assert!(within + 2 >= quiet.len(), "its range and its claim say the same: {within} of {}", quiet.len());
}

#[test]
fn a_trial_that_has_all_it_needs_draws_no_more() {
    let mut her = lived(0.0, 9);
    for clock in ["03:00", "09:00", "15:00", "21:00"] {
        assert!(her.ask(&october(9, clock)).fresh);
        her.pump(&october(9, clock), 100.0, &[]);
    }
    let refused = next(her.0.journal(), &her.0.observed(&at(&october(10, "09:00")))).unwrap_err().to_string();
    assert!(refused.starts_with("all 24 sessions are there"), "{refused}");
}

/// What she logs without asking is hers alone, and what was with the picture before the trial is no part of it.
#[test]
fn sessions_that_were_not_drawn_do_not_count() {
    let mut her = with_a_trial(json!({}));
    her.pump(&october(1, "08:00"), 90.0, &["photo"]);
    her.pump(&october(1, "12:00"), 90.0, &[]);
    let page = her.page(&october(1, "20:00"));
    assert_eq!((page.with, page.without, page.counted), Default::default());
    assert_eq!((page.effect, page.helps, page.claim), (None, None, Claim::TooEarly));
}

#[test]
fn a_day_has_one_draw_and_its_first_session_does_not_count() {
    let mut her = with_a_trial(json!({"technique": "longer", "more_minutes": 5, "by_day": true}));
    let pump = |her: &mut Her, day: usize, clock: &str, minutes: f64| {
        let start = october(day, clock);
        her.write(
            "pump",
            json!({"start": start, "total_ml": 90, "minutes": minutes}),
            &october(day, "23:50"),
        );
    };
    for day in 1..=3 {
        pump(&mut her, day, "02:00", 15.0);
    }
    let drawn = her.ask(&october(4, "07:00"));
    assert_eq!((drawn.part, drawn.number), (Part::Day, 0));
    assert!(drawn.says.starts_with("Today: with sessions "), "{}", drawn.says);
    assert!(!her.ask(&october(4, "21:00")).fresh);
    for clock in ["07:05", "12:00", "18:00"] {
        pump(&mut her, 4, clock, if drawn.arm == Arm::With { 20.0 } else { 15.0 });
    }
    let early = her.page(&october(4, "23:55"));
    assert_eq!(early.with.drawn + early.without.drawn, 0, "a day that is not over says nothing");
    let page = her.page(&october(5, "08:00"));
    let drawn_arm = if drawn.arm == Arm::With { &page.with } else { &page.without };
    assert_eq!((drawn_arm.drawn, drawn_arm.counted, drawn_arm.output_ml), (1, 1, Some(90.0)));
    let asked = her.ask(&october(5, "08:00"));
    assert_eq!((asked.fresh, asked.number), (true, 1));
}

#[test]
fn seconds_are_told_without_a_twin() {
    let mut her = with_a_trial(json!({"outcome": "latency", "sessions": 16}));
    for day in 1..=8 {
        for clock in ["08:00", "14:00"] {
            let with = her.ask(&october(day, clock)).arm == Arm::With;
            let onset = if with { 60.0 } else { 120.0 } + (day % 3) as f64;
            let seen = json!([{"onset_s": onset, "end_s": onset + 60.0}]);
            her.write("pump", json!({"start": october(day, clock), "let_downs": seen}), &october(day, clock));
        }
    }
    let page = her.page(&october(9, "08:00"));
    assert_eq!((page.claim, page.counted, page.expected_by), (Claim::Helps, 16, "nothing"));
    assert!(page.says.starts_with("Yes: for you it lets milk down sooner"), "{}", page.says);
    assert_eq!(page.asks, "Do sessions with a picture of your baby let milk down sooner?");
}

fn planned(bodies: &[Body], question: &str, now: &str) -> Result<letdown_engine::trials::Planned, String> {
    let journal = Folded::of(entries(bodies));
    let observed = Observed::at(&journal, &at(now));
    let question = Question::read(question).unwrap();
    plan(&journal, &observed, &Twin::Pending, &question, 10.0).map_err(|e| e.to_string())
}

fn pump(start: &Moment, ml: f64, minutes: f64) -> Body {
    let total = Some(crate::logs::ml(ml));
    Body::Pump(Pump { total, minutes: Some(minutes), ..Pump::at(start.clone()) })
}

fn month(sd: f64, minutes: f64) -> Vec<Body> {
    let mut random = Random::seeded(1);
    let mut bodies = Vec::new();
    for day in 1..=28 {
        for clock in ["02:00", "06:00", "10:00", "14:00", "18:00", "22:00"] {
            let ml = (100.0 * (sd * random.normal()).exp()).round();
            bodies.push(pump(&at(&format!("2026-09-{day:02}T{clock}:00+00:00[UTC]")), ml, minutes));
        }
    }
    bodies
}

#[test]
fn a_plan_comes_from_her_own_noise() {
    let now = "2026-09-29T00:00:00+00:00[UTC]";
    let (quiet, loud) = (
        planned(&month(0.08, 15.0), "picture", now).unwrap(),
        planned(&month(0.2, 15.0), "picture", now).unwrap(),
    );
    assert!(quiet.sessions < loud.sessions && quiet.noise_from > 100, "{quiet:?}");
    assert!((loud.noise / 0.2 - 1.0).abs() < 0.2, "{}", loud.noise);
    assert_eq!(quiet.days, Some((quiet.sessions as f64 / 6.0).ceil() as u32));
    assert!(quiet.says.contains(&format!("About {} sessions, ", quiet.sessions)), "{}", quiet.says);
    let none = planned(&[], "warm shield", now).unwrap();
    assert_eq!((none.noise_from, none.days), (0, None));
    assert!(none.says.contains("not known yet"), "{}", none.says);
    let far = planned(&month(0.8, 15.0), "picture", now).unwrap_err();
    assert!(far.contains("so ask for that or more"), "{far}");
}

#[test]
fn more_minutes_are_refused_where_they_would_harm() {
    let now = "2026-09-29T00:00:00+00:00[UTC]";
    assert!(planned(&month(0.05, 28.0), "+5min", now).unwrap_err().contains("30 min"));
    let mut sore = month(0.05, 15.0);
    assert!(planned(&sore, "+5min", now).unwrap().red_flags.is_empty());
    sore.push(Body::Symptom(Symptom::at(at("2026-09-28T20:00:00+00:00[UTC]"), SymptomKind::Redness)));
    assert!(planned(&sore, "+5min", now).unwrap().red_flags[0].contains("More pumping is not the help"));
    assert!(planned(&sore, "picture", now).unwrap().red_flags.is_empty(), "a picture is no more pumping");
    let mut her = with_a_trial(json!({"technique": "longer", "more_minutes": 5, "by_day": true}));
    her.write("symptom", json!({"what": "engorgement"}), &october(1, "07:00"));
    let refused = next(her.0.journal(), &her.0.observed(&at(&october(1, "08:00")))).unwrap_err().to_string();
    assert!(refused.contains("This trial waits"), "{refused}");
}

#[test]
fn only_what_is_safe_to_draw_is_tried() {
    for word in ["nursing", "vacuum", "+15min", "+0min", "drop 13:00", ""] {
        assert!(Question::read(word).is_err(), "{word}");
    }
    for (typed, technique) in
        [("Picture", "photo"), ("warm shield", "warmth"), ("other flange", "flange"), ("+5min", "longer")]
    {
        assert_eq!(
            Question::read(typed).unwrap().technique,
            Technique::from(technique.to_owned()),
            "{typed}"
        );
    }
}

#[test]
fn without_a_trial_it_says_so() {
    let journal = Folded::default();
    let now = at(TRIAL);
    assert!(list(&journal, &now).is_empty());
    let observed = Observed::at(&journal, &now);
    assert!(next(&journal, &observed).unwrap_err().to_string().contains("no trial runs"));
    assert!(
        page(&journal, &observed, &Twin::Pending, None).unwrap_err().to_string().contains("no trial yet")
    );
}
