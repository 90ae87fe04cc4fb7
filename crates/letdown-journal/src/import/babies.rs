//! Which baby a row is about, where the file does not say and there is more than one.

use super::{Answers, FileReading, ImportError, digest, error::Problem, letdown_csv};
use crate::{entry::Entry, fold::Folded};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The names of the babies that a journal was told of.
pub fn babies(journal: &Folded) -> Vec<String> {
    #[derive(Deserialize)]
    struct Named {
        name: Option<String>,
    }
    let name = |entry: &Entry| serde_json::from_str::<Named>(entry.body.get()).ok()?.name;
    let told = journal.alive().filter(|entry| entry.kind == "baby").filter_map(name);
    told.collect::<BTreeSet<String>>().into_iter().collect()
}

/// Gives rows that name no baby to the one that was answered, or asks when there are several.
pub(super) fn settle(reading: &mut FileReading, answers: &Answers) -> Result<(), ImportError> {
    if answers.baby.is_none() && answers.babies.len() < 2 {
        return Ok(());
    }
    // Our own table says what the journal said: a row that names no baby is about none.
    if reading.format == letdown_csv::NAME {
        return Ok(());
    }
    for draft in &mut reading.drafts {
        let Some(baby) = draft.body.baby_mut().filter(|baby| baby.is_none()) else { continue };
        let row = draft.rows.first().map_or(1, |row| row.row);
        let Some(answer) = &answers.baby else {
            let (file, babies) = (reading.file.clone(), answers.babies.join(", "));
            return Err(Problem::Baby { file, row, babies }.into());
        };
        *baby = Some(answer.clone());
        // The same hour and amount of another baby is another row.
        for row in &mut draft.rows {
            row.digest = digest::of_baby(&row.digest, answer);
            row.also.clear();
            if let Some(baby) = row.alone.as_mut().and_then(|body| body.baby_mut()) {
                *baby = Some(answer.clone());
            }
        }
    }
    Ok(())
}
