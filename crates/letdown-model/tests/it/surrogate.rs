//! Two time scales agree: the look-up of a session and the mean of the sessions themselves.

use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    session::{
        Breasts, Distress, Phase, Plan, run_watched,
        touch::{Pump, Side},
    },
    surrogate::{Surrogate, Technique},
};

const MINUTES: [f64; 6] = [6.0, 8.0, 10.0, 12.5, 15.0, 20.0];

fn techniques() -> [Technique; 4] {
    let usual = Technique::usual();
    let side = Side::pumped(Pump::comfortable());
    [
        usual,
        Technique { both: false, ..usual },
        Technique { side: side.massaged(1.0), ..usual },
        Technique { cues: 0.4, distress: Distress { stress: 0.3, pain: 0.0 }, ..usual },
    ]
}

/// Mean milk taken (mL) by each of [`MINUTES`] in other sessions than those behind the table.
fn engine_ml(her: &Mother, technique: &Technique, fullness: f64) -> Vec<f64> {
    const SESSIONS: u32 = 600;
    let breasts = Breasts::filled(her, fullness);
    let phase =
        if technique.both { Phase::both(21.0, technique.side) } else { Phase::left(21.0, technique.side) };
    let plan = Plan::of([Phase { cues: technique.cues, distress: technique.distress, ..phase }]);
    let mut ml = vec![0.0; MINUTES.len()];
    for session in 0..SESSIONS {
        let mut random = Random::stream(99, u64::from(session));
        let mut next = 0;
        run_watched(her, &breasts, &plan, &mut random, 0.5, &mut |now| {
            if next < MINUTES.len() && now.t_s >= 60.0 * MINUTES[next] {
                ml[next] += now.milk.iter().map(|m| m.taken_ml).sum::<f64>() / f64::from(SESSIONS);
                next += 1;
            }
        });
    }
    ml
}

#[test]
fn the_lookup_of_a_session_is_the_mean_of_sessions_within_three_percent() {
    let women = [3, 17, 29].map(|seed| draw(&mut Random::seeded(seed), Term::Term));
    let mut worst: f64 = 0.0;
    for her in [Mother::typical()].iter().chain(&women) {
        for technique in techniques() {
            let table = Surrogate::of(her, &technique, 21.0);
            for fullness in [0.4, 0.55, 0.7] {
                let reached = if technique.both { 2 } else { 1 };
                let storage_ml: f64 = her.breasts.iter().take(reached).map(|b| b.storage_ml).sum();
                for (minutes, engine) in MINUTES.iter().zip(engine_ml(her, &technique, fullness)) {
                    let ours = table.taken(*minutes, fullness) * storage_ml;
                    worst = worst.max((ours / engine - 1.0).abs());
                }
            }
        }
    }
    assert!(worst < 0.03, "{worst}");
}
