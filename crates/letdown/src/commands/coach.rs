//! `letdown coach`: a declared session in front of the coach. No journal is opened, unless the scenario asks for her twin.

use crate::{
    cli::{self, Cli},
    outcome::Trouble,
    say, scenario_file,
};
use letdown_engine::coach::{Prompt, Rehearsal, Said, Told, What, clock};

pub fn coach(cli: &Cli, options: &cli::Coach) -> Result<(), Trouble> {
    let rehearsal = scenario_file::read(&options.scenario, Rehearsal::read)?;
    let twins = scenario_file::twins(cli, rehearsal.is_posterior())?;
    let told = rehearsal.run(options.seed, &twins)?;
    if cli.json {
        say::json(&told);
    } else {
        say::raw(words(&told));
    }
    Ok(())
}

/// A line that she says stands this far in; so do reasons, under what they belong to.
const IN: &str = "       ";
const WIDE: usize = 78;

fn words(told: &Told) -> String {
    let mut lines: Vec<(f64, String)> = Vec::new();
    lines.extend(told.prompts.iter().map(|prompt| (prompt.since_s, block(prompt))));
    lines.extend(told.said.iter().filter_map(|said| Some((said.at_s, hers(said)?))));
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let blocks: Vec<String> = lines.into_iter().map(|(_, text)| text).collect();
    let nothing = "The coach had nothing to say.\n".to_owned();
    let all = if blocks.is_empty() { nothing } else { blocks.join("\n") };
    let milk = told.look.milk_ml.map_or_else(String::new, |ml| format!("{}, ", say::exact_ml(ml)));
    let count = match told.look.let_downs.len() {
        1 => "1 let-down".to_owned(),
        n => format!("{n} let-downs"),
    };
    let whose =
        if told.simulated { "Simulated. Nobody was measured." } else { "A declared flow. Nobody's milk." };
    format!("{all}\nIn the end: {milk}{count}. {whose}\n")
}

fn block(prompt: &Prompt) -> String {
    let mut block = wrapped(&clock(prompt.since_s), &prompt.text);
    for (name, text) in [("why", &prompt.why), ("from", &prompt.source), ("but", &prompt.limits)] {
        block.push_str(&wrapped("", &format!("{name:<5}{text}")));
    }
    let offers: Vec<String> = prompt.offers.iter().map(|offer| format!("[{}]", offer.text)).collect();
    block.push_str(&wrapped("", &offers.join("  ")));
    block
}

fn hers(said: &Said) -> Option<String> {
    let what = match said.what {
        What::Shown => return None,
        What::Do => "does it",
        What::NotNow => "says: not now",
        What::Stop => "stops",
        What::Pain => "says: it hurts",
        What::Tense => "says: I am tense",
    };
    Some(format!("{:>5}  > she {what}\n", clock(said.at_s)))
}

/// Words on lines of a width, the time before the first.
fn wrapped(time: &str, text: &str) -> String {
    let mut lines = vec![format!("{time:>5}  ")];
    for word in text.split_inclusive(' ') {
        let is_full =
            lines.last().is_some_and(|line| (line.clone() + word).trim_end().chars().count() > WIDE);
        if is_full {
            lines.push(IN.to_owned());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}
