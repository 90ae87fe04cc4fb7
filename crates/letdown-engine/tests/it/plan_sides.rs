//! Which breast a plan begins with.

use crate::{
    logs::{EVE, HERS, observed, simulated},
    sides::{UNLIKE, UNLIKES},
};
use letdown_engine::{
    observed::Observed,
    plan::{Goal, Plan, Request, calendar, plan},
    twin::Twin,
};
use letdown_journal::fold::Folded;

fn held((observed, twin): (&Observed, &Twin)) -> Plan {
    plan(&Folded::default(), observed, twin, &Request::of(Goal::Hold), 1).unwrap()
}

#[test]
fn the_fuller_breast_goes_first_and_the_other_takes_less() {
    let (observed, twin) = &*UNLIKES;
    let answer = held((observed, twin));
    let first = answer.first_side.unwrap();
    assert!(first.first == "left" && first.probability >= 0.9 && first.other_takes < 1.0, "{first:?}");
    for session in &answer.schedule {
        assert_eq!(session.side, "left_first");
        let (left, right) = (session.left_minutes.unwrap(), session.right_minutes.unwrap());
        assert!(left == session.minutes && 5.0 <= right && right <= left, "{session:?}");
    }
    assert!(answer.schedule.iter().any(|s| s.right_minutes < s.left_minutes));
    assert!(answer.reasons.iter().any(|reason| reason.text == first.says));
}

#[test]
fn a_woman_the_other_way_around_begins_on_the_right() {
    let other = UNLIKE.replace("[22.0, 12.0]", "[12.0, 22.0]");
    let observed = observed(&simulated(&other, 5), EVE);
    let answer = held((&observed, &Twin::quick(&observed, 1)));
    assert_eq!(answer.first_side.as_ref().map(|first| first.first), Some("right"));
    assert!(answer.schedule.iter().all(|s| s.side == "right_first" && s.left_minutes <= s.right_minutes));
    let text = calendar(&answer, &observed.now, 10).unwrap();
    assert!(text.contains("right first"), "{text}");
}

#[test]
fn where_no_side_is_known_it_is_both() {
    let (observed, twin) = &*HERS;
    let answer = held((observed, twin));
    assert_eq!(answer.first_side, None);
    assert!(answer.schedule.iter().all(|s| s.side == "both" && s.left_minutes.is_none()));
}
