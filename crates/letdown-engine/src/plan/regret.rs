//! The search against every day there is, on instances small enough for that.

use super::{
    calendar::Calendar,
    day::{Day, Room, Sitting},
    score::{Aim, Judge},
    search::{Effort, Free, search},
    women::Women,
};
use crate::observed::Observed;
use letdown_journal::{fold::Folded, moment};

/// Sessions of ten minutes at even hours, at most four.
const EVERY: usize = 8;
const MOST: usize = 4;
const MINUTES: u8 = 10;

fn room() -> Room {
    let mut room = Room { most: MOST, ..Room::whole() };
    for (slot, longest) in room.longest_min.iter_mut().enumerate() {
        *longest = if slot % EVERY == 0 { MINUTES } else { 0 };
    }
    room
}

fn day(hours: &[u8]) -> Day {
    Day(hours.iter().map(|hour| Sitting { slot: 4 * hour, minutes: MINUTES, massage: false }).collect())
}

/// Every day of at most four sessions at even hours.
fn all() -> Vec<Day> {
    let chosen =
        |bits: u32| (0..12u8).filter(move |i| bits >> i & 1 == 1).map(|i| 2 * i).collect::<Vec<u8>>();
    (0..1u32 << 12).filter(|bits| bits.count_ones() as usize <= MOST).map(|bits| day(&chosen(bits))).collect()
}

#[test]
fn of_the_search_is_at_most_two_percent() {
    let now = moment::parse("2026-11-24T00:05:00+01:00[Europe/Berlin]", None).unwrap().at;
    let observed = Observed::at(&Folded::default(), &now);
    let (rooms, days) = ([room()], all());
    assert_eq!(days.len(), 794);
    let mut worst = 0.0_f64;
    for (number, first) in [&[8, 12, 18][..], &[6, 10, 14, 20], &[8, 22], &[0, 8, 16]].into_iter().enumerate()
    {
        let first = day(first);
        let women = Women::of_the_population(&observed, &first, 8, number as u64);
        let calendar = Calendar::new((&now, now.time_zone().clone()), None, (7, 3), |_, _| 0);
        let hers = [first.clone()];
        let as_now = women.ready().live(&calendar.course(&hers, &rooms));
        for aim in [Aim::More(1.1), Aim::Kept(0.98), Aim::More(2.0), Aim::InAll(300.0), Aim::Nothing] {
            let judge = Judge {
                calendar: &calendar,
                rooms: &rooms,
                hers: &hers,
                aim,
                as_now: as_now.clone(),
                women: women.ready(),
            };
            let least =
                days.iter().map(|day| judge.cost(std::slice::from_ref(day))).fold(f64::INFINITY, f64::min);
            let free = Free { days: vec![first.clone()], open: vec![true], massage: false, usual: None };
            let found = search(&judge, free, Effort { steps: 300, asks: 600 }, 1);
            let regret = (found.cost - least) / least.max(1.0);
            assert!(-1e-9 <= regret, "{aim:?}: {} is less than the least, {least}", found.cost);
            worst = worst.max(regret);
        }
    }
    println!("worst regret {:.2} %", 100.0 * worst);
    assert!(worst <= 0.02, "{worst}");
}
