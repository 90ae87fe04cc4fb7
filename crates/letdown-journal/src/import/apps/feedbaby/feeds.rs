//! The feeds: each breast, and bottles.

use super::Common;
use crate::import::{
    Draft, SourceRow, cells,
    cells::shown,
    digest,
    format::{Columns, Line, Table, with_sides},
    header::{Header, VolumeColumn},
    join,
    settled::{Placed, Settled},
    sheet::Row,
};
use crate::{
    body::{Body, Bottle, Milk, Nurse, Side},
    volume::{Intake, VolumeUnit},
};

pub(super) struct FeedTable {
    common: Common,
    kind: Option<usize>,
    food: Option<usize>,
    unit: Option<usize>,
    duration: Option<usize>,
    oz: Option<VolumeColumn>,
    ml: Option<VolumeColumn>,
}

impl FeedTable {
    pub(super) fn of(header: &Header) -> Self {
        let in_unit = |text: &str, unit| {
            header.find_written(text).map(|at| VolumeColumn { at, unit: Some(unit), unit_at: None })
        };
        Self {
            common: Common::of(header, "start time"),
            kind: header.find("feed type"),
            food: header.find("food type"),
            unit: header.find("unit"),
            duration: header.find("duration"),
            oz: in_unit("quantity (oz)", VolumeUnit::Oz),
            ml: in_unit("quantity (ml or g)", VolumeUnit::Ml),
        }
    }

    /// What was typed, and the same in the other unit. Ounces have two decimals here and mL none.
    fn amounts(&self, row: &Row<'_>) -> [Option<VolumeColumn>; 2] {
        let unit = row.cell(self.unit).to_lowercase();
        let filled = |column: Option<VolumeColumn>| column.filter(|c| !row.cell(Some(c.at)).is_empty());
        match (filled(self.oz), filled(self.ml)) {
            (oz, Some(ml)) if oz.is_none() || matches!(unit.as_str(), "metric" | "ml") => [Some(ml), oz],
            (oz, ml) => [oz, ml],
        }
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let food = row.cell(self.food);
        let milk = match food.to_lowercase().as_str() {
            "breast milk" | "expressed milk" => Milk::Expressed,
            "formula" | "formula milk" => Milk::Formula,
            _ => Milk::Unknown,
        };
        let unsaid = row.text(self.food).filter(|_| milk == Milk::Unknown);
        let notes: Vec<String> = [unsaid, self.common.note(row)].into_iter().flatten().collect();
        let [typed, other] = self.amounts(row);
        let of = |column| {
            let intake = settled.volume(row, column)?.map(Intake);
            let note = (!notes.is_empty()).then(|| notes.join("\n"));
            Ok::<_, String>(Bottle { intake, note, ..Bottle::at(start.at.clone(), milk.clone()) })
        };
        let (bottle, otherwise) = (of(typed)?, of(other)?);
        let lasted = settled.lasted(start, row.cell(self.common.end))?;
        // An export of an older generation does not say which was typed.
        // It ends in the second it began unless somebody set its end.
        let took = |minutes: Option<f64>| minutes.filter(|min| *min > 0.0);
        let also = Body::Bottle(Bottle { minutes: took(lasted.written), ..otherwise });
        let also = other.map(|_| digest::of(&also, start.written, None)).into_iter().collect();
        let body = |minutes| Body::Bottle(Bottle { minutes: took(minutes), ..bottle.clone() });
        let line = self.common.line(row, start, lasted, body);
        Ok(Line { row: SourceRow { also, ..line.row }, ..line })
    }

    fn nurse(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        sides: &[Side],
    ) -> Result<Line, String> {
        let nurse = Nurse { note: self.common.note(row), ..Nurse::at(start.at.clone()) };
        let nursed_min = cells::minutes(row.cell(self.duration))?;
        let lasted = settled.lasted(start, row.cell(self.common.end))?;
        let body = |whole_min: Option<f64>| {
            // Rounding alone makes a minute; what differs by more leaves a pause out.
            let differs = |nursed: &f64| whole_min.is_none_or(|whole| (whole - nursed).abs() >= 1.5);
            let nursed_min = nursed_min.filter(differs);
            let with_pause = whole_min.filter(|whole| nursed_min.is_some_and(|nursed| *whole > nursed));
            let nurse = with_sides(nurse.clone(), sides, nursed_min.or(whole_min));
            Body::Nurse(Nurse { minutes: with_pause.or(nurse.minutes), ..nurse })
        };
        Ok(self.common.line(row, start, lasted, body))
    }
}

impl Table for FeedTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let kind = row.cell(self.kind).to_lowercase();
        (kind.contains("solid") || kind.contains("food")).then(|| "not ours: solid food".to_owned())
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let kind = row.cell(self.kind);
        match kind.to_lowercase().as_str() {
            "left breast" => self.nurse(row, settled, &start, &[Side::Left]),
            "right breast" => self.nurse(row, settled, &start, &[Side::Right]),
            "both breasts" => self.nurse(row, settled, &start, &[Side::Left, Side::Right]),
            "bottle" => self.bottle(row, settled, &start),
            _ => Err(format!("the feed type {} is not one I know", shown(kind))),
        }
    }

    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        join::nursings(lines)
    }
}
