//! What is known of how her body works, and what is not. A claim is made from 90 in 100 on, as everywhere.

use crate::{
    insights::{Insights, Percent, Release},
    numbers::of_100,
};
use serde::Serialize;

/// What is known, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Findings {
    /// What is known.
    pub known: Vec<Finding>,
    /// What is not known from this log, in a few words each.
    pub not_known: Vec<String>,
}

/// Something that is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub about: String,
    /// What is known, with its range.
    pub says: String,
    /// What it rests on.
    pub from: String,
}

pub(super) fn findings(told: &Insights) -> Findings {
    let mut findings = Findings::default();
    release(&told.release, &mut findings);
    techniques(told, &mut findings);
    rhythm(told, &mut findings);
    findings
}

fn release(release: &Release, findings: &mut Findings) {
    let n: usize = release.evidence.iter().map(|e| e.n).sum();
    if !release.known {
        let asks = release.settles.as_ref().map(|s| format!(" (what would tell: {})", s.observe));
        findings
            .not_known
            .push(format!("whether milk is made and not released at the breast{}", asks.unwrap_or_default()));
        return;
    }
    let (says, p) = if release.p_made_not_released >= release.p_released.max(release.p_little_made) {
        (
            "Milk is made, and seems not to let down when she nurses: the reflex, not the supply",
            release.p_made_not_released,
        )
    } else if release.p_released >= release.p_little_made {
        ("Milk is made and lets down as usual", release.p_released)
    } else {
        ("Little milk is made just now, rather than made and held back", release.p_little_made)
    };
    findings.known.push(Finding {
        about: "Made and released".into(),
        says: format!("{says} ({} in 100).", of_100(p)),
        from: format!("{n} observations of the last 14 days"),
    });
}

fn techniques(told: &Insights, findings: &mut Findings) {
    for technique in &told.techniques {
        let (of, changes) = match technique.technique.as_str() {
            "hour" => ("the milk made", "how fast milk is made"),
            _ => ("the milk within reach in a session", "a session"),
        };
        if technique.effect.known {
            findings.known.push(Finding {
                about: technique.contrast.clone(),
                says: format!("{} of {of}.", percent(&technique.effect.percent)),
                from: format!("{} sessions with it, {} without", technique.n_with, technique.n_without),
            });
        } else {
            findings.not_known.push(format!("whether {} changes {changes}", technique.contrast));
        }
    }
}

fn rhythm(told: &Insights, findings: &mut Findings) {
    let Some(weekend) = &told.rhythm.weekend_week else { return };
    if weekend.beyond.known {
        findings.known.push(Finding {
            about: "Weekends".into(),
            says: format!(
                "{} of output against weekdays, beyond what the hours explain.",
                percent(&weekend.beyond.percent)
            ),
            from: format!("{} weeks", weekend.beyond.n),
        });
    }
}

/// "+9 % (likely −4 to +24)".
fn percent(p: &Percent) -> String {
    let signed = |p: f64| match p.round() as i64 {
        0 => "0".to_owned(),
        p if p > 0 => format!("+{p}"),
        p => format!("\u{2212}{}", -p),
    };
    format!("{} % (likely {} to {})", signed(p.p50), signed(p.p10), signed(p.p90))
}
