//! A [`MilkSeries`] in a few kilobytes of text, without loss, so that it can stand in an entry of a log.
//!
//! The bytes, before they become base64url without padding (RFC 4648, section 5):
//!
//! 1. the version, 1;
//! 2. `start_s`, eight bytes, IEEE 754, little end first;
//! 3. `step_cg`, and how many seconds there are: varints (seven bits to the byte, the lowest first, the high bit: more
//!    follow);
//! 4. runs of flags until all seconds have theirs: the flags, one byte, and how many seconds, a varint;
//! 5. the steps of `milk_cg` from second to second, the first from 0, each of them: a varint 0 for a step of 0; a
//!    varint 1 and a varint `n` for `n + 2` steps of 0; else a varint `z + 1`, where `z` is the step, zigzag (1, -1, 2,
//!    -2 become 2, 1, 4, 3);
//! 6. a checksum of all before it, FNV-1a of 32 bits, little end first: one byte that is another is always seen.
//!
//! A step below 0.63 g, which is 37 mL a minute, is one byte. Twenty minutes are 1.6 KB, and 3.3 KB when the flow is wild
//! in every second.

use crate::{
    error::{Problem, TraceError},
    series::{MilkSeries, Second},
};

/// The longest series that is kept: six hours, as of a trace. No session is as long.
pub const MAX_SECONDS: usize = 21_600;

const VERSION: u8 = 1;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// A text longer than this holds no series: every second takes ten bytes of step and six of flags at the most.
const MAX_TEXT: usize = 32 * MAX_SECONDS;

/// Packs a series. The same series gives the same text, and [`unpack`] gives the series back to the bit.
///
/// # Errors
///
/// When it has more than [`MAX_SECONDS`] seconds, a start that is no number, or flags outside [`Second::ALL`].
///
/// ```
/// use letdown_trace::{packed, series::{MilkSeries, Second}};
/// let milk = |s: u32| Second::new(0.25 * f64::from(s), 0);
/// let series = MilkSeries { start_s: 3.0, step_cg: 10, seconds: (0..1_200).map(milk).collect() };
/// let text = packed::pack(&series)?;
/// assert!(text.len() < 2_000);
/// assert_eq!(packed::unpack(&text)?, series);
/// # Ok::<(), letdown_trace::error::TraceError>(())
/// ```
pub fn pack(series: &MilkSeries) -> Result<String, TraceError> {
    check(series)?;
    let mut bytes = vec![VERSION];
    bytes.extend(series.start_s.to_le_bytes());
    put(&mut bytes, u64::from(series.step_cg));
    put(&mut bytes, series.seconds.len() as u64);
    put_flags(&mut bytes, &series.seconds);
    put_steps(&mut bytes, &series.seconds);
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    Ok(to_text(&bytes))
}

/// The series that was packed; any text is safe to give.
///
/// # Errors
///
/// When the text is not one that [`pack`] wrote, to the letter, or when a later version wrote it.
pub fn unpack(text: &str) -> Result<MilkSeries, TraceError> {
    let bytes = from_text(text)?;
    let version = *bytes.first().ok_or(damaged("it is empty"))?;
    if version > VERSION {
        return Err(Problem::LaterSeries { version }.into());
    }
    let (held, sum) = bytes.split_last_chunk::<4>().ok_or(damaged("it is cut short"))?;
    if version != VERSION || checksum(held) != u32::from_le_bytes(*sum) {
        return Err(damaged("its checksum is another").into());
    }
    let mut left = Left(held.get(1..).unwrap_or_default());
    let start_s = f64::from_le_bytes(left.chunk()?);
    let step_cg = u16::try_from(left.varint()?).map_err(|_| damaged("its step is too large"))?;
    let count = usize::try_from(left.varint()?).unwrap_or(usize::MAX);
    if count > MAX_SECONDS {
        return Err(Problem::LongSeries { count }.into());
    }
    let mut seconds = left.flags(count)?;
    left.steps(&mut seconds)?;
    if !left.0.is_empty() {
        return Err(damaged("something stands behind its end").into());
    }
    let series = MilkSeries { start_s, step_cg, seconds };
    check(&series)?;
    // A series has one text, so that two devices never hold it in two.
    if pack(&series)? == text { Ok(series) } else { Err(damaged("it is written in another way").into()) }
}

fn check(series: &MilkSeries) -> Result<(), Problem> {
    let count = series.seconds.len();
    if count > MAX_SECONDS {
        return Err(Problem::LongSeries { count });
    }
    if !series.start_s.is_finite() {
        return Err(Problem::StrangeStart { start_s: series.start_s });
    }
    match series.seconds.iter().position(|second| second.flags & !Second::ALL != 0) {
        Some(index) => Err(Problem::StrangeFlags { index, flags: series.seconds[index].flags }),
        None => Ok(()),
    }
}

fn put_flags(bytes: &mut Vec<u8>, seconds: &[Second]) {
    for run in seconds.chunk_by(|a, b| a.flags == b.flags) {
        bytes.push(run.first().map_or(0, |second| second.flags));
        put(bytes, run.len() as u64);
    }
}

fn put_steps(bytes: &mut Vec<u8>, seconds: &[Second]) {
    let before = std::iter::once(0).chain(seconds.iter().map(|second| i64::from(second.milk_cg)));
    let steps: Vec<i64> =
        seconds.iter().zip(before).map(|(s, before)| i64::from(s.milk_cg) - before).collect();
    for run in steps.chunk_by(|a, b| *a == 0 && *b == 0) {
        match run {
            [0] => bytes.push(0),
            [step] => put(bytes, zigzag(*step) + 1),
            zeros => {
                bytes.push(1);
                put(bytes, zeros.len() as u64 - 2);
            }
        }
    }
}

fn zigzag(step: i64) -> u64 {
    (step.unsigned_abs() << 1) - u64::from(step < 0)
}

fn unzigzag(z: u64) -> i64 {
    let half = z.div_ceil(2).cast_signed();
    if z.is_multiple_of(2) { half } else { -half }
}

fn put(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// What is not read yet.
struct Left<'a>(&'a [u8]);

impl Left<'_> {
    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        let (chunk, left) = self.0.split_first_chunk::<N>().ok_or(damaged("it is cut short"))?;
        self.0 = left;
        Ok(*chunk)
    }

    fn varint(&mut self) -> Result<u64, Problem> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let [byte] = self.chunk()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(damaged("a number in it is too large"))
    }

    fn flags(&mut self, count: usize) -> Result<Vec<Second>, Problem> {
        let mut seconds = Vec::with_capacity(count);
        while seconds.len() < count {
            let [flags] = self.chunk()?;
            let run = usize::try_from(self.varint()?).unwrap_or(usize::MAX);
            if run == 0 || run > count - seconds.len() {
                return Err(damaged("its flags are not as many as its seconds"));
            }
            seconds.resize(seconds.len() + run, Second { milk_cg: 0, flags });
        }
        Ok(seconds)
    }

    fn steps(&mut self, seconds: &mut [Second]) -> Result<(), Problem> {
        let (mut milk_cg, mut at) = (0_i64, 0);
        while at < seconds.len() {
            let run = match self.varint()? {
                0 => 1,
                1 => usize::try_from(self.varint()?).unwrap_or(usize::MAX).saturating_add(2),
                z => {
                    milk_cg += unzigzag(z - 1);
                    1
                }
            };
            let milk_cg = i32::try_from(milk_cg).map_err(|_| damaged("its milk is no amount of milk"))?;
            let end = at.saturating_add(run);
            let same = seconds.get_mut(at..end).ok_or(damaged("its steps are more than its seconds"))?;
            for second in same {
                second.milk_cg = milk_cg;
            }
            at = end;
        }
        Ok(())
    }
}

fn damaged(what: &'static str) -> Problem {
    Problem::Damaged { what }
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sextet in 0..=three.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * sextet) & 63) as usize]));
        }
    }
    text
}

fn from_text(text: &str) -> Result<Vec<u8>, Problem> {
    if text.len() > MAX_TEXT {
        return Err(damaged("it is far too long"));
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for letter in four {
            bits =
                bits << 6 | u32::from(sextet(*letter).ok_or(damaged("a letter in it is none of base64url"))?);
        }
        bits <<= 6 * (4 - four.len());
        let [_, all @ ..] = bits.to_be_bytes();
        bytes.extend(&all[..four.len() - 1]);
    }
    Ok(bytes)
}

fn sextet(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}
