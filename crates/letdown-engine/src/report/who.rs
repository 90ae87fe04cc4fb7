//! Weight for age of the WHO Child Growth Standards (2006), birth to 24 months, as L, M and S.
//!
//! ```text
//! z = ((w/M)^L - 1)/(L S)        w = M (1 + L S z)^(1/L)        w weight (kg); ln where L = 0
//! ```
//!
//! Beyond 3 standard deviations a standard deviation is as wide as that from 2 to 3, as the WHO has it for weight. The
//! values are those of the WHO's tables by day at the ages below (who.int/tools/child-growth-standards, weight-for-age,
//! expanded tables); in between L, M and S run straight, which lies at most 8 g off the table of every day.

/// Girl or boy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// A girl.
    Girl,
    /// A boy.
    Boy,
}

/// The last age that the tables here hold (days).
pub const LAST_DAY: f64 = 730.0;
/// The standard deviations of the centiles 3, 15, 50, 85, 97.
pub const CENTILE_Z: [f64; 5] = [-1.880_79, -1.036_43, 0.0, 1.036_43, 1.880_79];

/// The law of weights at one age.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lms {
    /// The power that makes it normal.
    pub l: f64,
    /// The middle (kg).
    pub m: f64,
    /// The coefficient of variation.
    pub s: f64,
}

impl Sex {
    /// By its word in an entry; `None` for another.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "girl" => Some(Self::Girl),
            "boy" => Some(Self::Boy),
            _ => None,
        }
    }

    /// `girl` or `boy`.
    pub fn one(self) -> &'static str {
        match self {
            Self::Girl => "girl",
            Self::Boy => "boy",
        }
    }

    /// `girls` or `boys`.
    pub fn many(self) -> &'static str {
        match self {
            Self::Girl => "girls",
            Self::Boy => "boys",
        }
    }
}

impl Lms {
    /// The law at an age (days since birth). `None` before birth and behind 24 months.
    pub fn at(sex: Sex, age_days: f64) -> Option<Self> {
        let table: &[Row] = match sex {
            Sex::Girl => &GIRLS,
            Sex::Boy => &BOYS,
        };
        if !(0.0..=LAST_DAY).contains(&age_days) {
            return None;
        }
        let after = table.partition_point(|row| row.0 < age_days);
        let to = table.get(after)?;
        let from = table.get(after.saturating_sub(1))?;
        let part = if to.0 > from.0 { (age_days - from.0) / (to.0 - from.0) } else { 0.0 };
        let between = |from: f64, to: f64| from + part * (to - from);
        Some(Self { l: between(from.1, to.1), m: between(from.2, to.2), s: between(from.3, to.3) })
    }

    /// The weight (kg) at some standard deviations from the middle.
    pub fn kg(&self, z: f64) -> f64 {
        if z.abs() > 3.0 {
            return self.beyond(z.signum()).1 + (z.abs() - 3.0) * z.signum() * self.beyond(z.signum()).0;
        }
        if self.l.abs() < NO_POWER {
            self.m * libm::exp(self.s * z)
        } else {
            self.m * libm::pow(1.0 + self.l * self.s * z, 1.0 / self.l)
        }
    }

    /// The standard deviations of a weight (kg) from the middle.
    pub fn z(&self, kg: f64) -> f64 {
        let ratio = kg / self.m;
        let z = if self.l.abs() < NO_POWER {
            libm::log(ratio) / self.s
        } else {
            (libm::pow(ratio, self.l) - 1.0) / (self.l * self.s)
        };
        if z.abs() <= 3.0 {
            return z;
        }
        let (wide, third) = self.beyond(z.signum());
        z.signum() * 3.0 + (kg - third) / wide
    }

    /// How wide a standard deviation is beyond the third of a side, and where the third is (kg).
    fn beyond(&self, side: f64) -> (f64, f64) {
        let third = self.kg(3.0 * side);
        ((third - self.kg(2.0 * side)).abs(), third)
    }
}

/// Below this a power is none.
const NO_POWER: f64 = 1e-9;

/// Between which centiles some standard deviations lie.
pub fn between_centiles(z: f64) -> &'static str {
    const WORDS: [&str; 6] =
        ["below the 3rd", "3rd to 15th", "15th to 50th", "50th to 85th", "85th to 97th", "above the 97th"];
    let over = CENTILE_Z.iter().filter(|edge| z >= **edge).count();
    WORDS.get(over).copied().unwrap_or("above the 97th")
}

/// Age (days), L, M (kg), S.
type Row = (f64, f64, f64, f64);

#[rustfmt::skip]
const GIRLS: [Row; 45] = [
    (0.0, 0.3809, 3.2322, 0.14171),
    (1.0, 0.3259, 3.1957, 0.14578),
    (2.0, 0.3101, 3.2104, 0.14637),
    (3.0, 0.2986, 3.2315, 0.14657),
    (4.0, 0.2891, 3.2558, 0.14658),
    (5.0, 0.281, 3.2821, 0.14646),
    (6.0, 0.2737, 3.3099, 0.14626),
    (7.0, 0.2671, 3.3388, 0.146),
    (10.0, 0.2497, 3.4314, 0.14498),
    (14.0, 0.2304, 3.5693, 0.14339),
    (21.0, 0.2024, 3.8352, 0.1406),
    (28.0, 0.1789, 4.0987, 0.13805),
    (35.0, 0.1582, 4.3476, 0.13583),
    (42.0, 0.1395, 4.5793, 0.13392),
    (49.0, 0.1224, 4.795, 0.13228),
    (56.0, 0.1065, 4.9959, 0.13087),
    (63.0, 0.0918, 5.1842, 0.12966),
    (70.0, 0.0779, 5.3618, 0.12861),
    (77.0, 0.0648, 5.5295, 0.1277),
    (84.0, 0.0525, 5.6883, 0.12691),
    (91.0, 0.0407, 5.8393, 0.12622),
    (106.0, 0.0173, 6.1393, 0.125),
    (122.0, -0.0053, 6.428, 0.12401),
    (137.0, -0.0248, 6.6729, 0.12329),
    (152.0, -0.0428, 6.8959, 0.12274),
    (167.0, -0.0594, 7.1003, 0.12234),
    (183.0, -0.0759, 7.3016, 0.12204),
    (213.0, -0.1039, 7.6416, 0.12178),
    (244.0, -0.1292, 7.9534, 0.12181),
    (274.0, -0.1507, 8.2259, 0.12199),
    (304.0, -0.1698, 8.4769, 0.12222),
    (335.0, -0.1873, 8.7207, 0.12247),
    (365.0, -0.2022, 8.9462, 0.12267),
    (396.0, -0.216, 9.1722, 0.12283),
    (426.0, -0.2277, 9.3861, 0.12294),
    (457.0, -0.2385, 9.6038, 0.12299),
    (487.0, -0.2478, 9.8124, 0.12303),
    (517.0, -0.2561, 10.0196, 0.12305),
    (548.0, -0.2637, 10.2324, 0.12309),
    (578.0, -0.2702, 10.4372, 0.12315),
    (609.0, -0.2763, 10.6481, 0.12324),
    (639.0, -0.2814, 10.8521, 0.12335),
    (670.0, -0.2862, 11.0633, 0.12351),
    (700.0, -0.2903, 11.2684, 0.12369),
    (730.0, -0.294, 11.4741, 0.12389),
];

#[rustfmt::skip]
const BOYS: [Row; 45] = [
    (0.0, 0.3487, 3.3464, 0.14602),
    (1.0, 0.3127, 3.3174, 0.14693),
    (2.0, 0.3029, 3.337, 0.14676),
    (3.0, 0.2959, 3.3627, 0.14647),
    (4.0, 0.2903, 3.3915, 0.14611),
    (5.0, 0.2855, 3.4223, 0.14571),
    (6.0, 0.2813, 3.4545, 0.14528),
    (7.0, 0.2776, 3.4879, 0.14483),
    (10.0, 0.2681, 3.5941, 0.14339),
    (14.0, 0.2581, 3.7529, 0.14142),
    (21.0, 0.2442, 4.0603, 0.13807),
    (28.0, 0.2331, 4.3671, 0.13497),
    (35.0, 0.2237, 4.659, 0.13215),
    (42.0, 0.2155, 4.9303, 0.1296),
    (49.0, 0.2081, 5.1817, 0.12729),
    (56.0, 0.2014, 5.4149, 0.1252),
    (63.0, 0.1952, 5.6319, 0.1233),
    (70.0, 0.1894, 5.8346, 0.12157),
    (77.0, 0.184, 6.0242, 0.12001),
    (84.0, 0.1789, 6.2019, 0.1186),
    (91.0, 0.174, 6.369, 0.11732),
    (106.0, 0.1644, 6.6962, 0.11502),
    (122.0, 0.1551, 7.0069, 0.11313),
    (137.0, 0.1471, 7.2692, 0.1118),
    (152.0, 0.1396, 7.5077, 0.11081),
    (167.0, 0.1326, 7.7255, 0.11009),
    (183.0, 0.1256, 7.9389, 0.10957),
    (213.0, 0.1134, 8.2963, 0.10902),
    (244.0, 0.1019, 8.62, 0.10882),
    (274.0, 0.0917, 8.9019, 0.10881),
    (304.0, 0.0821, 9.1618, 0.1089),
    (335.0, 0.0729, 9.4136, 0.10906),
    (365.0, 0.0645, 9.646, 0.10925),
    (396.0, 0.0563, 9.8772, 0.10949),
    (426.0, 0.0487, 10.0944, 0.10976),
    (457.0, 0.0412, 10.3139, 0.11008),
    (487.0, 0.0343, 10.5228, 0.11041),
    (517.0, 0.0276, 10.7289, 0.11078),
    (548.0, 0.021, 10.9393, 0.1112),
    (578.0, 0.0149, 11.1409, 0.11163),
    (609.0, 0.0087, 11.3478, 0.11212),
    (639.0, 0.0029, 11.5474, 0.11261),
    (670.0, -0.0029, 11.7528, 0.11315),
    (700.0, -0.0083, 11.951, 0.11369),
    (730.0, -0.0136, 12.1482, 0.11425),
];
