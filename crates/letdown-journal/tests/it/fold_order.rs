use letdown_journal::{
    author::Author,
    body::{Body, Diaper},
    entry::{Entry, Op},
    fold::Folded,
    moment,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What one device does next: 0 puts, 1 edits and 2 deletes the fact picked among all entries so far.
#[derive(Clone, Debug)]
struct Act {
    device: usize,
    what: u8,
    pick: prop::sample::Index,
    now_ms: u64,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (0usize..3, 0u8..3, any::<prop::sample::Index>(), 0u64..50)
        .prop_map(|(device, what, pick, now_ms)| Act { device, what, pick, now_ms });
    prop::collection::vec(act, 1..30)
}

fn play(acts: &[Act]) -> Vec<Entry> {
    let start = moment::parse("2026-11-24T06:00Z", None).unwrap().at;
    let mut authors: Vec<Author> = ["a", "b", "c"].map(|d| Author::new(d).unwrap()).into();
    let mut entries: Vec<Entry> = Vec::new();
    for (i, act) in acts.iter().enumerate() {
        let body = Body::Diaper(Diaper::at(start.clone(), i % 2 == 0, i % 3 == 0));
        let random = [u8::try_from(i).unwrap(); 10];
        let author = &mut authors[act.device];
        let entry = match act.what {
            _ if entries.is_empty() => author.put(&body, act.now_ms, random),
            0 => author.put(&body, act.now_ms, random),
            1 => author.edit(act.pick.get(&entries), &body, act.now_ms, random),
            _ => author.delete(act.pick.get(&entries), act.now_ms, random),
        };
        entries.push(entry);
    }
    entries
}

/// The oracle: sort by (hlc, device), the last one of each root stands.
fn oracle(entries: &[Entry]) -> BTreeMap<String, String> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|e| (e.hlc, e.device.clone()));
    let mut stands = BTreeMap::new();
    for entry in sorted {
        stands.insert(entry.root.to_string(), entry);
    }
    stands.into_iter().filter(|(_, e)| e.op == Op::Put).map(|(root, e)| (root, e.id.to_string())).collect()
}

fn folded(entries: impl IntoIterator<Item = Entry>) -> BTreeMap<String, String> {
    Folded::of(entries).alive().map(|e| (e.root.to_string(), e.id.to_string())).collect()
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_folds_alike(
        acts in acts(),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let entries = play(&acts);
        let expected = oracle(&entries);
        prop_assert_eq!(&folded(entries.clone()), &expected);

        let mut turned = entries.clone();
        turned.rotate_left(shuffled.index(entries.len()));
        prop_assert_eq!(&folded(turned.into_iter().rev()), &expected);
        prop_assert_eq!(&folded(entries.iter().chain(&entries).cloned()), &expected);
    }

    #[test]
    fn the_same_device_counts_without_holes(acts in acts()) {
        let entries = play(&acts);
        for device in ["a", "b", "c"] {
            let seqs: Vec<u64> = entries.iter().filter(|e| e.device.as_str() == device).map(|e| e.seq).collect();
            prop_assert!(seqs.iter().copied().eq(1..=seqs.len() as u64));
        }
    }
}

#[test]
fn an_edit_stands_above_what_it_edits_even_when_the_clock_was_set_back() {
    let start = moment::parse("2026-11-24T06:00Z", None).unwrap().at;
    let body = |wet| Body::Diaper(Diaper::at(start.clone(), wet, false));
    let fast = Author::new("fast").unwrap().put(&body(true), 9_000_000, [1; 10]);
    let slow = Author::new("slow").unwrap().edit(&fast, &body(false), 1_000, [2; 10]);
    let folded = Folded::of([slow.clone(), fast]);
    assert_eq!(folded.alive().next().unwrap().id, slow.id);
    assert_eq!(folded.fact(slow.root).unwrap().versions().len(), 2);
}
