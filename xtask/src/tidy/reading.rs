//! How easily a sentence is read. A person reads these half asleep; a child of twelve could.

use super::{
    Complaint,
    files::{Repository, TextFile},
    literals,
    words::is_seen,
};

/// No sentence is harder than this many years of school (Flesch and Kincaid 1975), and in the middle of all they are
/// far easier.
const HARDEST: f64 = 10.0;
const MEAN: f64 = 3.0;
/// Fewer words are a label.
const WORDS: usize = 6;
/// Fewer sentences have no mean worth a word.
const MANY: usize = 50;

/// Every sentence that a person may see is easily read.
pub(super) fn hard(repository: &Repository) -> Vec<Complaint> {
    let seen = repository.files.iter().filter(|file| is_seen(file) && !is_of_researchers(file));
    let graded: Vec<(&TextFile, usize, String, f64)> = seen
        .flat_map(|file| sentences(file).into_iter().map(move |(line, text)| (file, line, text)))
        .map(|(file, line, text)| (file, line, text.clone(), grade(&text)))
        .collect();
    let mut complaints: Vec<Complaint> = graded
        .iter()
        .filter(|(.., grade)| *grade >= HARDEST)
        .map(|(file, line, text, grade)| {
            let what = format!("{text:?} takes {grade:.0} years of school: use shorter sentences and words");
            Complaint::in_line(file, *line, what)
        })
        .collect();
    let mean = graded.iter().map(|(.., grade)| grade).sum::<f64>() / graded.len().max(1) as f64;
    if graded.len() >= MANY && mean >= MEAN {
        let what = format!("the sentences take {mean:.1} years of school on average, more than {MEAN}");
        complaints.push(Complaint::new("crates, web/src", what));
    }
    complaints
}

/// What experiments say is for who reads papers.
fn is_of_researchers(file: &TextFile) -> bool {
    file.path.contains("/experiments/")
}

/// The sentences of a file with the line each begins in: texts of some words that begin with a capital or a number and
/// end as sentences do. What is filled in counts as a number of one digit.
fn sentences(file: &TextFile) -> Vec<(usize, String)> {
    let code = match file.path.rsplit('.').next() {
        Some("rs") => joined(literals::of_rust(&file.text)),
        Some("ts") => literals::of_typescript(&file.text),
        _ => literals::of_scripts(&file.text),
    };
    let code = code.into_iter().map(|(line, text)| (line, filled_in(&text)));
    let is_page = file.has_ending(&["svelte", "html"]);
    let page = if is_page { between_tags(&literals::of_markup(&file.text)) } else { Vec::new() };
    let plain = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = code.chain(page).map(|(line, text)| (line, plain(text)));
    all.filter(|(_, text)| is_sentence(text)).collect()
}

/// A string of Rust whose lines end in a backslash is one.
fn joined(lines: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let mut whole: Vec<(usize, String)> = Vec::new();
    for (line, text) in lines {
        match whole.last_mut().filter(|(_, before)| before.ends_with('\\')) {
            Some((_, before)) => {
                before.pop();
                before.push_str(text.trim_start());
            }
            None => whole.push((line, text)),
        }
    }
    whole
}

/// The texts between the tags of a page, with the line each begins in.
fn between_tags(lines: &[(usize, String)]) -> Vec<(usize, String)> {
    let mut texts = vec![(1, String::new())];
    let mut in_tag = false;
    let whole = lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
    let mut numbers = lines.iter().map(|(line, _)| *line);
    let mut line = numbers.next().unwrap_or(1);
    for c in filled_in(&whole).chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                texts.push((line, String::new()));
            }
            c if !in_tag => {
                if let Some((from, text)) = texts.last_mut() {
                    *from = if text.trim().is_empty() { line } else { *from };
                    text.push(c);
                }
            }
            _ => {}
        }
        if c == '\n' {
            line = numbers.next().unwrap_or(line);
        }
    }
    texts
}

fn is_sentence(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    begins && text.ends_with(['.', '?', '!']) && text.split(' ').count() >= WORDS
}

/// `{...}` and `${...}` become a number.
fn filled_in(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0usize);
    for c in text.chars() {
        match c {
            '{' => {
                if depth == 0 {
                    out.truncate(out.trim_end_matches('$').len());
                    out.push('7');
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 || c == '\n' => out.push(c),
            _ => {}
        }
    }
    out
}

fn grade(text: &str) -> f64 {
    let words: Vec<&str> = text.split(' ').collect();
    let ends = words.iter().filter(|word| word.ends_with(['.', ':', ';', '!', '?'])).count().max(1);
    let spoken: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * words.len() as f64 / ends as f64 + 11.8 * spoken as f64 / words.len() as f64 - 15.59
}

/// Groups of vowels, less a silent e at the end; of a number its digits.
fn syllables(word: &str) -> usize {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 0 {
        return digits;
    }
    let word: String = word.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    let mut groups = 0;
    let mut was_vowel = false;
    for c in word.chars() {
        let is_vowel = "aeiouy".contains(c);
        groups += usize::from(is_vowel && !was_vowel);
        was_vowel = is_vowel;
    }
    let is_spoken = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    let silent = (word.ends_with('e') && !is_spoken(&["le", "ee"]))
        || (word.ends_with("es") && !is_spoken(&["ses", "zes", "ches", "shes", "ges", "ces"]))
        || (word.ends_with("ed") && !is_spoken(&["ted", "ded"]));
    groups.saturating_sub(usize::from(silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::{grade, hard, sentences};
    use crate::tidy::files::{Repository, TextFile};

    const HARD: &str =
        "The physiological consequences of insufficiently frequent evacuation are considerable.";

    #[test]
    fn a_hard_sentence_is_seen_wherever_people_read() {
        let two_lines = "fn a() {\n    say(\"The physiological consequences \\\n        of infrequent evacuation are considerable.\");\n}";
        let page = "<!-- @component A. -->\n<script>\nconst easy = 'You can stop here when you like.';\n</script>\n<p>\n  The physiological consequences of\n  infrequent evacuation are considerable.\n</p>";
        for (path, text, line) in [
            ("crates/letdown-engine/src/a.rs", format!("fn a() {{ say({HARD:?}) }}"), 1),
            ("crates/letdown-engine/src/plan/a.rs", two_lines.to_owned(), 2),
            ("web/src/a.ts", format!("\nconst a = '{HARD}';"), 2),
            ("web/src/A.svelte", page.to_owned(), 6),
        ] {
            let found: Vec<String> =
                hard(&Repository::of(&[(path, &text)])).into_iter().map(|c| c.place).collect();
            assert_eq!(found.len(), 1, "{path}: {found:?}");
            assert!(found[0].starts_with(path) && found[0].ends_with(&format!(":{line}")), "{found:?}");
        }
        for (path, text) in [
            (
                "crates/letdown-engine/src/a.rs",
                "fn a() { say(\"You can stop here when you like.\") }".to_owned(),
            ),
            ("crates/letdown-engine/tests/it/a.rs", format!("const A: &str = {HARD:?};")),
            ("crates/letdown-engine/src/experiments/a.rs", format!("const A: &str = {HARD:?};")),
            ("crates/letdown-engine/src/a.rs", "const A: &str = \"physiological consequences\";".to_owned()),
        ] {
            assert_eq!(hard(&Repository::of(&[(path, &text)])), [], "{path}: {text}");
        }
    }

    #[test]
    fn many_sentences_are_easy_on_average() {
        let one = "say(\"Observing several consecutive sessions clarifies the comparison.\");\n";
        let text = format!("fn a() {{\n{}}}", one.repeat(60));
        assert!(grade("Observing several consecutive sessions clarifies the comparison.") > 10.0);
        assert!(hard(&Repository::of(&[("crates/letdown/src/a.rs", &text)])).len() == 61);
    }

    #[test]
    fn what_is_filled_in_is_a_number() {
        let file = TextFile {
            path: "web/src/a.ts".into(),
            text: "const a = `Of ${all(x, { y })} days ${n} have a volume now.`;".into(),
        };
        assert_eq!(sentences(&file), [(1, "Of 7 days 7 have a volume now.".to_owned())]);
    }

    #[test]
    fn the_measure_is_that_of_flesch_and_kincaid() {
        // Counted in many textbooks: six words of one syllable each are grade -1.4, this one is 11.3.
        assert!((grade("The cat sat on the mat.") + 1.45).abs() < 0.01);
        let platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.";
        assert!((grade(platypus) - 11.3).abs() < 1.5, "{}", grade(platypus));
    }
}
