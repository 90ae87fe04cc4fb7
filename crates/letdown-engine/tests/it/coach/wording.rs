//! How the coach speaks: no word of blame, no promise, and words that a child of twelve reads.

use letdown_engine::coach::{Grade, Prompt, What, every_wording};

/// Words that no prompt holds, beside those that `letdown words` looks for.
const NEVER: [&str; 22] = [
    "failure",
    "fail",
    "failed",
    "poor",
    "poorly",
    "insufficient",
    "should have",
    "should",
    "must",
    "bad",
    "badly",
    "only",
    "low supply",
    "not enough",
    "too little",
    "wrong",
    "problem",
    "unfortunately",
    "at least",
    "normal",
    "guarantee",
    "always",
];

fn sentences() -> Vec<(Prompt, String)> {
    every_wording()
        .into_iter()
        .map(|p| (p.clone(), format!("{} {} {} {}", p.text, p.why, p.source, p.limits)))
        .collect()
}

#[test]
fn no_prompt_holds_a_word_of_blame() {
    for (prompt, text) in sentences() {
        let plain: String =
            text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
        let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
        let found: Vec<&str> =
            NEVER.into_iter().filter(|word| plain.contains(&format!(" {word} "))).collect();
        assert_eq!(found, Vec::<&str>::new(), "{:?}: {text}", prompt.id);
    }
}

#[test]
fn every_prompt_says_why_from_what_and_where_it_ends() {
    for (prompt, _) in sentences() {
        for text in [&prompt.text, &prompt.why, &prompt.source, &prompt.limits] {
            assert!(text.len() > 5 && text.ends_with('.'), "{:?}: {text:?}", prompt.id);
            assert!(
                !text.contains("..") && !text.contains("  ") && !text.contains(" ."),
                "{:?}: {text:?}",
                prompt.id
            );
        }
        let offers: Vec<What> = prompt.offers.iter().map(|o| o.answer).collect();
        assert!(offers.contains(&What::Stop) && offers.contains(&What::NotNow), "{:?}", prompt.id);
        let is_told = prompt.chance.is_none() || prompt.limits.contains("3 mL");
        assert!(is_told, "{:?}: a chance says of what", prompt.id);
        if prompt.rests_on == Grade::Tradition {
            assert!(prompt.source.contains("No trial"), "{:?}", prompt.id);
        }
    }
}

#[test]
fn a_child_of_twelve_reads_it() {
    let mut grades: Vec<(f64, String)> =
        sentences().into_iter().map(|(_, text)| (grade(&text), text)).collect();
    grades.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Twelve is the sixth grade.
    let (hardest, text) = &grades[0];
    assert!(*hardest < 6.0, "{hardest:.1}: {text}");
    let mean = grades.iter().map(|(grade, _)| grade).sum::<f64>() / grades.len() as f64;
    assert!(mean < 4.5, "{mean:.2}");
}

#[test]
fn the_measure_is_that_of_flesch_and_kincaid() {
    // Two sentences whose words and syllables are counted in many textbooks: 13 words of 24 syllables are grade 11.3, six
    // words of one syllable each are grade -1.4.
    let platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.";
    assert_eq!(counts(platypus), (1, 13, 24));
    assert!((grade(platypus) - 11.3).abs() < 0.05);
    let cat = "The cat sat on the mat.";
    assert_eq!(counts(cat), (1, 6, 6));
    assert!((grade(cat) + 1.45).abs() < 0.01);
    let harder = "The physiological consequences of insufficiently frequent evacuation are considerable.";
    assert!(grade(harder) > 15.0);
}

/// The grade of Flesch and Kincaid (1975): years of school after which a text is read with ease.
pub(crate) fn grade(text: &str) -> f64 {
    let (sentences, words, syllables) = counts(text);
    0.39 * words as f64 / sentences as f64 + 11.8 * syllables as f64 / words as f64 - 15.59
}

/// Sentences, words, syllables. A number is a word of as many syllables as it has digits.
fn counts(text: &str) -> (usize, usize, usize) {
    let ends = |word: &&str| word.ends_with(['.', ':', '!', '?']);
    let all: Vec<&str> = text.split_whitespace().collect();
    let sentences = all.iter().filter(|w| ends(w)).count().max(1);
    let syllables = all.iter().map(|word| syllables(word)).sum();
    (sentences, all.len(), syllables)
}

/// Groups of vowels, less a silent e at the end, more where two vowels are spoken apart.
fn syllables(word: &str) -> usize {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 0 {
        return digits;
    }
    let word: String =
        word.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let letters: Vec<char> = word.chars().collect();
    let groups = (0..letters.len())
        .filter(|i| is_vowel(letters[*i]) && (*i == 0 || !is_vowel(letters[i - 1])))
        .count();
    let silent = (word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee"))
        || (word.ends_with("es")
            && !["ses", "zes", "ches", "shes", "ges", "ces"].iter().any(|end| word.ends_with(end)))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    let apart =
        ["io", "eo", "ua"].iter().filter(|two| word.contains(**two) && !word.contains("tion")).count();
    (groups + apart).saturating_sub(usize::from(silent && groups > 1)).max(1)
}
