//! `letdown session`: one session of a declared scenario, second by second.

use crate::{
    cli::{self, Cli},
    many,
    outcome::Trouble,
    say, scenario_file,
};
use letdown_engine::{
    plot,
    scenario::{Felt, Sat, Sitting, SittingAnswer, answer},
};

pub fn session(cli: &Cli, options: &cli::Session) -> Result<(), Trouble> {
    let sitting = scenario_file::read(&options.simulated.scenario, Sitting::read)?;
    let twins = scenario_file::twins(cli, sitting.is_posterior())?;
    let simulated = &options.simulated;
    let sat: Vec<Sat> = many::each(simulated.mothers as usize, |i| sitting.run(simulated.seed_of(i), &twins));
    let answer = answer(&sat);
    if let Some(file) = &options.plot {
        scenario_file::write(file, &plot::session(&sitting, simulated.seed, &twins))?;
    }
    if cli.json {
        say::json(&answer);
    } else {
        words(&answer);
    }
    Ok(())
}

fn words(a: &SittingAnswer) {
    let spread = |key: &str| {
        let sd = a.sd.as_ref().and_then(|sd| sd.get(key));
        sd.map_or_else(String::new, |sd| format!(" ± {sd:.0}"))
    };
    if a.mothers > 1 {
        say::print(&format!("{} women; means ± the standard deviation between them\n", a.mothers));
    }
    say::print(&format!(
        "Taken       {:.0}{} mL of {:.0} mL (left {:.0}, right {:.0})",
        a.total_ml,
        spread("total_ml"),
        a.available_ml,
        a.taken_ml.left,
        a.taken_ml.right
    ));
    let first = a
        .first_s
        .map_or_else(|| "none came".to_owned(), |s| format!("the first after {s:.0}{} s", spread("first_s")));
    say::print(&format!(
        "Let-downs   {:.1}, {:.1} of them seen (3 mL or more); {first}",
        a.letdown_count, a.visible_count
    ));
    if let Some(share) = a.works_within_5_min {
        say::print(&format!("            within 5 minutes in {:.0} of 100 women", 100.0 * share));
    }
    let slowed =
        a.slowed_s.map_or_else(|| "not before the end".to_owned(), |s| format!("after {:.1} min", s / 60.0));
    say::print(&format!("Flow slowed {slowed}"));
    say::print(&format!("Ended       after {:.1} min: {}", a.minutes, ended(a.ended_because)));
    if !a.letdowns.is_empty() {
        say::print("");
    }
    for (k, l) in a.letdowns.iter().enumerate() {
        let felt = match l.felt {
            Felt::Yes(true) => "felt".to_owned(),
            Felt::Yes(false) => "not felt".to_owned(),
            Felt::Share(share) => format!("felt by {:.0} in 100", 100.0 * share),
        };
        let women = l.women.map_or_else(String::new, |n| format!(", {n} women"));
        say::print(&format!("  {}.  at {:>4.0} s  {:>5.1} mL  {felt}{women}", k + 1, l.at_s, l.volume_ml));
    }
    say::print("\nSimulated. Nobody was measured.");
}

fn ended(why: &str) -> &'static str {
    match why {
        "appetite" => "the baby had enough",
        "slowed" => "flow had slowed, and the minutes after that were over",
        _ => "the time was over",
    }
}
