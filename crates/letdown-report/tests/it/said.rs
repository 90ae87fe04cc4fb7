use crate::journals::{baby, fever, november, page, pumping, pumping_page, twins, weight};
use letdown_engine::report::Report;
use letdown_journal::{
    body::{Body, Pump},
    volume::Output,
};
use letdown_report::{Paper, arranged};

fn words(report: &Report) -> String {
    arranged(report, Paper::A4).unwrap().words()
}

#[test]
fn no_word_blames() {
    let all = [page(&[]), pumping_page(), page(&[twins(), fever()].concat())];
    for text in all.iter().map(words) {
        let text = text.to_lowercase();
        for word in
            ["failure", "poor", "insufficient", "should", "must not", "bad", "inadequate", "low supply"]
        {
            assert!(!text.contains(word), "{word:?} in {text}");
        }
    }
}

#[test]
fn an_empty_journal_says_what_is_not_known() {
    let text = words(&page(&[]));
    for said in
        ["Nothing is logged yet.", "none logged", "Not known from this log.", "No weight is logged yet."]
    {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
}

#[test]
fn what_is_simulated_is_said_to_be() {
    assert!(words(&pumping_page()).contains("Simulated: "));
    assert!(!words(&page(&twins())).contains("Simulated"));
}

#[test]
fn a_flag_stands_first_and_says_whom_to_ask() {
    let text = words(&page(&[twins(), fever()].concat()));
    let call = text.find("Please call a doctor or a midwife today").unwrap();
    assert!(call < text.find("Output a day").unwrap());
    assert!(!text.contains("none of the signs"));
    assert!(words(&page(&twins())).contains("none of the signs"));
}

#[test]
fn each_breast_is_told_where_it_is_known_and_said_not_to_be_where_not() {
    let told = words(&pumping_page());
    assert!(told.contains("\nLeft\n") && told.contains("\nRight\n"), "{told}");
    assert!(words(&page(&pumping())).contains("Not known from this log."));
}

/// Output is never intake: what was pumped is nowhere under what was drunk.
#[test]
fn what_was_pumped_is_not_said_to_be_drunk() {
    let total = Some(Output::ml(777.0).unwrap());
    let pump: Body = Pump { total, minutes: Some(15.0), ..Pump::at(november(22, "08:00")) }.into();
    let text = words(&page(&[pump]));
    let drunk = text.split("What babies drank").nth(1).unwrap();
    let drunk = drunk.split("What is known").next().unwrap();
    assert!(text.contains("777 mL") && !drunk.contains("777"), "{drunk}");
}

#[test]
fn a_name_that_cannot_be_set_is_a_number() {
    let bodies = [
        baby("李娜", None).into(),
        baby("Ida", None).into(),
        weight("李娜", 20, 4_000.0),
        weight("Ida", 20, 4_100.0),
    ];
    let text = words(&page(&bodies));
    assert!(text.contains("Ida") && text.contains("baby ") && !text.contains('李'), "{text}");
}
