//! Words of blame. Milk volumes are never a verdict on her, and a tired person reads every word.

use super::{
    Complaint,
    files::{Repository, TextFile, has_word},
    literals,
};

const BLAME: [&str; 28] = [
    "failure",
    "failures",
    "poor",
    "poorly",
    "insufficient",
    "insufficiently",
    "should have",
    "bad",
    "badly",
    // Alarm, verdicts, and what none but a doctor may say.
    "abnormal",
    "alarming",
    "cure",
    "cures",
    "dangerous",
    "diagnose",
    "diagnosis",
    "guarantee",
    "guaranteed",
    "inadequate",
    "lazy",
    "low supply",
    "must have",
    "not enough milk",
    "prescribe",
    "treatment",
    "unfortunately",
    "warning",
    "your fault",
];

/// Ends a line in which a word of another program stands, such as a value in its export.
const THEIRS: &str = "tidy: theirs";

/// No text that a person may see holds a word of blame.
pub(super) fn blame(repository: &Repository) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in repository.files.iter().filter(|file| is_seen(file)) {
        let lines: Vec<&str> = file.text.lines().collect();
        for (number, text) in texts(file) {
            let theirs = lines.get(number - 1).is_some_and(|line| line.contains(THEIRS));
            let text = text.to_lowercase();
            for word in BLAME.iter().filter(|word| !theirs && has_word(&text, word)) {
                let what = format!(
                    "{word:?} blames: say what happened and what helps (or end the line with // {THEIRS})"
                );
                complaints.push(Complaint::in_line(file, number, what));
            }
        }
    }
    complaints
}

/// Whether people get to see texts from a file.
pub(super) fn is_seen(file: &TextFile) -> bool {
    let is_rust = file.path.starts_with("crates/") && file.path.contains("/src/") && file.has_ending(&["rs"]);
    let is_web = file.path.starts_with("web/src/") && file.has_ending(&["ts", "svelte"]);
    is_rust || is_web || file.path == "web/index.html"
}

fn texts(file: &TextFile) -> Vec<(usize, String)> {
    if file.has_ending(&["rs"]) {
        // The command's help is made of its doc comments.
        let help = file.path.starts_with("crates/letdown/").then(|| literals::doc_comments(&file.text));
        return literals::of_rust(&file.text).into_iter().chain(help.into_iter().flatten()).collect();
    }
    if file.has_ending(&["ts"]) {
        return literals::of_typescript(&file.text);
    }
    literals::of_markup(&file.text).into_iter().chain(literals::of_scripts(&file.text)).collect()
}

#[cfg(test)]
mod tests {
    use super::blame;
    use crate::tidy::files::Repository;

    #[test]
    fn blame_is_seen_where_people_read() {
        let cases = [
            ("crates/letdown-engine/src/a.rs", "fn a() {\n    say(\"your output is poor\");\n}", vec![2]),
            ("crates/letdown-engine/src/a.rs", "fn a() { say(\"You Should Have pumped\") }", vec![1]),
            (
                "crates/letdown-engine/src/a.rs",
                "// a bad day\n/// bad\nfn bad() { say(\"badge, poorest\") }",
                vec![],
            ),
            ("crates/letdown-engine/src/a.rs", "const M: &str = \"bad\"; // tidy: theirs", vec![]),
            (
                "crates/letdown-engine/src/a.rs",
                "#[cfg(test)]\nmod tests {\n    const A: &str = \"bad\";\n}",
                vec![],
            ),
            ("crates/letdown-engine/tests/it/a.rs", "const M: &str = \"bad\";", vec![]),
            (
                "crates/letdown-engine/src/a.rs",
                "fn a() { say(\"Unfortunately you have low supply.\") }",
                vec![1, 1],
            ),
            ("crates/letdown-engine/src/a.rs", "fn a() { say(\"A diagnosis of unfortunates.\") }", vec![1]),
            ("crates/letdown/src/main.rs", "/// Shows a failure.\nstruct A;", vec![1]),
            ("web/src/a.ts", "const a = `one\ntwo insufficient`;\n// poor", vec![2]),
            (
                "web/src/A.svelte",
                "<script>\nconst bad = 1;\n</script>\n<p>A bad day</p>\n<style>.poor {}</style>",
                vec![4],
            ),
            ("xtask/src/a.rs", "const M: &str = \"bad\";", vec![]),
        ];
        for (path, text, lines) in cases {
            let found: Vec<String> =
                blame(&Repository::of(&[(path, text)])).into_iter().map(|c| c.place).collect();
            let expected: Vec<String> = lines.iter().map(|line| format!("{path}:{line}")).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
