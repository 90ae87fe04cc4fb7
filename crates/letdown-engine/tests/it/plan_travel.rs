//! Plans across zones, and across a change of the clocks.

use crate::logs::{HERS, at, entries};
use jiff::Timestamp;
use letdown_engine::plan::{Goal, Plan, Request, Travel, Wish, calendar, entry, followed, plan};
use letdown_journal::{fold::Folded, moment::Moment};

fn asked(request: &Request) -> Plan {
    let (observed, twin) = &*HERS;
    plan(&Folded::default(), observed, twin, request, 1).unwrap()
}

/// Two days ahead, one of them of 25 hours.
fn to_tokyo() -> Plan {
    let wish = Wish {
        travel: Some("2026-10-26T14:00+11h30".into()),
        to_zone: Some("Asia/Tokyo".into()),
        ..Wish::default()
    };
    asked(&wish.request().unwrap())
}

fn zoned(at: &str) -> Moment {
    at.parse().unwrap()
}

fn hours(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64() / 3_600.0
}

#[test]
fn a_plan_across_a_change_of_the_clocks_counts_hours_that_pass() {
    let answer = asked(&Request::of(Goal::Hold));
    let times: Vec<Moment> = answer.schedule.iter().map(|s| zoned(&s.at)).collect();
    let on = |day: &str| times.iter().filter(|t| t.date().to_string() == day).cloned().collect::<Vec<_>>();
    // 25 October 2026 has 25 hours in Berlin: as many sessions, at the same hours of the clock, and one gap an hour longer.
    let (long, usual) = (on("2026-10-25"), on("2026-10-27"));
    let clocks = |of: &[Moment]| of.iter().map(Moment::time).collect::<Vec<_>>();
    assert_eq!(clocks(&long), clocks(&usual));
    // The night between holds the hour that comes twice.
    let last = |day: &str| on(day).last().unwrap().clone();
    let apart_h = |from: &str, to: &str| hours(last(from).timestamp(), last(to).timestamp());
    assert_eq!(last("2026-10-24").time(), last("2026-10-25").time());
    assert!((apart_h("2026-10-24", "2026-10-25") - 25.0).abs() < 1e-9);
    assert!((apart_h("2026-10-26", "2026-10-27") - 24.0).abs() < 1e-9);
    let offsets: Vec<i32> = [&long[0], &usual[0]].map(|t| t.offset().seconds() / 3_600).to_vec();
    assert!(offsets[1] == 1 && (1..=2).contains(&offsets[0]), "{offsets:?}");
}

#[test]
fn sessions_move_to_the_clock_there() {
    let answer = to_tokyo();
    assert_eq!(answer.goal, Goal::Hold, "a journey alone keeps what there is");
    let travel = answer.travel.as_ref().unwrap();
    assert_eq!((travel.home_zone.as_str(), travel.zone.as_str()), ("Europe/Berlin", "Asia/Tokyo"));
    assert!((travel.shift_h + 8.0).abs() < 1e-9, "{travel:?}");
    assert!(travel.arrives.starts_with("2026-10-27T09:30:00+09:00"), "{}", travel.arrives);
    let arrives = zoned(&travel.arrives).timestamp();
    for session in &answer.schedule {
        let here = zoned(&session.at);
        assert_eq!(
            here.time_zone().iana_name(),
            Some(if here.timestamp() < arrives { "Europe/Berlin" } else { "Asia/Tokyo" })
        );
        match &session.home_at {
            None => assert!(here.timestamp() < arrives),
            Some(home) => {
                let home = zoned(home);
                assert_eq!(home.timestamp(), here.timestamp(), "the same instant");
                assert_eq!(home.time_zone().iana_name(), Some("Europe/Berlin"));
                assert_ne!(home.time(), here.time());
            }
        }
    }
    assert!(travel.longest_gap_h <= travel.safe_gap_h, "{travel:?}");
    // At the end the hours are those of the plan, there.
    let last = answer.days.last().unwrap();
    assert_eq!(
        last.when,
        format!(
            "from {}",
            zoned(&format!("{}T12:00+09:00[Asia/Tokyo]", travel.aligned_from)).strftime("%-d %b")
        )
    );
    let clocks: Vec<&str> = last.sessions.iter().map(|line| line.clock.as_str()).collect();
    let whole: Vec<String> = answer
        .schedule
        .iter()
        .map(|s| zoned(&s.at))
        .filter(|t| t.date().to_string() == travel.aligned_from)
        .map(|t| t.strftime("%H:%M").to_string())
        .collect();
    assert_eq!(whole, clocks);
    assert!(
        answer.says.contains("at most 2 h a day") && answer.says.contains("taken to be safe"),
        "{}",
        answer.says
    );
    assert!(answer.reasons.iter().any(|reason| reason.text.contains("judged")));
    assert!(answer.expected.is_some());
}

#[test]
fn a_calendar_holds_the_same_instants_whatever_the_zone() {
    let (observed, _) = &*HERS;
    let answer = to_tokyo();
    let text = calendar(&answer, &observed.now, 10).unwrap();
    let starts: Vec<Timestamp> = text
        .lines()
        .filter_map(|line| line.strip_prefix("DTSTART:"))
        .map(|utc| jiff::fmt::strtime::parse("%Y%m%dT%H%M%SZ", utc).unwrap().to_datetime().unwrap())
        .map(|utc| letdown_journal::moment::place(utc, &jiff::tz::TimeZone::UTC).at.timestamp())
        .collect();
    let planned: Vec<Timestamp> = answer.schedule.iter().map(|s| zoned(&s.at).timestamp()).collect();
    assert_eq!(starts, planned);
    let away = answer.schedule.iter().filter(|s| s.home_at.is_some()).count();
    assert!(away > 5);
    assert_eq!(
        text.replace("\r\n ", "").matches(" at home)").count(),
        2 * away,
        "in the text and its reminder"
    );
}

#[test]
fn a_journey_within_a_zone_moves_nothing() {
    let travel = Travel::read("2026-10-26T14:00+5h", "Europe/Paris").unwrap();
    let answer = asked(&Request { travel: Some(travel), ..Request::of(Goal::Hold) });
    let travel = answer.travel.unwrap();
    assert!(travel.shift_h == 0.0 && travel.says.contains("so yours stay"), "{travel:?}");
    let clocks = |session: &str| zoned(session).strftime("%H:%M").to_string();
    let stay: Vec<String> =
        answer.days.last().unwrap().sessions.iter().map(|line| line.clock.clone()).collect();
    assert!(answer.schedule.iter().all(|s| stay.contains(&clocks(&s.at))));
}

#[test]
fn what_is_no_journey_gets_a_sentence() {
    let refused = |travel: &str, zone: Option<&str>, goal: &str| {
        let wish = Wish {
            goal: Some(goal.into()),
            travel: Some(travel.into()),
            to_zone: zone.map(str::to_owned),
            ..Wish::default()
        };
        wish.request().unwrap_err().to_string()
    };
    let tokyo = Some("Asia/Tokyo");
    for text in ["tomorrow", "2026-10-26T14:00", "2026-10-26T14:00+200h", "2026-10-26T14:00+3h90", "+11h"] {
        assert!(refused(text, tokyo, "hold").contains("like 2026-12-20T14:00+11h"), "{text}");
    }
    assert!(refused("2026-10-26T14:00+11h", Some("Tokyo"), "hold").contains("is not a time zone I know"));
    assert!(refused("2026-10-26T14:00+11h", None, "hold").contains("where the journey ends"));
    assert!(refused("2026-10-26T14:00+11h", tokyo, "wean").contains("not with wean"));
    let (observed, twin) = &*HERS;
    let said =
        |request: Request| plan(&Folded::default(), observed, twin, &request, 1).unwrap_err().to_string();
    let past = Travel::read("2026-10-24T14:00+11h", "Asia/Tokyo").unwrap();
    assert!(said(Request { travel: Some(past), ..Request::of(Goal::Hold) }).contains("has begun already"));
    let ahead = Travel::read("2026-10-26T14:00+11h", "Asia/Tokyo").unwrap();
    let soon = Request { by: "2026-10-27".parse().ok(), travel: Some(ahead), ..Request::of(Goal::Hold) };
    assert!(said(soon).contains("let the plan reach until then"));
}

#[test]
fn the_next_plan_holds_the_journey_while_it_is_ahead() {
    let (observed, _) = &*HERS;
    let travel = Travel::read("2026-10-26T14:00+11h30", "Asia/Tokyo").unwrap();
    let request = Request { travel: Some(travel), ..Request::of(Goal::Hold) };
    let answer = asked(&request);
    let kept = Folded::of(entries(&[entry(&answer, &request).unwrap()]));
    let (_, next) = followed(&kept, observed).unwrap();
    assert_eq!(next.travel, request.travel);
    let mut later = observed.clone();
    later.now = at("2026-10-26T15:00:00+01:00[Europe/Berlin]");
    assert_eq!(followed(&kept, &later).unwrap().1.travel, None, "it has begun");
}
