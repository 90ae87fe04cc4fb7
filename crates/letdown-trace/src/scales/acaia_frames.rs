//! Frames of an Acaia scale, put together from notifications.
//!
//! A frame is `EF DD`, its kind, a body, two checksum bytes. The first byte of the body is the body's length. The checksum
//! bytes are the sums of the body's bytes at even and at odd places. A notification may hold part of a frame, or
//! several frames.

const HEADER: [u8; 2] = [0xEF, 0xDD];
const BODY_AT: usize = 3;
const CHECKSUM: usize = 2;

/// The longest body that is believed. Known ones have at most 18 bytes; a longer one is taken for garbage, so that a false
/// beginning holds readings back for a fraction of a second only.
const LONGEST_BODY: usize = 64;
const LONGEST: usize = BODY_AT + LONGEST_BODY + CHECKSUM;

/// What came and is not read yet: never more than one frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frames {
    bytes: [u8; LONGEST],
    /// When each of the bytes came (s).
    came_s: [f64; LONGEST],
    held: usize,
    passed_over: u64,
}

/// A frame whose checksum is right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    bytes: [u8; LONGEST],
    length: usize,
    /// When its last byte came (s).
    pub(super) t_s: f64,
}

impl Frame {
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Default for Frames {
    fn default() -> Self {
        Self { bytes: [0; LONGEST], came_s: [0.0; LONGEST], held: 0, passed_over: 0 }
    }
}

impl Frames {
    /// Takes in a byte. [`Self::take`] must be asked before the next.
    pub(super) fn push(&mut self, byte: u8, t_s: f64) {
        if let (Some(place), Some(came_s)) = (self.bytes.get_mut(self.held), self.came_s.get_mut(self.held)) {
            *place = byte;
            *came_s = t_s;
            self.held += 1;
        }
    }

    /// The next whole frame, without what stood before it. `None`: it is still to come.
    pub(super) fn take(&mut self) -> Option<Frame> {
        loop {
            match begun(self.held_bytes()) {
                Begun::Not => self.pass_over_one(),
                Begun::Unfinished => return None,
                Begun::Whole { length } => {
                    let t_s = self.came_s.get(length - 1).copied().unwrap_or_default();
                    let frame = Frame { bytes: self.bytes, length, t_s };
                    self.drop_first(length);
                    return Some(frame);
                }
            }
        }
    }

    /// How many bytes belonged to no frame since this was last asked.
    pub(super) fn take_passed_over(&mut self) -> u64 {
        std::mem::take(&mut self.passed_over)
    }

    fn held_bytes(&self) -> &[u8] {
        self.bytes.get(..self.held).unwrap_or_default()
    }

    fn pass_over_one(&mut self) {
        self.passed_over += 1;
        self.drop_first(1);
    }

    fn drop_first(&mut self, count: usize) {
        let count = count.min(self.held);
        self.bytes.copy_within(count..self.held, 0);
        self.came_s.copy_within(count..self.held, 0);
        self.held -= count;
    }
}

/// What the first held bytes are.
enum Begun {
    /// No beginning of a frame.
    Not,
    /// A beginning.
    Unfinished,
    /// A frame of so many bytes.
    Whole { length: usize },
}

fn begun(held: &[u8]) -> Begun {
    if held.is_empty() {
        return Begun::Unfinished;
    }
    if held.iter().zip(HEADER).any(|(byte, header)| *byte != header) {
        return Begun::Not;
    }
    let Some(body_length) = held.get(BODY_AT).map(|length| usize::from(*length)) else {
        return Begun::Unfinished;
    };
    if !(1..=LONGEST_BODY).contains(&body_length) {
        return Begun::Not;
    }
    let (body_end, length) = (BODY_AT + body_length, BODY_AT + body_length + CHECKSUM);
    match (held.get(BODY_AT..body_end), held.get(body_end..length)) {
        (Some(body), Some(sums)) if sums == checksum(body) => Begun::Whole { length },
        (Some(_), Some(_)) => Begun::Not,
        _ => Begun::Unfinished,
    }
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let sum =
        |from: usize| body.iter().skip(from).step_by(2).fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    [sum(0), sum(1)]
}
