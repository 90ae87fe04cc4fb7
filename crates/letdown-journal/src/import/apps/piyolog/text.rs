//! The text of days, unfolded into one table of events.

use super::event::{DIARY, Event};
use crate::import::{
    source::Listed,
    stamp::{Stamp, clock_alone},
};

const COLUMNS: [&str; 8] = ["day", "time", "what", "amount", "weight", "sides", "note", "baby"];

/// What stands at the head of a text.
const MARKS: [&str; 2] = ["【ぴよログ】", "[PiyoLog]"];
/// How many lines may stand above it: mail programs put a greeting there.
const ABOVE: usize = 20;
/// How the totals behind the events begin.
const TOTALS: [&str; 6] =
    ["母乳合計", "ミルク合計", "睡眠合計", "Total Breastfeeding", "Had formula", "Total sleep"];

/// The events of a text with a mark at its head and a day in it; `None` for any other.
pub(super) fn table(text: &str) -> Option<Listed> {
    let ends = if text.contains('\n') { '\n' } else { '\r' };
    let lines = || text.split(ends).map(str::trim);
    let head = lines().take(ABOVE).position(|line| title(line).is_some())?;
    let lines: Vec<&str> = lines().collect();
    let mut days = Days::default();
    for (at, line) in lines.iter().enumerate().skip(head) {
        let next = || lines.iter().skip(at + 1).find(|line| !line.is_empty()).copied();
        days.line(at + 1, line, next());
    }
    let header = COLUMNS.map(str::to_owned).to_vec();
    days.any.then_some(Listed { title: String::new(), header, rows: days.rows })
}

/// What is written behind the mark.
fn title(line: &str) -> Option<&str> {
    MARKS.iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

/// Where in a day a line stands.
#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    /// Between the days.
    #[default]
    Between,
    /// Behind the date: the baby follows.
    Head,
    /// Among the events.
    Events,
    /// Among the totals behind them.
    Totals,
    /// Behind the totals; whether anything was written.
    Diary { written: bool },
}

/// The days read so far.
#[derive(Default)]
struct Days {
    part: Part,
    any: bool,
    after_blank: bool,
    day: String,
    baby: String,
    rows: Vec<(usize, Vec<String>)>,
}

impl Days {
    /// One line; `next` is the next one that says anything.
    fn line(&mut self, number: usize, line: &str, next: Option<&str>) {
        let after_blank = std::mem::replace(&mut self.after_blank, line.is_empty());
        if let Some(title) = title(line) {
            self.leave();
            return self.begin(title);
        }
        if line.is_empty() {
            if self.part == Part::Totals {
                self.part = Part::Diary { written: false };
            }
            return;
        }
        if is_dashes(line) && self.ends_before(next) {
            return self.leave();
        }
        match self.part {
            Part::Between if date(line).is_some() => self.begin(line),
            Part::Head => {
                self.part = Part::Events;
                match name(line) {
                    Some(name) => name.clone_into(&mut self.baby),
                    None => self.event(number, line, after_blank),
                }
            }
            Part::Between | Part::Events => self.event(number, line, after_blank),
            Part::Totals | Part::Diary { written: true } => {}
            Part::Diary { written: false } => self.diary(number),
        }
    }

    /// Whether dashes end a day. In a diary there may be dashes too, so a date has to follow.
    fn ends_before(&self, next: Option<&str>) -> bool {
        let in_diary = matches!(self.part, Part::Diary { .. });
        !in_diary || next.is_none_or(|next| date(next).is_some() || title(next).is_some())
    }

    fn leave(&mut self) {
        self.part = Part::Between;
        self.day.clear();
        self.baby.clear();
    }

    fn begin(&mut self, line: &str) {
        if let Some(date) = date(line) {
            self.any = true;
            self.part = Part::Head;
            date.clone_into(&mut self.day);
        }
    }

    fn event(&mut self, number: usize, line: &str, after_blank: bool) {
        if after_blank && TOTALS.iter().any(|total| line.starts_with(total)) {
            self.part = Part::Totals;
        } else if let Some(event) = Event::read(line) {
            self.push(number, &event);
        } else if self.part == Part::Events {
            // What is no event goes on with the one above it.
            match self.rows.last_mut().filter(|(_, row)| row.first() == Some(&self.day)) {
                Some((_, row)) => row.iter_mut().skip(6).take(1).for_each(|note| go_on(note, line)),
                None => self.diary(number),
            }
        }
    }

    fn diary(&mut self, number: usize) {
        if self.part != Part::Events {
            self.part = Part::Diary { written: true };
        }
        self.push(number, &Event { what: DIARY, ..Event::default() });
    }

    fn push(&mut self, number: usize, event: &Event<'_>) {
        let row = [
            &self.day,
            event.time,
            event.what,
            &event.amount,
            &event.weight,
            event.sides,
            event.note,
            &self.baby,
        ];
        self.rows.push((number, row.map(str::to_owned).to_vec()));
    }
}

fn go_on(note: &mut String, line: &str) {
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(line);
}

fn is_dashes(line: &str) -> bool {
    line.len() >= 5 && line.bytes().all(|b| b == b'-')
}

/// The date of `2022/3/1(火)`, `Thu, Jun 13, 2022` or `Thu, 17 Jul 2025`, whether there is such a day or not.
fn date(line: &str) -> Option<&str> {
    let bare = match line.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((date, weekday)) => Some(date.trim()).filter(|_| !weekday.contains(is_digit))?,
        None => line,
    };
    let in_numbers = bare.split('/').count() == 3
        && bare.split('/').all(|part| (1..=4).contains(&part.len()) && part.chars().all(is_digit));
    if in_numbers {
        return Some(bare);
    }
    let (weekday, date) = bare.split_once(", ")?;
    let in_words = !weekday.contains(is_digit) && date.contains(char::is_alphabetic);
    let day_alone = matches!(Stamp::read(date), Some(Stamp::Local { time: None, .. }));
    (in_words && day_alone).then_some(date)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The baby's name before its age: `ベビー (0歳0か月11日)`, `Mila (0y0m22d)`.
fn name(line: &str) -> Option<&str> {
    let (name, age) = line.strip_suffix(')')?.rsplit_once('(')?;
    let starts_like_an_event = name.split_whitespace().next().is_some_and(|word| clock_alone(word).is_some());
    let is_age = age.trim_start().starts_with(is_digit) && !age.contains([':', '/']);
    (is_age && !starts_like_an_event).then_some(name.trim())
}
