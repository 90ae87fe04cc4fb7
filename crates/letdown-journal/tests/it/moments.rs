use jiff::civil::{DateTime, Weekday};
use letdown_journal::moment::{self, Oddity};

#[test]
fn the_hour_that_does_not_exist_moves_forward() {
    let berlin = moment::zone("Europe/Berlin").unwrap();
    let placed = moment::parse("2023-03-26T02:40", Some(&berlin)).unwrap();
    assert_eq!(placed.at.to_string(), "2023-03-26T03:40:00+02:00[Europe/Berlin]");
    assert_eq!(placed.oddity, Some(Oddity::SpringGap));
}

#[test]
fn the_hour_that_comes_twice_is_the_first() {
    let berlin = moment::zone("Europe/Berlin").unwrap();
    let placed = moment::parse("2023-10-29 02:40", Some(&berlin)).unwrap();
    assert_eq!(placed.at.to_string(), "2023-10-29T02:40:00+02:00[Europe/Berlin]");
    assert_eq!(placed.oddity, Some(Oddity::Twice));
}

#[test]
fn every_clock_time_of_every_zone_lands_within_a_day_of_itself() {
    for zone in ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
    {
        let zone = moment::zone(zone).unwrap();
        let mut local: DateTime = "2026-01-01T00:30".parse().unwrap();
        while local.year() == 2026 {
            let landed = moment::place(local, &zone).at.datetime();
            let moved = local.duration_until(landed);
            assert!(moved >= jiff::SignedDuration::ZERO && moved.as_hours() <= 1, "{local} -> {landed}");
            local = local.checked_add(jiff::SignedDuration::from_mins(30)).unwrap();
        }
    }
    assert_eq!("2026-11-24".parse::<jiff::civil::Date>().unwrap().weekday(), Weekday::Tuesday);
}

#[test]
fn an_offset_without_a_zone_is_kept_or_shown_in_the_zone_given() {
    let alone = moment::parse("2019-03-17T01:45:00-04:00", None).unwrap().at;
    assert_eq!(alone.to_string(), "2019-03-17T01:45:00-04:00[-04:00]");
    let berlin = moment::zone("Europe/Berlin").unwrap();
    let shown = moment::parse("2019-03-17T01:45:00-04:00", Some(&berlin)).unwrap().at;
    assert_eq!(shown.timestamp(), alone.timestamp());
    assert_eq!(shown.datetime().hour(), 6);
}

#[test]
fn what_cannot_be_read_says_how_it_should_look() {
    assert!(moment::parse("yesterday", None).unwrap_err().to_string().contains("2026-11-24T03:10"));
    assert!(moment::parse("2026-11-24T03:10", None).unwrap_err().to_string().contains("--tz"));
    assert!(moment::zone("Mars/Olympus").unwrap_err().to_string().contains("Europe/Berlin"));
}
