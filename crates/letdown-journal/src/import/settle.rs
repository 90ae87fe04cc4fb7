//! What is decided once per file, between the two passes: the order of day and month, the zone, the units.

use super::{
    Answers, DateOrder, Flag, FormatName, ImportError, WeightUnit,
    cells::shown,
    error::Problem,
    reading::Opened,
    settled::Settled,
    survey::{Seen, Survey},
};
use crate::volume::VolumeUnit;
use std::collections::BTreeMap;

/// Settles every file, or asks the first question that only the caller can answer.
pub(super) fn settle(files: &[Opened<'_>], answers: &Answers) -> Result<Vec<Settled>, ImportError> {
    let siblings = Siblings::of(files)?;
    files.iter().map(|file| Settled::of(file, &siblings, answers)).collect()
}

/// The orders that files of one format have settled by themselves.
struct Siblings(BTreeMap<FormatName, Vec<DateOrder>>);

impl Siblings {
    fn of(files: &[Opened<'_>]) -> Result<Self, ImportError> {
        let mut settled: BTreeMap<FormatName, Vec<DateOrder>> = BTreeMap::new();
        for file in files.iter().filter(|file| file.table.columns().date_order.is_none()) {
            if let Some((order, _)) = own_order(file.sheet.name(), &file.survey)? {
                settled.entry(file.format).or_default().push(order);
            }
        }
        Ok(Self(settled))
    }

    /// The order they all share.
    fn order(&self, format: FormatName) -> Option<DateOrder> {
        let orders = self.0.get(&format)?;
        orders.first().copied().filter(|first| orders.iter().all(|o| o == first))
    }
}

/// The order a file's own dates leave, and the row that shows it.
fn own_order<'s>(file: &str, survey: &'s Survey) -> Result<Option<(DateOrder, &'s Seen)>, ImportError> {
    match (&survey.month_first, &survey.day_first) {
        (Some(month), Some(day)) if survey.ours => Err(Problem::Contradiction {
            file: file.to_owned(),
            month_row: month.row,
            month_text: month.text.clone(),
            day_row: day.row,
            day_text: day.text.clone(),
        }
        .into()),
        (Some(seen), None) => Ok(Some((DateOrder::Mdy, seen))),
        (None, Some(seen)) => Ok(Some((DateOrder::Dmy, seen))),
        _ => Ok(None),
    }
}

impl Settled {
    fn of(file: &Opened<'_>, siblings: &Siblings, answers: &Answers) -> Result<Self, ImportError> {
        let mut flags = Vec::new();
        let order = order(file, siblings, answers, &mut flags)?;
        if let Some(seen) = file.survey.no_zone.as_ref().filter(|_| answers.zone.is_none()) {
            return Err(Problem::Zone {
                file: file.sheet.name().to_owned(),
                row: seen.row,
                text: seen.text.clone(),
            }
            .into());
        }
        let unit = unit(file, answers, &mut flags)?;
        let weight_unit = weight_unit(&file.survey, answers, &mut flags);
        let (zone, clock) = (answers.zone.clone(), file.table.columns().zone.clone());
        Ok(Self { zone, clock, order, unit, weight_unit, flags })
    }
}

fn order(
    file: &Opened<'_>,
    siblings: &Siblings,
    answers: &Answers,
    flags: &mut Vec<Flag>,
) -> Result<Option<DateOrder>, ImportError> {
    let name = file.sheet.name();
    if let Some(always) = file.table.columns().date_order {
        return Ok(Some(always));
    }
    if let Some((own, seen)) = own_order(name, &file.survey)? {
        let against = answers.date_order.filter(|said| *said != own && file.survey.ours);
        flags.extend(against.map(|said| outvoted(seen, own, said)));
        return Ok(Some(own));
    }
    let Some((seen, month_first, day_first)) = &file.survey.either else { return Ok(answers.date_order) };
    if let Some(shared) = siblings.order(file.format) {
        let read = format!("{} is read {}, as the other files", shown(&seen.text), shared.in_words());
        flags.push(Flag { row: seen.row, what: format!("{read} of this import are") });
        return Ok(Some(shared));
    }
    answers.date_order.map(Some).ok_or_else(|| {
        let (file, row, text) = (name.to_owned(), seen.row, seen.text.clone());
        Problem::Order { file, row, text, day_first: *day_first, month_first: *month_first }.into()
    })
}

fn outvoted(seen: &Seen, own: DateOrder, said: DateOrder) -> Flag {
    let (text, own, said) = (shown(&seen.text), own.in_words(), said.in_words());
    let what = format!(
        "{text} only makes sense {own}, so the whole file is read so, not {said} as --date-order says"
    );
    Flag { row: seen.row, what }
}

fn unit(
    file: &Opened<'_>,
    answers: &Answers,
    flags: &mut Vec<Flag>,
) -> Result<Option<VolumeUnit>, ImportError> {
    let Some(first) = &file.survey.amounts.first else { return Ok(answers.unit) };
    if answers.unit.is_some() {
        return Ok(answers.unit);
    }
    let Some((unit, why)) = file.survey.amounts.compelling() else {
        let (name, text) = (file.sheet.name().to_owned(), first.text.clone());
        return Err(Problem::Unit { file: name, row: first.row, text }.into());
    };
    let other = if unit == VolumeUnit::Ml { VolumeUnit::Oz } else { VolumeUnit::Ml };
    flags.push(Flag {
        row: file.survey.first_row,
        what: format!(
            "no unit in this file; read as {} because {why}; say --unit {} if that is wrong",
            unit.name(),
            other.name()
        ),
    });
    Ok(Some(unit))
}

fn weight_unit(survey: &Survey, answers: &Answers, flags: &mut Vec<Flag>) -> WeightUnit {
    match (answers.weight_unit, survey.weights.first_row) {
        (Some(unit), _) => unit,
        (None, Some(_)) if survey.weights.all_above_100() => WeightUnit::G,
        (None, Some(row)) => {
            let what = "no unit in this file; read as kg, say --weight-unit lb if that is wrong";
            flags.push(Flag { row, what: what.to_owned() });
            WeightUnit::Kg
        }
        (None, None) => WeightUnit::Kg,
    }
}
