//! The sections of the page: which of a report's numbers stand where, and in which words.

use crate::{
    arrange::Detail,
    blocks::{BODY, Block, NOTE, Table},
    charts::{Bar, Days, Drawing, Growth},
    face::Faces,
    words,
};
use jiff::civil::Date;
use letdown_engine::report::{BabyFed, BabyGrown, Day, Report, Seen, Z};

const NOT_KNOWN: &str = "not known from this log";

fn heading(words: &str, beside: impl Into<String>) -> Block {
    Block::Heading(words.to_owned(), beside.into())
}

fn note(text: impl Into<String>, most: usize) -> Block {
    Block::Text(text.into(), NOTE, most)
}

/// Four numbers that are looked for first: a label, the number, its unit, its range.
pub(crate) fn facts(report: &Report) -> [Fact; 4] {
    let removed = &report.removed;
    let of = |label, unit, seen: &Option<Seen>| Fact::of(label, unit, seen.as_ref());
    [
        of("Pump sessions a day", "", &removed.pumpings_per_day),
        of("Output a day", "mL", &removed.output_ml_per_day),
        of("Nursings a day", "", &removed.nursings_per_day),
        of("Drunk from bottles a day", "mL", &report.fed.bottle_ml_per_day),
    ]
}

/// A number that is looked for first.
pub(crate) struct Fact {
    pub label: &'static str,
    pub number: String,
    pub unit: &'static str,
    pub range: String,
}

impl Fact {
    fn of(label: &'static str, unit: &'static str, seen: Option<&Seen>) -> Self {
        let Some(seen) = seen else {
            return Self { label, number: "\u{2013}".into(), unit: "", range: "none logged".into() };
        };
        let (number, range) = words::seen(seen);
        let unit_after = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let range = format!("{range}{unit_after} in {}", words::counted(seen.n as f64, "day", "days"));
        Self { label, number, unit, range }
    }
}

/// Milk by day: output, or nursings where there is no output.
pub(crate) fn days(report: &Report, detail: &Detail) -> Vec<Block> {
    let removed = &report.removed;
    let beside = words::days(&report.heading.looks_from, &report.heading.looks_to);
    let has_output = removed.days.iter().any(|day| day.output_ml.is_some());
    let has_nursing = removed.days.iter().any(|day| day.nursings > 0);
    if !has_output && !has_nursing {
        return vec![
            heading("Output by day", ""),
            note("No milk is logged yet. The days of the last two weeks would stand here.", 2),
        ];
    }
    let bars = removed.days.iter().enumerate().map(|(i, day)| bar(i, day, has_output));
    let count = |of: &dyn Fn(&Day) -> usize| {
        removed.days.iter().map(|day| day.logged.then(|| of(day))).collect::<Vec<_>>()
    };
    let mut counts = Vec::new();
    if has_output {
        counts.push(("pumped", count(&|day| day.pumpings)));
    }
    if has_output && has_nursing {
        counts.push(("nursed", count(&|day| day.nursings)));
    }
    let middle = if has_output { &removed.output_ml_per_day } else { &removed.nursings_per_day };
    let usual = removed.usual_output_ml.filter(|_| has_output);
    let mut blocks = vec![
        heading(if has_output { "Output by day" } else { "Nursings by day" }, beside),
        Block::Space(3.0),
        Block::Drawing(Drawing::Days(Days {
            height: detail.days_height,
            bars: bars.collect(),
            usual: usual.map(|usual| (usual.p10, usual.p90)),
            middle: middle.filter(|seen| seen.n >= DAYS_WITH_A_MIDDLE).map(|seen| seen.middle),
            unit: if has_output { "mL" } else { "a day" },
            counts,
            words: days_in_words(report, has_output),
        })),
    ];
    blocks.extend(days_note(report, has_output).map(|text| note(text, 3)));
    blocks
}

/// Fewer days have no middle worth drawing.
const DAYS_WITH_A_MIDDLE: usize = 3;

fn bar(place: usize, day: &Day, output: bool) -> Bar {
    let date = day.date.parse::<Date>().ok();
    let label = match date {
        Some(date) if place > 0 && date.day() == 1 => date.strftime("%-d %b").to_string(),
        Some(date) => date.day().to_string(),
        None => String::new(),
    };
    let value = if output { day.output_ml } else { day.logged.then_some(day.nursings as f64) };
    Bar { label, value, whole: !output || day.whole, logged: day.logged }
}

fn days_note(report: &Report, has_output: bool) -> Option<String> {
    let removed = &report.removed;
    let mut said = Vec::new();
    if let Some(middle) = removed.output_ml_per_day.filter(|seen| has_output && seen.n >= DAYS_WITH_A_MIDDLE)
    {
        said.push(format!("Dashed: the middle day, {} mL.", words::whole(middle.middle)));
    }
    if let Some(usual) = removed.usual_output_ml.filter(|_| has_output) {
        let (_, range) = words::likely(&usual);
        said.push(format!("Shaded: 8 of 10 days of the last eight weeks, {range} mL."));
    }
    if removed.days_in_part > 0 {
        said.push("Dashed bars: a session of that day has no volume that counts.".to_owned());
    }
    if removed.days.iter().any(|day| !day.logged) {
        said.push("\u{2013} nothing logged.".to_owned());
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn days_in_words(report: &Report, has_output: bool) -> String {
    let heading = &report.heading;
    let days = words::days(&heading.looks_from, &heading.looks_to);
    let (what, unit, seen) = if has_output {
        ("Output", " mL", &report.removed.output_ml_per_day)
    } else {
        ("Nursings", "", &report.removed.nursings_per_day)
    };
    match seen {
        Some(seen) => {
            let (middle, range) = words::seen(seen);
            format!("{what} by day, {days}: {range}{unit} a day, {middle}{unit} in the middle.")
        }
        None => format!("{what} by day, {days}; no day is whole."),
    }
}

/// A row of a table: what, the middle, the range, how many.
fn row(what: &str, unit: &str, seen: Option<&Seen>) -> Option<Vec<String>> {
    let seen = seen?;
    let (middle, range) = words::seen(seen);
    let space = if unit.is_empty() { "" } else { " " };
    Some(vec![what.to_owned(), format!("{middle}{space}{unit}"), range, words::whole(seen.n as f64)])
}

fn logged_table(rows: Vec<Vec<String>>) -> Block {
    let heads = ["", "middle", "least to most", "n"].map(str::to_owned).to_vec();
    Block::Table(Table { heads, rows, shares: vec![4.6, 2.4, 3.0, 1.0] })
}

/// Milk taken.
pub(crate) fn removed(report: &Report) -> Vec<Block> {
    let removed = &report.removed;
    let rows: Vec<Vec<String>> = [
        row("Output of a session", "mL", removed.session_ml.as_ref()),
        row("Minutes of a session", "min", removed.session_minutes.as_ref()),
        row("Minutes pumped a day", "min", removed.pump_minutes_per_day.as_ref()),
        row("Minutes of a nursing", "min", report.fed.nursing_minutes.as_ref()),
        row("Longest gap of a day", "h", removed.longest_gap_h.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if rows.is_empty() {
        return vec![heading("Milk taken", ""), note("No session is logged yet.", 1)];
    }
    vec![heading("Milk taken", "output, as logged"), Block::Space(1.0), logged_table(rows)]
}

/// Milk made.
pub(crate) fn supply(report: &Report) -> Vec<Block> {
    let supply = &report.supply;
    let Some(both) = supply.ml_per_day else {
        let why = supply.not_known.as_deref().unwrap_or(NOT_KNOWN);
        let text = format!("Not known from this log. {why}");
        return vec![heading("Milk made", "by the model"), note(text, 3)];
    };
    let row = |what: &str, range| {
        let (middle, likely) = words::likely(range);
        vec![what.to_owned(), format!("{middle} mL"), likely]
    };
    let mut rows = vec![row("Both breasts, in 24 h", &both)];
    if let Some(sides) = &supply.sides {
        rows.push(row("Left", &sides.left));
        rows.push(row("Right", &sides.right));
    }
    let heads = ["", "middle", "likely"].map(str::to_owned).to_vec();
    let mut from =
        format!("From {} with a volume", words::counted(supply.sessions as f64, "session", "sessions"));
    if let Some(age) = supply.data_age_h {
        from += "; the newest session ended ";
        from += &words::span(age);
        from += " before this page";
    }
    if supply.sides.is_none() {
        from.push_str(". Each breast by itself: not known from this log");
    }
    from.push('.');
    vec![
        heading("Milk made", "by the model, at her usual hours"),
        Block::Space(1.0),
        Block::Table(Table { heads, rows, shares: vec![4.6, 2.4, 4.0] }),
        note(from, 3),
    ]
}

/// Let-downs.
pub(crate) fn let_downs(report: &Report) -> Vec<Block> {
    let told = &report.let_downs;
    let rows: Vec<Vec<String>> = [
        row("First one after", "s", told.first_s.as_ref()),
        row("In a session", "", told.per_session.as_ref()),
        row("One brought (output)", "mL", told.ml.as_ref()),
        row("Flow slowed after", "s", told.slowed_s.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut said = Vec::new();
    if let Some(felt) = &told.felt {
        said.push(format!("Felt in {} of {} sessions and nursings.", felt.of, felt.n));
    }
    if told.by_themselves > 0 {
        let at = told.most_often_at.as_ref().map(|at| format!(", most often at a {at}"));
        let times = words::counted(told.by_themselves as f64, "time", "times");
        said.push(format!("Without a touch {times}{}.", at.unwrap_or_default()));
    }
    let mut blocks = vec![heading("Let-downs", format!("{} days", told.days))];
    if rows.is_empty() {
        said.insert(0, "When they come is not known from this log: no session was watched.".to_owned());
    } else {
        blocks.extend([Block::Space(1.0), logged_table(rows)]);
    }
    if !said.is_empty() {
        blocks.push(note(said.join(" "), 3));
    }
    blocks
}

/// What babies drank.
pub(crate) fn fed(report: &Report, detail: &Detail, faces: &Faces) -> Vec<Block> {
    let fed = &report.fed;
    let mut blocks = vec![heading("What babies drank", "intake, as logged")];
    let rows: Vec<Vec<String>> = [
        row("From bottles a day", "mL", fed.bottle_ml_per_day.as_ref()),
        row("Bottles a day", "", fed.bottles_per_day.as_ref()),
        row("At a weighed feed", "mL", fed.weighed_ml.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !rows.is_empty() {
        blocks.extend([Block::Space(1.0), logged_table(rows)]);
    }
    let shown = fed.babies.iter().take(detail.babies);
    let of = fed.babies.len();
    let rows: Vec<Vec<String>> = shown.enumerate().map(|(i, baby)| baby_fed(i, of, baby, faces)).collect();
    if !rows.is_empty() {
        let heads = ["a day", "nursings", "bottles", "from bottles"].map(str::to_owned).to_vec();
        blocks.push(Block::Table(Table { heads, rows, shares: vec![3.6, 2.2, 2.2, 3.0] }));
    }
    let said = fed_note(report);
    blocks.push(note(said, 4));
    blocks
}

fn baby_fed(place: usize, of: usize, baby: &BabyFed, faces: &Faces) -> Vec<String> {
    let middle =
        |seen: &Option<Seen>| seen.as_ref().map(|seen| words::number(seen.middle)).unwrap_or_default();
    let ml = baby.bottle_ml_per_day.as_ref().map(|seen| format!("{} mL", words::number(seen.middle)));
    vec![
        words::baby(baby.name.as_deref(), place, of, faces),
        middle(&baby.nursings_per_day),
        middle(&baby.bottles_per_day),
        ml.unwrap_or_default(),
    ]
}

fn fed_note(report: &Report) -> String {
    let fed = &report.fed;
    let mut said = Vec::new();
    if fed.milks.len() > 1 {
        let each = fed.milks.iter().map(|m| {
            let milk = if m.milk == "unknown" { "not said" } else { &m.milk };
            format!("{milk} {} %", words::whole(100.0 * m.share))
        });
        said.push(format!("In bottles: {}.", each.collect::<Vec<_>>().join(", ")));
    } else if let Some(one) = fed.milks.first().filter(|one| one.milk != "unknown") {
        said.push(format!("In bottles: {}.", one.milk));
    }
    if let Some(left) = fed.left_share {
        said.push(format!("Left breast: {} % of nursing minutes.", words::whole(100.0 * left)));
    }
    if let Some(needed) = &fed.needed {
        let (middle, range) = words::likely(&needed.intake_ml_per_day);
        said.push(format!(
            "To gain {} g a day from {} to {}, on milk from the breast alone, takes about {middle} mL drunk a day (likely \
             {range}).",
            words::whole(needed.gain_g_per_day),
            words::short_day(&needed.from),
            words::short_day(&needed.to)
        ));
    } else if fed.weighed_ml.is_none() {
        said.push("What was drunk at the breast is not known from this log.".to_owned());
    }
    if fed.days_in_part > 0 {
        let days = words::counted(fed.days_in_part as f64, "day has", "days have");
        said.push(format!("{days} a bottle without an amount and are left out."));
    }
    said.join(" ")
}

/// How babies grew.
pub(crate) fn growth(report: &Report, detail: &Detail, faces: &Faces) -> Vec<Block> {
    let babies = &report.growth;
    let weighed: Vec<&BabyGrown> = babies.iter().filter(|baby| !baby.weights.is_empty()).collect();
    let mut blocks = vec![heading("Growth", "weight for age, WHO 2006")];
    if weighed.is_empty() {
        blocks.push(note("No weight is logged yet.", 1));
        return blocks;
    }
    let of = report.growth.len();
    let name = |baby: &BabyGrown| {
        let place = babies.iter().position(|b| std::ptr::eq(b, baby)).unwrap_or(0);
        words::baby(baby.name.as_deref(), place, of, faces)
    };
    let panels: Vec<Growth> = weighed
        .iter()
        .filter(|b| !b.curves.is_empty())
        .take(detail.panels)
        .map(|b| panel(b, &name(b)))
        .collect();
    if !panels.is_empty() {
        blocks.push(Block::Space(2.0));
        blocks.push(Block::Drawing(Drawing::Growth(panels, detail.growth_height)));
    }
    let shown: Vec<&BabyGrown> = weighed.iter().take(detail.babies.min(BABIES_ACROSS)).copied().collect();
    blocks.push(Block::Table(grown_table(&shown, &name)));
    blocks.push(note(growth_note(&weighed, weighed.len().saturating_sub(shown.len())), 4));
    blocks
}

fn panel(baby: &BabyGrown, name: &str) -> Growth {
    let weights = baby.weights.iter().filter_map(|w| Some((f64::from(w.age_days?), w.weight_g)));
    let newest = baby.newest.as_ref().map(|newest| {
        let place: Vec<String> =
            newest.z.iter().map(|z| format!("{} centile of {}", z.centiles, z.curve)).collect();
        format!("{} kg on {}, {}", words::kg(newest.weight_g), words::day(&newest.date), place.join(", "))
    });
    Growth {
        name: name.to_owned(),
        weights: weights.collect(),
        curves: baby.curves.clone(),
        words: format!(
            "Weights of {name} beside the WHO centiles 3, 15, 50, 85 and 97: {}.",
            newest.unwrap_or_default()
        ),
    }
}

/// A column holds the numbers of a baby; more do not fit.
const BABIES_ACROSS: usize = 3;

fn grown_table(babies: &[&BabyGrown], name: &impl Fn(&BabyGrown) -> String) -> Table {
    let with_range = babies.len() < BABIES_ACROSS;
    let columns: Vec<[String; 6]> = babies.iter().map(|baby| grown(baby, name(baby), with_range)).collect();
    let labels = ["", "Age", "Weight", "z, likely", "Centiles", "Gain a day, likely"];
    let row = |i: usize| {
        let cells = columns.iter().filter_map(|column| column.get(i).cloned());
        labels.get(i).map(|label| (*label).to_owned()).into_iter().chain(cells).collect::<Vec<_>>()
    };
    let shares = [1.0].into_iter().chain(babies.iter().map(|_| if with_range { 1.3 } else { 1.05 }));
    Table { heads: row(0), rows: (1..labels.len()).map(row).collect(), shares: shares.collect() }
}

/// Name, age, weight, z, centiles, gain.
fn grown(baby: &BabyGrown, name: String, with_range: bool) -> [String; 6] {
    let newest = baby.newest.as_ref();
    let age = baby.age_days.zip(newest).map(|(now, newest)| words::age(now - newest.days_ago));
    let (z, centiles) = newest.map(|newest| placed(&newest.z, with_range)).unwrap_or_default();
    let gain = baby.gain.as_ref().map(|gain| {
        let [low, high] = gain.likely.map(words::whole);
        let range = if with_range { format!(" ({low} to {high})") } else { String::new() };
        format!("{} g{range}", words::whole(gain.g_per_day))
    });
    let weight = newest.map(|n| format!("{} kg", words::kg(n.weight_g)));
    [name, age.unwrap_or_default(), weight.unwrap_or_default(), z, centiles, gain.unwrap_or_default()]
}

/// A place on one curve, or from that on the one to that on the other.
fn placed(z: &[Z], with_range: bool) -> (String, String) {
    match z {
        [] => Default::default(),
        [one] => {
            let [low, high] = one.z_likely.map(words::signed_tenth);
            let range = if with_range { format!(" ({low} to {high})") } else { String::new() };
            (format!("{}{range}", words::signed_tenth(one.z)), one.centiles.to_owned())
        }
        [one, .., other] => {
            let (low, high) = if one.z <= other.z { (one, other) } else { (other, one) };
            let z = words::span_of(&words::signed_tenth(low.z), &words::signed_tenth(high.z));
            let same = low.centiles == high.centiles;
            (z, if same { low.centiles.to_owned() } else { "by the curve".to_owned() })
        }
    }
}

fn growth_note(weighed: &[&BabyGrown], hidden: usize) -> String {
    let mut said = Vec::new();
    let newest: Vec<&str> =
        weighed.iter().filter_map(|b| b.newest.as_ref()).map(|newest| newest.date.as_str()).collect();
    let (oldest, newest) = (newest.iter().min(), newest.iter().max());
    if let (Some(oldest), Some(newest)) = (oldest, newest) {
        let when = if oldest == newest { words::day(newest) } else { words::days(oldest, newest) };
        said.push(format!("Newest weights: {when}; gain over the last 7 to 35 days before."));
    }
    if let Some(early) = weighed.iter().find(|baby| baby.corrected_by_days > 0) {
        let weeks = f64::from(early.corrected_by_days) / 7.0;
        said.push(format!(
            "Born before 37 weeks: placed by corrected age ({} weeks less).",
            words::number(weeks)
        ));
    }
    if weighed.iter().any(|baby| baby.sex.is_none()) {
        said.push("Girl or boy not said: both curves, from the lower to the higher.".to_owned());
    }
    let left_out: usize = weighed.iter().map(|baby| baby.left_out).sum();
    if left_out > 0 {
        said.push(format!("{} left out as odd.", words::counted(left_out as f64, "weight", "weights")));
    }
    if hidden > 0 {
        said.push(format!("{} more in the log.", words::counted(hidden as f64, "baby", "babies")));
    }
    said.join(" ")
}

/// What is known of how her body works.
pub(crate) fn findings(report: &Report, detail: &Detail) -> Vec<Block> {
    let findings = &report.findings;
    let mut blocks = vec![heading("What is known", "from 90 in 100 on")];
    for one in findings.known.iter().take(detail.findings) {
        let about = capital(&one.about);
        blocks.push(Block::Lead(format!("{about}:"), format!("{} From {}.", one.says, one.from), 3));
    }
    if findings.known.is_empty() {
        blocks.push(note("Nothing yet about how her body works.", 1));
    }
    if !findings.not_known.is_empty() && detail.not_known > 0 {
        blocks.push(note(
            format!("Not known from this log: {}.", findings.not_known.join("; ")),
            detail.not_known,
        ));
    }
    blocks
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How right forecasts were.
pub(crate) fn forecasts(report: &Report) -> Vec<Block> {
    let Some(was) = &report.forecasts else { return Vec::new() };
    let off = was.mae_ml.map(|ml| format!(" On average they were {} mL off.", words::whole(ml)));
    let text = format!(
        "Of {} in the last {} days {} lay in their likely range; 8 in 10 are meant to.{}",
        words::counted(was.sessions.len() as f64, "session", "sessions"),
        was.days,
        was.within,
        off.unwrap_or_default()
    );
    vec![heading("How right forecasts were", ""), Block::Text(text, BODY, 3)]
}

/// The plan.
pub(crate) fn plan(report: &Report, detail: &Detail) -> Vec<Block> {
    let Some(plan) = &report.plan else {
        return vec![heading("Plan", ""), note("No plan is written down.", 1)];
    };
    let mut text = capital(&plan.goal);
    if let Some(ml) = plan.target_ml {
        text = format!("{text}, {} mL", words::whole(ml));
    }
    if let Some(until) = &plan.until {
        text = format!("{text}, until {}", words::day(until));
    }
    text.push('.');
    if !plan.sessions.is_empty() {
        let shown = plan.sessions.iter().take(detail.plan_sessions);
        let each = shown.map(|s| {
            let minutes = s.minutes.map(|m| format!(" ({} min)", words::number(m)));
            format!("{}{}", s.clock, minutes.unwrap_or_default())
        });
        let hidden = plan.sessions.len().saturating_sub(detail.plan_sessions);
        let more = if hidden > 0 { format!(" and {hidden} more") } else { String::new() };
        text = format!("{text} Sessions: {}{more}.", each.collect::<Vec<_>>().join(", "));
    }
    vec![heading("Plan", format!("made {}", words::day(&plan.made))), Block::Text(text, BODY, 4)]
}
