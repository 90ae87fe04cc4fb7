//! `letdown insights`: what her log says about how her body works.

use crate::{cli::Cli, clock, journal::Journal, outcome::Trouble, say};
use letdown_engine::{insights as engine, observed::Observed};

pub fn insights(cli: &Cli) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let folded = journal.notebook.journal();
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(folded, &now);
    let twin = journal.twin(&observed);
    let insights = engine::insights(folded, &observed, &twin);
    if cli.json {
        say::json(&insights);
    } else {
        words(&insights);
    }
    Ok(())
}

fn words(insights: &engine::Insights) {
    for (title, says) in insights.sentences() {
        say::print(title);
        for line in wrapped(&says, 92) {
            say::print(&format!("  {line}"));
        }
        say::print("");
    }
    let age =
        insights.data_age_h.map_or_else(String::new, |h| format!(" The newest session: {}.", say::ago(h)));
    say::print(&format!("{}{age}", insights.twin.message));
}

/// Lines of at most so many letters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        let length = line.chars().count() + word.chars().count() + 1;
        if line.is_empty() {
            line.push_str(word);
        } else if length <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("immeasurable", 4), ["immeasurable"]);
    }
}
