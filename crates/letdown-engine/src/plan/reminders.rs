//! A plan as a calendar's reminders.

use super::Plan;
use crate::EngineError;
use letdown_journal::{
    export::reminders::{self, Reminder},
    moment::{self, Moment},
};

/// The sessions of a plan as a calendar file (iCalendar, RFC 5545), each with a reminder so many minutes before.
///
/// # Errors
/// When a time of the plan is none.
pub fn calendar(plan: &Plan, now: &Moment, remind_min: u32) -> Result<String, EngineError> {
    let reminder = |session: &super::Session| {
        let at = moment::parse(&session.at, None)?.at;
        let with = session.technique.map_or_else(String::new, |technique| format!(", with {technique}"));
        let first = match session.side {
            "left_first" => ", left first",
            "right_first" => ", right first",
            _ => "",
        };
        let home = session.home_at.as_deref().map(|home| moment::parse(home, None)).transpose()?;
        let home = home.map_or_else(String::new, |home| format!(" ({} at home)", home.at.strftime("%H:%M")));
        let text = format!("Pump {:.0} min{with}{first}{home}", session.minutes);
        Ok(Reminder { at: at.timestamp(), minutes: session.minutes, text })
    };
    let all = plan.schedule.iter().map(reminder).collect::<Result<Vec<_>, EngineError>>()?;
    Ok(reminders::calendar(&all, now.timestamp(), remind_min))
}
