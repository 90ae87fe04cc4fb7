//! `letdown plan`: which sessions, how long and when, so that a goal is reached.

use crate::{
    cli,
    cli::Cli,
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
    whole_file::{self, Replace},
};
use letdown_engine::{
    advice::Answer,
    notebook::SEED,
    observed::Observed,
    plan::{self as engine, Followed, Line, Request, Wish},
};

pub fn plan(cli: &Cli, options: &cli::Plan) -> Result<(), Trouble> {
    let wish = wish(options);
    let asked = (!options.follow).then(|| wish.request()).transpose().map_err(Trouble::wrong_use)?;
    let mut journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = journal.notebook.observed(&now);
    let (request, followed) = match asked {
        Some(request) => (request, None),
        None => followed(&journal, &observed, &wish)?,
    };
    let twin = journal.twin(&observed);
    let folded = journal.notebook.journal();
    let answer = engine::plan(folded, &observed, &twin, &request, SEED).map_err(Trouble::wrong_use)?;
    if let Some(file) = &options.ics {
        let text = engine::calendar(&answer, &now, options.remind)?;
        whole_file::write(file, &text, Replace::when(options.force), journal.folder.path())?;
    }
    if options.keep && answer.expected.is_some() {
        let body = engine::entry(&answer, &request)?;
        let random = clock::random()?;
        journal.store(|notebook| Ok(vec![notebook.write(&body, &now, random)]))?;
    }
    let told = Answer { plan: answer, followed };
    if cli.json {
        say::json(&told);
    } else {
        said(options, &told);
    }
    Ok(())
}

fn said(options: &cli::Plan, told: &Answer) {
    if let Some(followed) = &told.followed {
        say::print(&format!("{}\n", followed.says));
    }
    words(&told.plan);
    if options.keep && told.plan.expected.is_some() {
        say::print("\nKept. `letdown plan --follow` says later what came of it.");
    }
    if let Some(file) = &options.ics {
        let sessions = say::count(told.plan.schedule.len());
        say::print(&format!("\nWrote {sessions} sessions to {}, each with a reminder.", file.display()));
    }
}

/// What came of the plan that was kept, and the request for the next one.
fn followed(
    journal: &Journal,
    observed: &Observed,
    wish: &Wish,
) -> Result<(Request, Option<Followed>), Trouble> {
    let nothing = "no plan was kept yet; make one with `letdown plan --goal raise --keep`";
    let kept = engine::followed(journal.notebook.journal(), observed);
    let (followed, next) = kept.ok_or_else(|| Trouble::could_not(nothing))?;
    Ok((wish.on(next).map_err(Trouble::wrong_use)?, Some(followed)))
}

fn wish(options: &cli::Plan) -> Wish {
    Wish {
        goal: options.goal.clone(),
        by: options.by.clone(),
        to: options.to.clone(),
        babies: options.babies,
        travel: options.travel.clone(),
        to_zone: options.to_zone.clone(),
        sleep: options.sleep.clone(),
        away: options.away.clone(),
        days: options.days.clone(),
        commute_min: options.commute,
        breaks: options.breaks.clone(),
        most_sessions: options.max_sessions,
    }
}

/// A day of weaning differs from the one before by one session; the first and the last few say enough.
const DAYS_SHOWN: usize = 3;

fn words(answer: &engine::Plan) {
    if let Some(assumed) = &answer.assumed {
        say::print(&format!("{assumed}\n"));
    }
    say::print(&answer.says);
    let many = answer.days.len() > DAYS_SHOWN && answer.travel.is_none();
    if many {
        say::print("");
        answer.days.iter().for_each(brief);
    } else {
        answer.days.iter().for_each(|alike| lines(&alike.when, &alike.sessions));
    }
    for other in &answer.next_best {
        say::print(&format!("{}Or   {}.", if *other == answer.next_best[0] { "\n" } else { "" }, other.says));
    }
    if let Some(missed) = &answer.if_missed {
        say::print(&format!("\n{}", missed.says));
    }
    if let Some(stash) = &answer.stash {
        say::print(&format!("\n{}", stash.says));
    }
    let said = |text: &String| answer.says.contains(text.as_str());
    for limit in answer.limits_hit.iter().filter(|limit| !said(&limit.text)) {
        say::print(&format!("Limit: {}", limit.text));
    }
    for reason in &answer.reasons {
        say::print(&format!("Why: {} [{}; {}]", reason.text, reason.source, reason.grade));
    }
    let age =
        answer.data_age_h.map_or_else(String::new, |h| format!(" The newest session: {}.", say::ago(h)));
    if answer.expected.is_some() {
        say::print(&format!("\nThe model alone, output only. {}{age}", answer.twin.message));
    }
}

fn lines(when: &str, sessions: &[Line]) {
    say::print(&format!("\n  {}", sentence(when)));
    for line in sessions {
        let with = line.technique.map_or_else(String::new, |technique| format!(", with {technique}"));
        let home = line.home.as_ref().map_or_else(String::new, |home| format!(" ({home} at home)"));
        say::print(&format!("    {}  {:>2.0} min  {}{with}{home}", line.clock, line.minutes, line.why));
    }
}

fn brief(alike: &engine::Alike) {
    let clock = |line: &Line| {
        if line.why.contains("shorter") {
            format!("{} ({:.0} min)", line.clock, line.minutes)
        } else {
            line.clock.clone()
        }
    };
    let clocks: Vec<String> = alike.sessions.iter().map(clock).collect();
    let clocks = if clocks.is_empty() { "none".to_owned() } else { clocks.join("  ") };
    say::print(&format!("  {:<18}{clocks}", alike.when));
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
