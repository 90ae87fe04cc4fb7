//! Every red flag, from entries of a log: it is told, and nothing about supply is said after it. The sentences are written here
//! anew, by hand.

use super::{find, told};
use letdown_engine::coach::{Grade, Id};

const USUAL: &str = "let_downs = [{at_s = 70, ml = 30}, {at_s = 190, ml = 20}, {at_s = 300, ml = 14}]\nminutes = 14\ngoal = \"raise\"\n";
/// The rehearsal begins on 24 November 2026.
const BORN: &str = "{kind = \"baby\", name = \"Mia\", hours_ago = 1, birth_weight_g = 3400, born = ";

/// The journal, and what must be said of it.
fn flags() -> Vec<(&'static str, String, &'static str)> {
    let baby = |born: &str| format!("{BORN}{born:?}}}");
    let weight = |hours: u32, g: u32| {
        format!("{{kind = \"weight\", baby = \"Mia\", hours_ago = {hours}, weight_g = {g}}}")
    };
    let diapers = (0..9).map(|k| {
        format!(
            "{{kind = \"diaper\", baby = \"Mia\", hours_ago = {}, wet = true, soiled = false}}",
            14 + 8 * k
        )
    });
    let pumps =
        (1..=4).map(|k| format!("{{kind = \"pump\", hours_ago = {}, minutes = 15, total_ml = 0}}", 4 * k));
    let join = |entries: Vec<String>| entries.join(", ");
    vec![
        ("loss", join(vec![baby("2026-11-20"), weight(2, 3000)]), "weighs over a tenth less than at birth"),
        (
            "birth weight",
            join(vec![baby("2026-11-05"), weight(2, 3300)]),
            "is not back at the weight of birth",
        ),
        ("gain", join(vec![baby("2026-10-10"), weight(14 * 24, 3900), weight(2, 4010)]), "gained 8 g a day"),
        (
            "diapers",
            join([baby("2026-11-01")].into_iter().chain(diapers).collect()),
            "wet diapers of yesterday",
        ),
        (
            "fever",
            "{kind = \"symptom\", what = \"redness\", hours_ago = 5, temperature_c = 38.7}".into(),
            "You logged a fever and a sore breast",
        ),
        ("no milk", join(pumps.collect()), "Four or more sessions in 24 hours brought no milk"),
    ]
}

#[test]
fn each_is_told_and_then_nothing_more_is_said() {
    for (name, journal, says) in flags() {
        let told = told(&format!("{USUAL}journal = [{journal}]"));
        assert_eq!(told.ids(), [Id::AskFirst], "{name}");
        let prompt = &told.prompts[0];
        assert!(prompt.text.contains(says), "{name}: {}", prompt.text);
        assert!(["midwife", "doctor", "pediatrician"].iter().any(|who| prompt.text.contains(who)), "{name}");
        assert_eq!((prompt.since_s, prompt.rests_on), (0.0, Grade::Guidance), "{name}");
    }
}

#[test]
fn no_milk_silences_nothing_when_she_weans() {
    let (_, journal, _) = flags().into_iter().find(|(name, ..)| *name == "no milk").unwrap();
    let weaning = USUAL.replace("raise", "wean");
    let told = told(&format!("{weaning}journal = [{journal}]"));
    assert!(told.ids().contains(&Id::Enough) && !told.ids().contains(&Id::AskFirst), "{:?}", told.ids());
}

#[test]
fn without_the_flag_the_same_session_is_coached() {
    let told = told(USUAL);
    assert!(told.ids().contains(&Id::MassageThenFive) && !told.ids().contains(&Id::AskFirst));
}

#[test]
fn a_sore_breast_or_a_great_deal_of_milk_is_never_asked_for_more() {
    let much: Vec<String> = (1..=56)
        .map(|k| format!("{{kind = \"pump\", hours_ago = {}, minutes = 15, total_ml = 230}}", 3 * k))
        .collect();
    for (journal, why) in [
        (
            "{kind = \"symptom\", what = \"engorgement\", hours_ago = 5}".to_owned(),
            "More pumping is not the help",
        ),
        (
            "{kind = \"symptom\", what = \"blocked_duct\", hours_ago = 30}".to_owned(),
            "More pumping is not the help",
        ),
        (much.join(", "), "You already pump a great deal of milk"),
    ] {
        let told = told(&format!("{USUAL}journal = [{journal}]"));
        let never = [Id::MassageThenFive, Id::Massage, Id::PastFlow, Id::PumpAgain];
        assert!(told.ids().iter().all(|id| !never.contains(id)), "{:?}", told.ids());
        let prompt = find(&told, Id::Comfortable);
        assert!(prompt.why.contains(why), "{}", prompt.why);
    }
}
