//! What is said when, written down by hand from the design: M2, M3, M4, M8, M10, M13, the limits and the budget. A let-down of
//! a scenario is at its strongest 15 s after it begins; under 3 mL in a minute over two minutes, flow has slowed.

use super::{find, told};
use letdown_engine::coach::{BUDGET, Coach, Grade, Id, Knows, LONGEST_S, Rehearsal, What};

/// Three let-downs of a usual woman; flow has slowed about two minutes after the last.
const USUAL: &str = "let_downs = [{at_s = 70, ml = 30}, {at_s = 190, ml = 20}, {at_s = 300, ml = 14}]\n";

#[test]
fn m3_when_flow_slows_massage_and_five_more_come_with_their_chance() {
    let told = told(&format!("{USUAL}minutes = 12\ngaps_s = [160, 170, 165]\nfirst_s = [70, 75, 72]"));
    let prompt = find(&told, Id::MassageThenFive);
    assert!(430.0 < prompt.since_s && prompt.since_s < 475.0, "{}", prompt.since_s);
    assert!(
        prompt
            .text
            .starts_with("Flow has slowed. Stop the pump, massage for 2 minutes, then pump 5 more: about ")
    );
    let (chance, ml) = (prompt.chance.unwrap(), prompt.ml.unwrap());
    assert!(0.05 < chance && chance < 0.98 && 3.0 <= ml.p10 && ml.p10 < ml.p90, "{chance} {ml:?}");
    let said = (20.0 * chance).round() * 5.0;
    assert!(prompt.text.contains(&format!("about {said} in 100")), "{}", prompt.text);
    assert_eq!(prompt.rests_on, Grade::HerData { n: 3 });
    assert!(prompt.limits.contains("from 3 mL on"));
}

#[test]
fn m4_massage_is_led_and_what_came_of_it_is_said() {
    let came = told(&format!(
        "minutes = 20\nheard = [{{at_s = 480, says = \"do\"}}]\n{}",
        USUAL.replace("ml = 14}", "ml = 14}, {at_s = 700, ml = 9}")
    ));
    let after: Vec<Id> = came.ids().into_iter().skip_while(|id| *id != Id::MassageThenFive).take(4).collect();
    assert_eq!(after, [Id::MassageThenFive, Id::Massage, Id::PumpAgain, Id::CameAgain]);
    assert_eq!((find(&came, Id::Massage).since_s, find(&came, Id::PumpAgain).since_s), (480.0, 600.0));
    assert!(find(&came, Id::MassageThenFive).why.contains("leave the pump on for 5 minutes: about "));

    let not = told(&format!("{USUAL}minutes = 20\nheard = [{{at_s = 480, says = \"do\"}}]"));
    let over = find(&not, Id::Over);
    assert_eq!(over.since_s, 480.0 + 420.0);
    assert!(over.text.contains("You can stop here"));
}

#[test]
fn m2_past_the_end_of_flow_is_offered_to_who_raises_and_called_unproven() {
    // Her breasts held 65 mL, so most of what is within reach has come.
    let scenario = |goal: &str| format!("{USUAL}minutes = 14\nin_breast_ml = 65\ngoal = {goal:?}");
    let raise = told(&scenario("raise"));
    let past = find(&raise, Id::PastFlow);
    assert!(past.text.contains("unproven"));
    assert_eq!(past.rests_on, Grade::Tradition);
    assert!(past.limits.contains("No trial has tested it"));
    let enough = raise.prompts.iter().find(|p| p.id == Id::Enough);
    assert!(enough.is_none_or(|enough| past.since_s < enough.since_s), "{:?}", raise.ids());
    for goal in ["hold", "wean"] {
        let other = told(&scenario(goal));
        assert!(!other.ids().contains(&Id::PastFlow), "{goal}");
        assert!(find(&other, Id::Enough).text.contains("You can stop here"), "{goal}");
    }
}

#[test]
fn m8_and_m13_a_cue_is_offered_before_milk_comes() {
    let stranger = told("minutes = 1");
    let cue = &stranger.prompts[0];
    assert_eq!((cue.id, cue.since_s, cue.rests_on), (Id::Cue, 0.0, Grade::Trials));
    assert!(cue.text.contains("picture of your baby") && cue.text.contains("smells of your baby"));
    assert!(cue.why.contains("learns"));

    // Ten sessions without anything that take 120 s, ten with a sound that take 60 s.
    let session = |day: u32, s: u32, with: &str| {
        format!(
            "{{kind = \"pump\", hours_ago = {}, minutes = 15, total_ml = 80, techniques = [{with}], let_downs = [{{onset_s = {}, end_s = {}}}]}}",
            24 * day,
            s + day % 3,
            s + 60
        )
    };
    let days: Vec<String> = (1..=20)
        .map(|day| if day % 2 == 0 { session(day, 120, "") } else { session(day, 60, "\"sound\"") })
        .collect();
    let hers = told(&format!("minutes = 1\njournal = [{}]", days.join(", ")));
    let cue = &hers.prompts[0];
    assert_eq!((cue.id, cue.rests_on), (Id::Cue, Grade::HerData { n: 10 }));
    assert!(
        cue.text.contains("sound of your baby") && cue.why.contains("% sooner"),
        "{} {}",
        cue.text,
        cue.why
    );
}

#[test]
fn she_is_told_her_usual_wait_and_that_milk_came() {
    let late = told("minutes = 3\nfirst_s = [60, 62, 58, 61, 60]\nlet_downs = [{at_s = 130, ml = 20}]");
    assert_eq!(late.ids(), [Id::Cue, Id::Wait, Id::Came]);
    let wait = find(&late, Id::Wait);
    assert!(60.0 < wait.since_s && wait.since_s < 100.0);
    assert_eq!(wait.rests_on, Grade::HerData { n: 5 });
    assert!((late.look.first_s.unwrap() - 130.0).abs() < 6.0);
    assert!(find(&late, Id::Came).text.starts_with("Milk came after 2:"));

    let none = told("minutes = 6");
    assert_eq!(none.ids(), [Id::Cue, Id::Wait, Id::NoneYet]);
    assert!(find(&none, Id::NoneYet).text.contains("You can stop, too."));
}

#[test]
fn m10_who_is_tense_gets_a_breath_and_then_silence() {
    let noted = "journal = [{kind = \"feeling\", stress = 7, hours_ago = 1}]\n";
    assert_eq!(told(&format!("{USUAL}{noted}minutes = 14")).ids(), [Id::Calm]);
    let said = told(&format!("{USUAL}minutes = 14\nheard = [{{at_s = 300, says = \"tense\"}}]"));
    assert_eq!(said.ids(), [Id::Cue, Id::Came, Id::Calm]);
    assert!(find(&said, Id::Calm).why.contains("Stress can hold milk back"));
    let long_ago = "journal = [{kind = \"feeling\", stress = 7, hours_ago = 9}]\n";
    assert!(!told(&format!("{USUAL}{long_ago}minutes = 14")).ids().contains(&Id::Calm));
}

#[test]
fn nothing_goes_on_after_pain() {
    for (at_s, before) in [(10, vec![Id::Cue]), (500, vec![Id::Cue, Id::Came, Id::MassageThenFive])] {
        let hurt = told(&format!("{USUAL}minutes = 35\nheard = [{{at_s = {at_s}, says = \"pain\"}}]"));
        assert_eq!(hurt.ids(), [before, vec![Id::Pain]].concat());
    }
    // Also in the middle of what she agreed to.
    let led = "heard = [{at_s = 480, says = \"do\"}, {at_s = 520, says = \"pain\"}]";
    let hurt = told(&format!("{USUAL}minutes = 35\n{led}"));
    assert_eq!(hurt.ids().last(), Some(&Id::Pain));
    let noted = "journal = [{kind = \"feeling\", pain = 7, hours_ago = 1}]\n";
    let before = told(&format!("{USUAL}{noted}minutes = 14"));
    assert!(before.ids().contains(&Id::Comfortable) && !before.ids().contains(&Id::MassageThenFive));
}

#[test]
fn a_session_that_hurt_speaks_to_the_next_until_it_is_well_again() {
    let session = |hours_ago: f64| {
        format!("{{kind = \"pump\", minutes = 12, total_ml = 50, hurt_s = 300, hours_ago = {hours_ago}}}")
    };
    let well = "{kind = \"feeling\", pain = 0, hours_ago = 1}".to_owned();
    for (journal, is_held_back) in [
        (session(2.0), true),
        (session(9.0), false),
        (format!("{}, {well}", session(2.0)), false),
        (format!("{well}, {}", session(0.5)), true),
    ] {
        let told = told(&format!("{USUAL}journal = [{journal}]\nminutes = 14"));
        assert_eq!(told.ids().contains(&Id::Comfortable), is_held_back, "{journal}");
        assert_eq!(told.ids().contains(&Id::MassageThenFive), !is_held_back, "{journal}");
        if is_held_back {
            assert!(find(&told, Id::Comfortable).why.starts_with("You said in the last hours that it hurt."));
        }
    }
}

#[test]
fn no_session_is_led_past_thirty_minutes() {
    let late = "let_downs = [{at_s = 70, ml = 30}, {at_s = 1500, ml = 25}]\nminutes = 35";
    let long = told(late);
    assert_eq!(long.ids().last(), Some(&Id::Long));
    assert_eq!(find(&long, Id::Long).since_s, LONGEST_S);
    for prompt in &long.prompts {
        let minutes_s = match prompt.id {
            Id::MassageThenFive => 420.0,
            Id::PastFlow => 300.0,
            _ => 0.0,
        };
        assert!(prompt.since_s + minutes_s <= LONGEST_S, "{:?} at {}", prompt.id, prompt.since_s);
    }
}

#[test]
fn stopping_and_not_now_are_always_offered_and_heard() {
    let many = told(&format!("{USUAL}minutes = 14\nin_breast_ml = 90\ngoal = \"raise\""));
    for prompt in &many.prompts {
        let offers: Vec<What> = prompt.offers.iter().map(|o| o.answer).collect();
        assert!(offers.contains(&What::Stop) && offers.contains(&What::NotNow), "{:?}", prompt.id);
    }
    let stopped = told(&format!("{USUAL}minutes = 14\nheard = [{{at_s = 20, says = \"stop\"}}]"));
    assert_eq!(stopped.ids(), [Id::Cue]);
    let waved = "heard = [{at_s = 5, says = \"not_now\"}, {at_s = 480, says = \"not_now\"}]";
    let waved = told(&format!("{USUAL}minutes = 28\n{waved}"));
    assert_eq!(
        waved.ids(),
        [Id::Cue, Id::MassageThenFive],
        "a let-down within three minutes of a not now is not told"
    );
}

#[test]
fn a_session_has_a_budget_and_a_prompt_stands_alone() {
    // Let-downs that come and stay away again, for an hour.
    let many: Vec<String> = (0..8).map(|k| format!("{{at_s = {}, ml = 15}}", 150 + 210 * k)).collect();
    let busy = told(&format!("minutes = 35\nlet_downs = [{}]\nfirst_s = [60, 60, 60]", many.join(", ")));
    let counted = busy.ids().iter().filter(|id| !matches!(id, Id::Long)).count();
    assert!(counted <= BUDGET, "{:?}", busy.ids());
    for two in busy.prompts.windows(2) {
        assert!(two[1].id == Id::Long || 30.0 <= two[1].since_s - two[0].since_s);
    }
}

#[test]
fn an_old_log_says_how_old_it_is() {
    let sessions: Vec<String> = (3..=8)
        .map(|day| format!("{{kind = \"pump\", hours_ago = {}, minutes = 15, total_ml = 80, let_downs = [{{onset_s = 60, end_s = 120}}]}}", 24 * day))
        .collect();
    let old = told(&format!("{USUAL}minutes = 12\njournal = [{}]", sessions.join(", ")));
    let prompt = find(&old, Id::MassageThenFive);
    assert_eq!(prompt.rests_on, Grade::HerData { n: 6 });
    assert!(prompt.limits.starts_with("Your newest session is 3 days old"), "{}", prompt.limits);
}

#[test]
fn the_quiet_mode_shows_no_volume_and_ounces_are_ounces() {
    let quiet = told(&format!("{USUAL}minutes = 20\nshows = \"nothing\"\nin_breast_ml = 65"));
    let loud = told(&format!("{USUAL}minutes = 20\nin_breast_ml = 65"));
    assert_eq!(quiet.ids(), loud.ids());
    assert!(quiet.prompts.iter().all(|p| p.ml.is_none() && !p.text.contains("mL")));
    assert!(find(&loud, Id::Enough).text.contains("mL came"));
    let oz = told(&format!("{USUAL}minutes = 20\nshows = \"oz\"\nin_breast_ml = 65"));
    assert!(find(&oz, Id::Enough).text.contains(" oz came"));
}

#[test]
fn the_same_session_says_the_same_also_after_a_pause_of_the_phone() {
    let scenario = format!("{USUAL}minutes = 12");
    let told = told(&scenario);
    let half = Rehearsal::read(&format!("{USUAL}minutes = 8")).unwrap().run(1, &[]).unwrap();
    let mut again = Coach::again(Knows::default(), half.said.clone());
    assert_eq!(half.said, told.said[..half.said.len()]);
    // What stands goes on standing; nothing is said twice.
    let (stands, last) = (again.step(482.0, &half.look).unwrap(), half.prompts.last().unwrap());
    assert_eq!((stands.id, stands.since_s), (last.id, last.since_s));
    assert_eq!(again.said(), half.said);
}

#[test]
fn taps_are_enough() {
    let taps = "taps = [{t_s = 75, tap = \"milk_came\"}, {t_s = 300, tap = \"slowed\"}]\nminutes = 8";
    let told = told(taps);
    assert_eq!(told.ids(), [Id::Cue, Id::Came, Id::MassageThenFive, Id::Enough]);
    let prompt = find(&told, Id::MassageThenFive);
    assert!((300.0..305.0).contains(&prompt.since_s), "{}", prompt.since_s);
    assert_eq!(prompt.rests_on, Grade::Model);
}

#[test]
fn a_scenario_that_is_none_is_answered_with_a_sentence() {
    for (toml, says) in [
        ("goal = \"more\"", "scenario key goal: \"more\" is not known here; it is one of raise, hold, wean"),
        ("gaol = \"raise\"", "scenario key gaol: this key is not known here, but goal is"),
        ("heard = [{at_s = 3}]", "scenario key heard[1].says: it is do, not_now, stop, pain or tense"),
        ("minutes = 90", "scenario key minutes: 90 must lie between 1 and 60 min"),
        ("let_downs = [{at = 3}]", "scenario key let_downs[1].at: this key is not known here"),
        ("journal = [{stress = 3}]", "scenario key journal[1]: it has no kind"),
        ("journal = [{kind = \"feeling\", stress = 30}]", "scenario key journal[1]: field stress"),
        ("let_downs = []\ntaps = []", "scenario key let_downs: say only one of let_downs, taps and session"),
        ("goal =", "the scenario cannot be read: line 1"),
    ] {
        let said = Rehearsal::read(toml).unwrap_err().to_string();
        assert!(said.starts_with(says), "{toml}: {said}");
    }
}
