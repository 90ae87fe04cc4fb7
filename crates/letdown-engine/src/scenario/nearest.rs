//! Which known word a misspelt one was most likely meant to be.

/// The letters of a word that is compared at all.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=40;

/// The known word that is nearest: the start of one, one that stands at an end of it, or one at most a third of its
/// letters away. `None` when none is near.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase().replace(['-', ' '], "_");
    let letters = word.chars().count();
    if !LENGTHS.contains(&letters) {
        return None;
    }
    let far = |known: &str| {
        let begins = known.starts_with(&word) || word.starts_with(known) || word.ends_with(known);
        let steps = distance(&word, known);
        if begins { steps.min(1) } else { steps }
    };
    let most = (letters / 3).max(1);
    known
        .map(|k| (far(k), k))
        .filter(|(steps, _)| *steps <= most)
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, k)| k)
}

/// How many letters must be put in, taken out, changed, or swapped with the next one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if 1 < i && 1 < j && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, steps) in [("", "", 0), ("", "abc", 3), ("dais", "days", 1), ("rigth", "right", 1)] {
            assert_eq!((distance(a, b), distance(b, a)), (steps, steps), "{a} {b}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn only_what_is_near_is_named() {
        let known = ["days", "day_after_birth", "storage_ml", "early_storage_ml", "vacuum", "left", "suck"];
        for (word, meant) in [
            ("dais", Some("days")),
            ("vacum", Some("vacuum")),
            ("Vacuum", Some("vacuum")),
            ("storage", Some("storage_ml")),
            ("day after birth", Some("day_after_birth")),
            ("sucking", Some("suck")),
            ("max_vacuum", Some("vacuum")),
            ("hair", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()), meant, "{word}");
        }
        assert_eq!(nearest(&"s".repeat(100_000), known.into_iter()), None);
    }
}
