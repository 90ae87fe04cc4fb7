use crate::helpers::{desk, entries, entry};
use letdown_journal::entry::Entry;
use letdown_store::{Page, SqliteStore, Store};

#[test]
fn pages_of_any_size_cover_everything_once() {
    let mut desk = desk();
    let all = entries("phone", 1..=23);
    desk.store.append(&all).unwrap();
    for limit in [1, 2, 7, 22, 23, 24, 5_000] {
        let pages = pages(&desk.store, limit);
        assert_eq!(pages.iter().map(|p| p.entries.len()).sum::<usize>(), 23, "limit {limit}");
        assert_eq!(pages.into_iter().flat_map(|p| p.entries).collect::<Vec<_>>(), all, "limit {limit}");
    }
}

#[test]
fn an_empty_page_keeps_its_cursor() {
    let mut desk = desk();
    desk.store.append(&entries("phone", 1..=2)).unwrap();
    let end = desk.store.after(0, 10).unwrap().next;
    assert_eq!(desk.store.after(end, 10).unwrap(), Page { entries: vec![], next: end, more: false });
    desk.store.append(&entries("phone", 3..=3)).unwrap();
    assert_eq!(desk.store.after(end, 10).unwrap().entries, entries("phone", 3..=3));
}

#[test]
fn a_page_of_large_bodies_ends_early() {
    let mut desk = desk();
    let note = format!(r#"{{"note":"{}"}}"#, "n".repeat(60_000));
    let all: Vec<Entry> = (1..=300).map(|n| entry("phone", n, &note)).collect();
    desk.store.append(&all).unwrap();
    let pages = pages(&desk.store, 5_000);
    assert!(pages.len() == 3 && pages[0].entries.len() < 150, "{} pages", pages.len());
    assert_eq!(pages.into_iter().flat_map(|p| p.entries).collect::<Vec<_>>(), all);
}

fn pages(store: &SqliteStore, limit: usize) -> Vec<Page> {
    let mut pages = vec![store.after(0, limit).unwrap()];
    while let Some(Page { next, more: true, .. }) = pages.last() {
        pages.push(store.after(*next, limit).unwrap());
    }
    pages
}
