//! How long chains walk, and what they bring back.

/// How long to sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// Chains.
    pub chains: usize,
    /// Steps of each in which the sampler tunes itself; they are thrown away.
    pub tune: usize,
    /// Draws of each that are kept.
    pub draws: usize,
    /// The share of moves the sampler aims to accept (0 to 1): the closer to 1, the shorter its steps.
    pub accept: f64,
    /// Draws of each that are kept at most: it goes on while chains differ ([`crate::settle`]).
    pub most: usize,
}

/// One chain of draws.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Coordinates of each draw.
    pub z: Vec<Vec<f64>>,
    /// Draws at which the sampler lost the energy.
    pub divergences: usize,
    /// Gradients it asked for.
    pub gradients: usize,
}
