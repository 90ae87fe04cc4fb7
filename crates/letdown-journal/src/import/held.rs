//! What words of the apps mean: the milk in a bottle, the content of a diaper.

use crate::body::Milk;

/// The milk a word names. Plain "milk" may be anybody's: it is unknown. `None` for a word that says something else.
pub(super) fn milk(word: &str) -> Option<Milk> {
    let word = word.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match (has(&["breast", "expressed", "pump", "human"]), has(&["formula"])) {
        (true, false) if has(&["fortified"]) => Some(Milk::Fortified),
        (true, false) => Some(Milk::Expressed),
        (false, true) => Some(Milk::Formula),
        (false, false) if ["", "milk"].contains(&word.as_str()) => Some(Milk::Unknown),
        _ => None,
    }
}

/// Whether a drink is none that the milk of a day is counted with.
pub(super) fn is_no_milk(word: &str) -> bool {
    ["water", "juice", "tea"].contains(&word.to_lowercase().as_str())
}

/// What a diaper held, wet and soiled; `None` when the words do not say.
pub(super) fn diaper(words: &str) -> Option<(bool, bool)> {
    let words = words.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    let both = has(&["both", "mixed"]);
    let (wet, soiled) = (both || has(&["wet", "pee"]), both || has(&["bm", "poo", "dirty", "soiled"]));
    (wet || soiled || has(&["dry"])).then_some((wet, soiled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_milk() {
        assert_eq!(milk("Breast Milk"), Some(Milk::Expressed));
        assert_eq!(milk("pumped"), Some(Milk::Expressed));
        assert_eq!(milk("fortified breast milk"), Some(Milk::Fortified));
        assert_eq!(milk("Formula"), Some(Milk::Formula));
        assert_eq!((milk("Milk"), milk("")), (Some(Milk::Unknown), Some(Milk::Unknown)));
        assert_eq!((milk("Cow Milk"), milk("Formula and breast milk")), (None, None));
        assert!(is_no_milk("Water") && !is_no_milk("Milk"));
    }

    #[test]
    fn what_a_diaper_held() {
        assert_eq!(diaper("Both, pee:medium poo:small"), Some((true, true)));
        assert_eq!(diaper("BM+Wet"), Some((true, true)));
        assert_eq!((diaper("Poo:medium"), diaper("wet")), (Some((false, true)), Some((true, false))));
        assert_eq!((diaper("Dry"), diaper("")), (Some((false, false)), None));
    }
}
