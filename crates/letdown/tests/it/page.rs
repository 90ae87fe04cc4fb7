//! One page for a consultant comes out as a file, or as its numbers.

use crate::home::{Home, keys};
use serde_json::json;
use std::fs;

const NOW: &str = "2026-07-30T12:00:00+02:00[Europe/Berlin]";

#[test]
fn a_page_is_written_whole_and_stays_as_it_is() {
    let home = Home::with_a_session();
    let args = ["export", "--format", "pdf", "--at", NOW, "--out", "page.pdf"];
    assert!(home.done(&args).out.starts_with("Wrote one page to page.pdf."));
    let page = fs::read(home.path("page.pdf")).unwrap();
    assert!(page.starts_with(b"%PDF-"));
    home.run(&args).refused(1, &["page.pdf", "is there already", "--force"]);
    home.done(&[&args[..], &["--force", "--paper", "letter"]].concat());
    let letter = fs::read(home.path("page.pdf")).unwrap();
    assert!(letter != page);
    home.done(&[&args[..], &["--force"]].concat());
    assert!(
        fs::read(home.path("page.pdf")).unwrap() == page,
        "the same journal and time give the same bytes"
    );
}

#[test]
fn the_numbers_of_a_page_are_json() {
    let home = Home::with_a_session();
    let page = home.json(&["export", "--format", "pdf", "--at", NOW]);
    assert_eq!(
        keys(&page),
        "fed findings flags forecasts growth heading let_downs limits plan removed supply"
    );
    let said =
        home.json(&["export", "--format", "pdf", "--at", NOW, "--out", "page.pdf", "--paper", "letter"]);
    assert_eq!(keys(&said), "bytes file format paper report");
    assert_eq!((&said["format"], &said["paper"], &said["report"]), (&json!("pdf"), &json!("letter"), &page));
    assert_eq!(said["bytes"], json!(fs::metadata(home.path("page.pdf")).unwrap().len()));
}

#[test]
fn a_page_is_of_the_whole_log() {
    let home = Home::with_a_session();
    let args = ["export", "--format", "pdf", "--kind", "pump", "--out", "page.pdf"];
    home.run(&args).refused(2, &["--kind", "--at"]);
    assert!(!home.path("page.pdf").exists());
}
