//! `letdown retrain`: from the pump to the baby, or from the baby to the pump, step by step.

use super::insights::wrapped;
use crate::{
    cli::{self, Cli},
    clock,
    journal::Journal,
    many,
    outcome::Trouble,
    say,
};
use letdown_engine::{
    observed::Observed,
    retraining::{Aim, Asked, HowLong, KINDS, Next, Point, Programme, Rung, State, how_long, programme},
};

pub fn retrain(cli: &Cli, options: &cli::Retrain) -> Result<(), Trouble> {
    let within_min = options.within.unwrap_or(letdown_engine::retraining::USUAL_WITHIN_MIN);
    if let Some(women) = options.cohort {
        cohort(cli, women as usize, within_min);
        return Ok(());
    }
    let journal = Journal::open(cli)?;
    let folded = journal.notebook.journal();
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(folded, &now);
    let to = options.to.map(|to| match to {
        cli::Towards::Nursing => Aim::Nursing,
        cli::Towards::Pump => Aim::Pump,
    });
    let answer = programme(folded, &observed, &Asked { to, within_min: options.within });
    if cli.json {
        say::json(&answer);
    } else {
        words(&answer);
    }
    Ok(())
}

const WIDTH: usize = 92;

fn words(answer: &Programme) {
    say::print(match answer.to {
        Aim::Nursing => "From the pump to the baby\n",
        Aim::Pump => "From the baby to the pump\n",
    });
    indented(&answer.says, "  ");
    if answer.state == State::NothingLogged {
        return;
    }
    if let Some(tries) = tries(answer) {
        say::print(&format!("\n  {tries}"));
        indented(&answer.done_rule, "  ");
    }
    if answer.state != State::Stopped {
        curve(&answer.curve);
    }
    if let Some(next) = &answer.next {
        step(next);
    }
    if answer.state != State::Stopped {
        let foreseen: Vec<&str> = answer.setbacks.iter().map(|setback| setback.says.as_str()).collect();
        say::print("\nWhat can come between");
        indented(&foreseen.join(" "), "  ");
    }
    for limit in &answer.limits {
        say::print("");
        indented(limit, "  ");
    }
    say::print("");
    indented(&format!("{} Not medical advice.", answer.unmeasured), "");
}

fn indented(text: &str, before: &str) {
    for line in wrapped(text, WIDTH) {
        say::print(&format!("{before}{line}"));
    }
}

/// "Your tries  ○ ● ○ ● ●   ● in time, ○ not, · set aside".
fn tries(answer: &Programme) -> Option<String> {
    if answer.tries.is_empty() {
        return None;
    }
    let dot = |came: bool, aside: bool| match (aside, came) {
        (true, _) => "·",
        (_, true) => "●",
        (_, false) => "○",
    };
    let dots: Vec<&str> = answer.tries.iter().map(|t| dot(t.came, t.set_aside)).collect();
    Some(format!("Your tries  {}   (● in time, ○ not, · a hard day)", dots.join(" ")))
}

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A chance (%) as a block.
fn block(percent: f64) -> char {
    BLOCKS[((percent / 100.0 * 8.0) as usize).min(7)]
}

/// Three lines of blocks: likely at most, the middle, likely at least; today between what was and what lies ahead.
fn curve(points: &[Point]) {
    let Some(today) = points.iter().rposition(|p| !p.ahead) else { return };
    let line = |of: fn(&Point) -> f64| -> String {
        let mut blocks = String::new();
        for (i, point) in points.iter().enumerate() {
            blocks.push(block(of(point)));
            if i == today && today + 1 < points.len() {
                blocks.push('│');
            }
        }
        blocks
    };
    say::print("\n  A let-down in time, of 100 tries");
    let [most, middle, least] =
        [|p: &Point| p.chance.p90, |p: &Point| p.chance.p50, |p: &Point| p.chance.p10];
    let here = points.get(today).map_or([0.0; 3], |p| [p.chance.p90, p.chance.p50, p.chance.p10]);
    let then = points.last().filter(|p| p.ahead).map(|p| [p.chance.p90, p.chance.p50, p.chance.p10]);
    for (i, (name, of)) in
        [("likely up to", most), ("the middle", middle), ("likely from", least)].into_iter().enumerate()
    {
        let ahead = then.map_or_else(String::new, |then| format!(" → {:.0}", then[i]));
        say::print(&format!("    {name:<13}{}  {:.0}{ahead}", line(of), here[i]));
    }
    let first = points.first().map_or("", |p| p.date.as_str());
    let last = points.last().filter(|p| p.ahead).map_or_else(String::new, |p| format!(" to {}", p.date));
    say::print(&format!("                 {first}{last}; the line is today"));
}

fn step(next: &Next) {
    let step = &next.step;
    say::print(&format!("\nNext: {}", lower(step.title)));
    indented(&next.says, "  ");
    let log = format!("{} ({})", step.log, options(step.rung));
    for (name, text) in [("Why", step.why), ("From", step.source), ("Log", &log), ("On", step.go_on)] {
        let lines = wrapped(text, WIDTH - 6);
        for (i, line) in lines.iter().enumerate() {
            say::print(&format!("  {:<6}{line}", if i == 0 { name } else { "" }));
        }
    }
    say::print(&format!("  {:<6}{}", "Known", step.grade));
}

/// With which options of `letdown log` a step is written down.
fn options(rung: Rung) -> &'static str {
    match rung {
        Rung::Cue => "--technique smell,photo",
        Rung::Beside => "pump --technique nursing; nurse --let-down-after SECONDS, or --no-let-down",
        Rung::Fading | Rung::Alone => "--let-down-after SECONDS, or --no-let-down",
        Rung::NewPlaces => "--place WHERE --let-down-after SECONDS",
    }
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// How long it takes simulated women, by kind.
fn cohort(cli: &Cli, women: usize, within_min: f64) {
    let all: Vec<HowLong> = many::each(KINDS.len(), |i| how_long(&KINDS[i], women, 60.0 * within_min));
    if cli.json {
        say::json(&all);
        return;
    }
    say::print("Days until done, of simulated women (half of them; one in ten to nine in ten)\n");
    for told in &all {
        let day = |d: Option<u32>| d.map_or_else(|| "> 56".to_owned(), |d| d.to_string());
        let [few, middle, many] = told.days.map(day);
        say::print(&format!(
            "  {middle:>4}  ({few} to {many:<4})  {:<74} {:.0} of 100 tries before, {:.0} after, {:.0} without the steps",
            told.kind.says,
            100.0 * told.before,
            100.0 * told.after,
            100.0 * told.without
        ));
    }
    say::print("");
    indented(letdown_engine::retraining::UNMEASURED, "");
    say::aside("Simulated. Nobody was measured.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_rise_with_the_chance() {
        assert_eq!([0.0, 12.0, 13.0, 50.0, 99.0, 100.0].map(block), ['▁', '▁', '▂', '▅', '█', '█']);
    }
}
