//! Clocks without a date: `17:18:21.961`. They begin anew at midnight; a session may not.

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

/// Lays clock times behind each other, through midnight: each on the day that is nearest to the one before.
#[derive(Default)]
pub(super) struct Days {
    before_s: Option<f64>,
}

impl Days {
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
    fn midnight_is_passed_and_a_step_back_is_not_a_day() {
        let mut days = Days::default();
        let t_s: Vec<f64> = [86_399.9, 0.05, 86_399.95, 0.2].into_iter().map(|s| days.lay(s)).collect();
        assert_eq!(t_s, [86_399.9, 86_400.05, 86_399.95, 86_400.2]);
    }
}
