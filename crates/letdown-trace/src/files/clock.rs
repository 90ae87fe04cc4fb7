//! Clock times: `17:18:21.961`, or with a date before and an offset behind, `2026-11-24T17:18:21.961+01:00`.
//!
//! A clock without a date begins anew at midnight; a session does not.

use super::unit::number;

const DAY_S: f64 = 86_400.0;

/// Seconds of a clock time `H:MM:SS`, or of minutes and seconds `MM:SS`, both with a fraction if there is one.
pub(super) fn seconds(text: &str, comma: bool) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    let whole = |text: &str, most: u32| text.parse::<u32>().ok().filter(|part| *part <= most).map(f64::from);
    let rest = |text: &str| number(text, comma).filter(|part| (0.0..61.0).contains(part));
    match parts[..] {
        [hours, minutes, s] => Some(3600.0 * whole(hours, 23)? + 60.0 * whole(minutes, 59)? + rest(s)?),
        [minutes, s] => Some(60.0 * whole(minutes, 359)? + rest(s)?),
        _ => None,
    }
}

/// Seconds since 1970-01-01T00:00, with the offset taken off where there is one.
pub(super) fn moment(text: &str) -> Option<f64> {
    let (date, rest) = text.split_at_checked(10)?;
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let rest = rest.strip_prefix(['T', ' '])?;
    let (clock, offset_s) = offset(rest)?;
    let on_day_s = seconds(clock, true).filter(|_| clock.matches(':').count() == 2)?;
    Some(DAY_S * days(year, month, day)? + on_day_s - offset_s)
}

/// A clock time, and the offset behind it (s).
fn offset(text: &str) -> Option<(&str, f64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0.0));
    }
    let Some(at) = text.find(['+', '-']) else { return Some((text, 0.0)) };
    let (clock, offset) = text.split_at_checked(at)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let offset_s = 3600.0 * hours.parse::<u8>().map(f64::from).ok()?
        + 60.0 * minutes.parse::<u8>().map(f64::from).ok()?;
    Some((clock, if offset.starts_with('-') { -offset_s } else { offset_s }))
}

/// Days since 1970-01-01: years are counted from March, so that the leap day is their last.
fn days(year: u32, month: u32, day: u32) -> Option<f64> {
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Some(f64::from(days) - 719_468.0)
}

/// Lays clock times behind each other, through midnight: each on the day that is nearest to the one before.
#[derive(Default)]
pub(super) struct Days {
    before_s: Option<f64>,
    first_day_s: Option<f64>,
}

impl Days {
    /// Seconds since the midnight before the first, of a clock time with or without a date; `None` when it is neither.
    pub(super) fn read(&mut self, text: &str, comma: bool) -> Option<f64> {
        if let Some(moment_s) = moment(text) {
            let day_s = || libm::floor(moment_s / DAY_S) * DAY_S;
            return Some(moment_s - *self.first_day_s.get_or_insert_with(day_s));
        }
        seconds(text, comma).map(|clock_s| self.lay(clock_s))
    }

    /// Seconds since the midnight before the first.
    pub(super) fn lay(&mut self, clock_s: f64) -> f64 {
        let before_s = self.before_s.unwrap_or(clock_s);
        let t_s = clock_s + DAY_S * libm::round((before_s - clock_s) / DAY_S);
        self.before_s = Some(t_s);
        t_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read() {
        for (text, value) in [
            ("17:18:21.961", Some(62_301.961)),
            ("0:00:00", Some(0.0)),
            ("02:30.5", Some(150.5)),
            ("90:00", Some(5_400.0)),
            ("24:00:00", None),
            ("12:60:00", None),
            ("12:00:61", None),
            ("12", None),
            ("1:2:3:4", None),
            ("-1:00:00", None),
        ] {
            assert_eq!(seconds(text, false), value, "{text}");
        }
        assert_eq!(seconds("00:00:01,5", true), Some(1.5));
    }

    #[test]
    fn moments_are_read() {
        for (text, value) in [
            ("1970-01-01T00:00:00", Some(0.0)),
            ("1970-01-01 00:00:01.5Z", Some(1.5)),
            ("2000-03-01T00:00:00Z", Some(951_868_800.0)),
            ("2026-11-24T17:18:21+01:00", Some(1_795_537_101.0)),
            ("2026-11-24T15:48:21,0-00:30", Some(1_795_537_101.0)),
            ("2026-13-24T17:18:21", None),
            ("2026-11-24T17:18", None),
            ("2026-11-24", None),
            ("24.11.2026 17:18:21", None),
            ("2026-11-24T17:18:21+01", None),
        ] {
            assert_eq!(moment(text), value, "{text}");
        }
        let mut days = Days::default();
        let both = ["2026-11-24T23:59:59", "2026-11-25T00:00:01"].map(|text| days.read(text, false));
        assert_eq!(both, [Some(86_399.0), Some(86_401.0)]);
    }

    #[test]
    fn midnight_is_passed_and_a_step_back_is_not_a_day() {
        let mut days = Days::default();
        let t_s: Vec<f64> = [86_399.9, 0.05, 86_399.95, 0.2].into_iter().map(|s| days.lay(s)).collect();
        assert_eq!(t_s, [86_399.9, 86_400.05, 86_399.95, 86_400.2]);
    }
}
