//! Mutations that know what a table is: rows and cells are swapped, copied, dropped and crossed. Half of the time the
//! bytes are left to libFuzzer, which knows the words of the dictionary.

use libfuzzer_sys::fuzzer_mutate;

/// Texts that a cell may hold and a reader may stumble over.
const CELLS: [&str; 40] = [
    "",
    "0",
    "-1",
    "1",
    "60",
    "0.001",
    "1e308",
    "-1e309",
    "NaN",
    "inf",
    "99999999999999999999",
    "1,5",
    "½",
    "120 ml",
    "4 oz",
    "12 fl. oz.",
    "3.2 kg",
    "7 lb 4 oz",
    "5 min",
    "1h 30m",
    "24:00",
    "23:59:60",
    "0:00",
    "12:00 AM",
    "02/29/2023",
    "13/13/13",
    "3/4/24, 5:05 AM",
    "2024-03-10T02:30:00",
    "9999-12-31T23:59:59Z",
    "-9999-01-01 00:00",
    "0000-00-00",
    "1970-01-01T00:00:00Z",
    "253402300800",
    "-62135596801",
    "left",
    "Right",
    "Both",
    "\"",
    "true",
    "日本語\u{202e}",
];

/// What may stand between two cells.
const MARKS: [u8; 6] = [b',', b';', b'\t', b':', b' ', b'|'];

/// Changes `bytes[..len]` in place and answers its new length, `max_len` at most.
pub(crate) fn table(bytes: &mut [u8], len: usize, max_len: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    if len == 0 || dice.below(2) == 0 {
        return fuzzer_mutate(bytes, len, max_len);
    }
    let mut rows = Rows::of(&bytes[..len]);
    for _ in 0..=dice.below(3) {
        rows.mutate(&mut dice);
    }
    let mut mutated = rows.bytes();
    mutated.truncate(max_len);
    bytes[..mutated.len()].copy_from_slice(&mutated);
    mutated.len()
}

struct Rows {
    rows: Vec<Vec<Vec<u8>>>,
    mark: u8,
}

impl Rows {
    fn of(bytes: &[u8]) -> Self {
        let often = |mark: &u8| bytes.iter().filter(|byte| *byte == mark).count();
        let mark = MARKS.into_iter().rev().max_by_key(often).unwrap_or(b',');
        let cells = |row: &[u8]| row.split(|byte| *byte == mark).map(<[u8]>::to_vec).collect();
        Self { rows: bytes.split(|byte| *byte == b'\n').map(cells).collect(), mark }
    }

    fn bytes(&self) -> Vec<u8> {
        let rows: Vec<Vec<u8>> = self.rows.iter().map(|row| row.join(&self.mark)).collect();
        rows.join(&b'\n')
    }

    fn mutate(&mut self, dice: &mut Dice) {
        let (one, other) = (dice.below(self.rows.len()), dice.below(self.rows.len()));
        let (here, there) = (dice.below(self.rows[one].len()), dice.below(self.rows[other].len()));
        match dice.below(9) {
            0 => self.rows.swap(one, other),
            1 => {
                let row = self.rows[one].clone();
                self.rows.insert(other, row);
            }
            2 if self.rows.len() > 1 => _ = self.rows.remove(one),
            3 => self.rows[one][here] = self.rows[other][there].clone(),
            4 => {
                let cell = std::mem::take(&mut self.rows[one][here]);
                // A row may be crossed with itself.
                self.rows[one][here] = std::mem::replace(&mut self.rows[other][there], cell);
            }
            5 => {
                let cell = self.rows[other][there].clone();
                self.rows[one].insert(here, cell);
            }
            6 if self.rows[one].len() > 1 => _ = self.rows[one].remove(here),
            7 => self.column(here, there),
            _ => self.rows[one][here] = CELLS[dice.below(CELLS.len())].into(),
        }
    }

    /// Swaps two columns through all rows that have both.
    fn column(&mut self, here: usize, there: usize) {
        for row in self.rows.iter_mut().filter(|row| here.max(there) < row.len()) {
            row.swap(here, there);
        }
    }
}

/// Throws that follow from the seed alone (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % end as u64) as usize
    }
}
