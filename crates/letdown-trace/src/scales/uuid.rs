//! Names of services and characteristics.

use std::{fmt, str::FromStr};

/// The UUID of a service or a characteristic.
///
/// It is shown as `FFF0` when it is one of the short ones, in full otherwise, and read from both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub u128);

impl Uuid {
    /// The one of 16 bits, on the Bluetooth base UUID.
    pub const fn short(number: u16) -> Self {
        Self(BASE | ((number as u128) << 96))
    }

    fn as_short(self) -> Option<u16> {
        let number = self.0.wrapping_sub(BASE);
        if number.trailing_zeros() < 96 { None } else { u16::try_from(number >> 96).ok() }
    }
}

/// `0000xxxx-0000-1000-8000-00805F9B34FB`, with zeros for x.
const BASE: u128 = 0x0000_0000_0000_1000_8000_0080_5F9B_34FB;

/// Where hyphens stand in the full form.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(number) = self.as_short() {
            return write!(f, "{number:04X}");
        }
        let hex = format!("{:032x}", self.0);
        let mut from = 0;
        for (nth, hyphen) in HYPHENS.into_iter().enumerate() {
            write!(f, "{}-", &hex[from..hyphen - nth])?;
            from = hyphen - nth;
        }
        f.write_str(&hex[from..])
    }
}

impl FromStr for Uuid {
    type Err = NotUuid;

    fn from_str(text: &str) -> Result<Self, NotUuid> {
        let no = || NotUuid(text.to_owned());
        let fits =
            |(at, c): (usize, char)| if HYPHENS.contains(&at) { c == '-' } else { c.is_ascii_hexdigit() };
        match text.len() {
            4 if text.chars().all(|c| c.is_ascii_hexdigit()) => {
                u16::from_str_radix(text, 16).map(Self::short).map_err(|_| no())
            }
            36 if text.chars().enumerate().all(fits) => {
                u128::from_str_radix(&text.replace('-', ""), 16).map(Self).map_err(|_| no())
            }
            _ => Err(no()),
        }
    }
}

/// A text that is no UUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no UUID: write four hexadecimal digits, as FFF0, or all 32 with their hyphens")]
pub struct NotUuid(String);
