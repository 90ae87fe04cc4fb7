//! Sessions whose truth is known, tapped as somebody might tap them: late, and reading the bottle roughly.

use letdown_trace::taps::{READ_SD_ML, SEEN_AFTER_S, SEEN_SD_S, Tap, What, found};

/// Numbers between 0 and 1 from a seed.
struct Chance(u64);

impl Chance {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1_u64 << 31) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A normal number, as the sum of twelve.
    fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        mean + sd * ((0..12).map(|_| self.unit()).sum::<f64>() - 6.0)
    }
}

/// A let-down whose flow rises within seconds and fades.
struct Pulse {
    onset_s: f64,
    ml: f64,
    fades_s: f64,
}

impl Pulse {
    fn milk_ml(&self, t_s: f64) -> f64 {
        self.ml * (1.0 - libm::exp(-(t_s - self.onset_s).max(0.0) / self.fades_s))
    }

    /// Until its flow is a fifth of its peak.
    fn end_s(&self) -> f64 {
        self.onset_s + self.fades_s * libm::log(5.0)
    }
}

fn session(chance: &mut Chance) -> Vec<Pulse> {
    let mut onset_s = chance.between(40.0, 150.0);
    let mut pulses = Vec::new();
    for _ in 0..4 {
        pulses.push(Pulse { onset_s, ml: chance.between(6.0, 35.0), fades_s: chance.between(20.0, 45.0) });
        onset_s += chance.between(150.0, 300.0);
    }
    pulses
}

/// A tap for each let-down and each mark of 10 mL.
fn tapped(pulses: &[Pulse], chance: &mut Chance) -> Vec<Tap> {
    let milk_ml = |t_s: f64| pulses.iter().map(|pulse| pulse.milk_ml(t_s)).sum::<f64>();
    let mut taps: Vec<Tap> = Vec::new();
    for pulse in pulses {
        let t_s = pulse.onset_s + chance.normal(SEEN_AFTER_S, SEEN_SD_S).max(0.0);
        taps.push(Tap { t_s, what: What::MilkCame });
    }
    let (mut ml, mut read_ml) = (10.0, chance.normal(0.0, READ_SD_ML));
    for s in 0..1_500 {
        let t_s = f64::from(s);
        if milk_ml(t_s) + read_ml >= ml {
            taps.push(Tap { t_s, what: What::Mark { ml } });
            (ml, read_ml) = (ml + 10.0, chance.normal(0.0, READ_SD_ML));
        }
    }
    // At the end she reads what stands in the bottle.
    let all_ml = (milk_ml(1_500.0) + chance.normal(0.0, READ_SD_ML)).max(0.0);
    taps.extend([
        Tap { t_s: 1_500.0, what: What::Ended },
        Tap { t_s: 1_501.0, what: What::Mark { ml: all_ml } },
    ]);
    taps
}

/// Of 800 let-downs the true onset and the true volume lie within one and two standard deviations as often as those
/// promise, or more often; and the doubt is no idle one.
#[test]
fn the_doubt_of_taps_is_honest() {
    let mut chance = Chance(7);
    let (mut onsets, mut volumes, mut sds, mut errors_ml) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..200 {
        let pulses = session(&mut chance);
        let found = found(&tapped(&pulses, &mut chance)).unwrap();
        assert_eq!(found.let_downs.len(), pulses.len());
        for (let_down, pulse) in found.let_downs.iter().zip(&pulses) {
            let before = pulses.iter().filter(|other| other.onset_s < pulse.onset_s);
            let tail_ml: f64 = before.map(|p| p.milk_ml(pulse.end_s()) - p.milk_ml(pulse.onset_s)).sum();
            let volume_ml = pulse.milk_ml(pulse.end_s()) + tail_ml;
            onsets.push((let_down.onset_s - pulse.onset_s).abs() / let_down.onset_sd_s);
            volumes.push((let_down.volume_ml - volume_ml).abs() / let_down.volume_sd_ml);
            sds.push(let_down.volume_sd_ml);
            errors_ml.push(let_down.volume_ml - volume_ml);
        }
    }
    let within = |errors: &[f64], sds: f64| {
        errors.iter().filter(|error| **error <= sds).count() as f64 / errors.len() as f64
    };
    let mean_sd_ml = sds.iter().sum::<f64>() / sds.len() as f64;
    let shares = [within(&onsets, 1.0), within(&onsets, 2.0), within(&volumes, 1.0), within(&volumes, 2.0)];
    let bias_ml = errors_ml.iter().sum::<f64>() / errors_ml.len() as f64;
    println!("{shares:?}, mean sd {mean_sd_ml} mL, bias {bias_ml} mL");
    assert!(shares[0] >= 0.66 && shares[1] >= 0.93, "onsets {shares:?}");
    assert!(shares[2] >= 0.66 && shares[3] >= 0.93, "volumes {shares:?}");
    assert!(mean_sd_ml < 8.0 && bias_ml.abs() < 1.0, "{mean_sd_ml} mL, {bias_ml} mL");
}
