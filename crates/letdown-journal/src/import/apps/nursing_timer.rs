//! Nursing Timer: one file of four tables under one header, split by blank lines: feeds, pumping, sleep, diapers.
//!
//! Rows are as long as their table needs, so a row is told by which of its cells say something. Lengths are minutes and
//! seconds (`14:3` is 14 min 3 s). The number in front starts again in each table and moves when a row is deleted: it is
//! no identifier. Two sides of one row have no order.

use crate::import::{
    Answers, ImportError, cells,
    cells::shown,
    format::{Columns, Format, FormatName, Line, Table},
    header::{Header, TimeColumn, VolumeColumn},
    held,
    settled::{Placed, Settled},
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Stint},
    volume::{Intake, Output},
};

/// The app.
pub(super) struct NursingTimer;

pub(super) const NAME: FormatName = FormatName::new("nursingtimer");

impl Format for NursingTimer {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let known = header.has_all(&["left", "right", "bottle", "bottle amount", "pump amount"]);
        Ok(header.time("time").filter(|_| known).map(|time| Box::new(Log::of(header, time)) as _))
    }
}

struct Log {
    time: TimeColumn,
    left: Option<usize>,
    right: Option<usize>,
    bottle: Option<usize>,
    fed: Option<VolumeColumn>,
    pumped: Option<VolumeColumn>,
    sleep: Option<usize>,
    wet: Option<usize>,
    solid: Option<usize>,
    columns: Columns,
}

impl Log {
    fn of(header: &Header, time: TimeColumn) -> Self {
        let (fed, pumped) = (header.volume("bottle amount"), header.volume("pump amount"));
        let volumes = [fed, pumped].into_iter().flatten().collect();
        Self {
            time,
            left: header.find("left"),
            right: header.find("right"),
            bottle: header.find("bottle"),
            fed,
            pumped,
            sleep: header.find("sleep time"),
            wet: header.find("wet"),
            solid: header.find("solid"),
            columns: Columns { times: vec![time], volumes, ..Columns::default() },
        }
    }

    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let total = settled.volume(row, self.pumped)?.map(Output);
        Ok(Line::new(row, start, Body::Pump(Pump { total, ..Pump::at(start.at.clone()) }), None))
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let held = row.cell(self.bottle);
        let minutes = minutes_and_seconds(held).ok().flatten().filter(|minutes| *minutes > 0.0);
        let word = held.trim_start_matches(|c: char| c != '-').trim_start_matches('-').trim();
        let milk = held::milk(word);
        let unsure =
            milk.is_none().then(|| format!("the bottle held {}; which milk is left open", shown(word)));
        let intake = settled.volume(row, self.fed)?.map(Intake);
        let bottle =
            Bottle { minutes, intake, ..Bottle::at(start.at.clone(), milk.unwrap_or(Milk::Unknown)) };
        let mut line = Line::new(row, start, Body::Bottle(bottle), None);
        line.flags.extend(unsure);
        Ok(line)
    }

    fn nurse(row: &Row<'_>, start: &Placed, stints: Vec<Stint>) -> Line {
        Line::new(row, start, Body::Nurse(Nurse { stints, ..Nurse::at(start.at.clone()) }), None)
    }

    fn stints(&self, row: &Row<'_>) -> Result<Vec<Stint>, String> {
        let mut stints = Vec::new();
        for (side, at) in [(Side::Left, self.left), (Side::Right, self.right)] {
            let minutes = minutes_and_seconds(row.cell(at))?.filter(|minutes| *minutes > 0.0);
            stints.extend(minutes.map(|minutes| Stint::of(side, Some(minutes))));
        }
        Ok(stints)
    }

    fn diaper(&self, row: &Row<'_>, start: &Placed) -> Result<Line, String> {
        let (wet, soiled) = (mark(row.cell(self.wet))?, mark(row.cell(self.solid))?);
        let diaper = Diaper::at(start.at.clone(), wet, soiled);
        Ok(Line::new(row, start, Body::Diaper(diaper), None))
    }

    fn is_bottle(&self, row: &Row<'_>) -> bool {
        let timed = |held| minutes_and_seconds(held).is_ok_and(|minutes| minutes.unwrap_or(0.0) == 0.0);
        !timed(row.cell(self.bottle)) || says(row, &[self.fed.map(|fed| fed.at)])
    }
}

impl Table for Log {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let others = [self.left, self.right, self.bottle, self.wet, self.solid];
        let others = [&others[..], &[self.fed.map(|f| f.at), self.pumped.map(|p| p.at)]].concat();
        let sleep = says(row, &[self.sleep]) && !says(row, &others);
        sleep.then(|| "not ours: sleep".to_owned())
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        self.lines(row, settled)?.into_iter().next().ok_or_else(|| "the row says nothing".to_owned())
    }

    fn lines(&self, row: &Row<'_>, settled: &Settled) -> Result<Vec<Line>, String> {
        let start = settled.time(&self.time.text(row))?;
        let stints = self.stints(row)?;
        let mut lines = Vec::new();
        if says(row, &[self.pumped.map(|pumped| pumped.at)]) {
            lines.push(self.pump(row, settled, &start)?);
        }
        if self.is_bottle(row) {
            lines.push(self.bottle(row, settled, &start)?);
        }
        if says(row, &[self.wet, self.solid]) {
            lines.push(self.diaper(row, &start)?);
        }
        let nursing = says(row, &[self.left, self.right]) && lines.is_empty();
        if !stints.is_empty() || nursing {
            let mut line = Self::nurse(row, &start, stints);
            line.flags.extend((!lines.is_empty()).then(|| BOTH.to_owned()));
            line.flags.extend(nothing_ran(&line.body));
            lines.push(line);
        }
        if lines.is_empty() {
            return Err("the row says nothing but a time".to_owned());
        }
        Ok(lines)
    }
}

fn says(row: &Row<'_>, columns: &[Option<usize>]) -> bool {
    columns.iter().any(|at| !row.cell(*at).is_empty())
}

const BOTH: &str = "the row times a breast beside something else; both are kept. If it was the pump that ran, delete the nursing";

fn nothing_ran(body: &Body) -> Option<String> {
    let silent = matches!(body, Body::Nurse(nurse) if nurse.stints.is_empty());
    silent.then(|| "neither side ran; the nursing is kept without a length".to_owned())
}

/// `14:3`, `0:0`; `1:30:3` has hours.
fn minutes_and_seconds(text: &str) -> Result<Option<f64>, String> {
    let Some((minutes, seconds)) = text.split_once(':').filter(|(_, rest)| !rest.contains(':')) else {
        return cells::minutes(text);
    };
    let unreadable = || format!("the length {} is not one I can read", shown(text));
    let minutes = cells::number(minutes.trim()).ok_or_else(unreadable)?;
    let seconds = cells::number(seconds.trim()).filter(|s| *s < 60.0).ok_or_else(unreadable)?;
    cells::checked(minutes + seconds / 60.0).map(Some)
}

/// `O` or `-`.
fn mark(text: &str) -> Result<bool, String> {
    match text {
        "O" | "o" => Ok(true),
        "-" => Ok(false),
        _ => cells::yes(text),
    }
}
