//! Several guesses made one, each weighing as it has proved itself.
//!
//! ```text
//! weight  =  (1 - kept) proved + kept prior
//! proved  ~  prior exp(-pull sum a |error| / scale),   a the weight of a past error, scale the least mean |error| of any
//! ```
//!
//! The twin's guesses stand first. As long as nothing was seen they are all that has proved itself; a plain guess gets its
//! share of the prior as evidence comes in, and takes over where it has been better for long (exponentially weighted
//! forecasters, Vovk 1990; Cesa-Bianchi and Lugosi 2006, doi 10.1017/CBO9780511546921). What is kept of the prior stays a
//! mean of several guesses, which errs less than a choice among them where errors are few.

/// The traits behind the twin's past guesses have seen those days, so its errors count for a little more.
const HINDSIGHT: f64 = 1.03;

/// What guesses weigh, to begin with: those of the twin first, then plain ones.
#[derive(Clone, Copy, Debug)]
pub struct Prior<const K: usize> {
    /// The weights; they sum to 1.
    pub weights: [f64; K],
    /// How many of them are the twin's.
    pub twins: usize,
    /// How strongly errors tell.
    pub pull: f64,
    /// So many errors give plain guesses half of their share.
    pub evidence: f64,
    /// The share of the prior that stays, whatever was seen (0 to 1).
    pub kept: f64,
}

impl<const K: usize> Prior<K> {
    /// The weights from what each guess got wrong (mL), every error with its own weight (0 to 1). They sum to 1.
    ///
    /// ```
    /// use letdown_engine::blend::Prior;
    /// let prior = Prior { weights: [0.6, 0.2, 0.2], twins: 1, pull: 0.4, evidence: 10.0, kept: 0.0 };
    /// assert_eq!(prior.after([]), [1.0, 0.0, 0.0]);
    /// let second_is_best = || (0..200).map(|_| (1.0, [20.0, 10.0, 20.0]));
    /// assert!(prior.after(second_is_best())[1] > 0.99);
    /// let half = Prior { kept: 0.5, ..prior };
    /// assert!((half.after(second_is_best())[1] - 0.6).abs() < 0.01);
    /// ```
    pub fn after(&self, errors: impl IntoIterator<Item = (f64, [f64; K])>) -> [f64; K] {
        let (mut lost, mut seen) = ([0.0; K], 0.0);
        for (weight, errors_ml) in errors {
            seen += weight;
            lost.iter_mut().zip(errors_ml).for_each(|(lost, e)| *lost += weight * e.abs());
        }
        lost.iter_mut().take(self.twins).for_each(|lost| *lost *= HINDSIGHT);
        let least = lost.iter().copied().fold(f64::INFINITY, f64::min);
        let scale_ml = (least / f64::max(seen, 1e-9)).max(1e-6);
        let mut proved = self.shared(seen / (seen + self.evidence));
        proved
            .iter_mut()
            .zip(lost)
            .for_each(|(w, lost)| *w *= (-self.pull * (lost - least) / scale_ml).exp());
        let sum: f64 = proved.iter().sum();
        let mut weights = self.weights.map(|w| w * self.kept);
        weights.iter_mut().zip(proved).for_each(|(w, proved)| *w += (1.0 - self.kept) * proved / sum);
        weights
    }

    /// The prior with a share (0 to 1) of what plain guesses weigh; the twin has the rest.
    fn shared(&self, share: f64) -> [f64; K] {
        let mut weights = self.weights;
        let (twins, plain) = weights.split_at_mut(self.twins.min(K));
        for w in plain.iter_mut() {
            *w *= share;
        }
        let (ours, theirs): (f64, f64) = (twins.iter().sum(), plain.iter().sum());
        for w in twins.iter_mut() {
            *w *= (1.0 - theirs) / ours;
        }
        weights
    }
}

/// The guesses, weighted (mL).
pub fn blended<const K: usize>(weights: &[f64; K], guesses_ml: &[f64; K]) -> f64 {
    weights.iter().zip(guesses_ml).map(|(w, g)| w * g).sum()
}
