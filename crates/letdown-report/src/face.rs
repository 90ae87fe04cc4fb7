//! The two faces that are built in, and how a line of text is set in them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, ShapePlan, UnicodeBuffer, script};

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Text.
    Regular,
    /// Headings, and numbers that are looked for.
    SemiBold,
}

/// A face: what shapes it, and what a PDF embeds of it.
struct Face {
    shaping: rustybuzz::Face<'static>,
    plan: ShapePlan,
    font: Font,
}

/// The faces.
pub(crate) struct Faces {
    regular: Face,
    semibold: Face,
}

impl Faces {
    pub(crate) fn built_in() -> Option<Self> {
        Some(Self { regular: Face::of(REGULAR)?, semibold: Face::of(SEMIBOLD)? })
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        }
    }

    pub(crate) fn font(&self, weight: Weight) -> Font {
        self.face(weight).font.clone()
    }

    /// The letters of a text, in ems.
    pub(crate) fn glyphs(&self, text: &str, weight: Weight) -> Vec<KrillaGlyph> {
        self.face(weight).glyphs(text)
    }

    /// How wide a text is (pt).
    pub(crate) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        size * self.glyphs(text, weight).iter().map(|glyph| glyph.x_advance).sum::<f32>()
    }

    /// Whether both faces have a letter.
    fn has(&self, letter: char) -> bool {
        [&self.regular, &self.semibold].iter().all(|face| face.shaping.glyph_index(letter).is_some())
    }

    /// A text as these faces can set it, on one line: spaces are one, marks that stand above a letter by themselves and
    /// what cannot be seen go, and letters that are not there become "…".
    pub(crate) fn settable(&self, text: &str) -> String {
        let mut set = String::new();
        for letter in text.chars().filter(|letter| letter.is_whitespace() || !is_unseen(*letter)) {
            let letter = if letter.is_whitespace() { ' ' } else { letter };
            let (letter, known) = if self.has(letter) { (letter, true) } else { ('…', false) };
            let again = set.ends_with(letter) && (letter == ' ' || !known);
            if !again {
                set.push(letter);
            }
        }
        set.trim().to_owned()
    }

    /// A name as these faces can set it; `None` where nothing is left that could be read.
    pub(crate) fn name(&self, name: &str) -> Option<String> {
        let set = self.settable(name);
        let set = set.trim_matches(['…', ' ']);
        set.chars().any(char::is_alphanumeric).then(|| set.to_owned())
    }
}

/// Marks above letters, and what steers letters without being one.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

impl Face {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let shaping = rustybuzz::Face::from_slice(bytes, 0)?;
        // What these faces do to letters is the same in each of their scripts: one plan serves all.
        let plan = ShapePlan::new(&shaping, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Some(Self { shaping, plan, font: Font::new(bytes.into(), 0)? })
    }

    fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.shaping, &self.plan, buffer);
        let em = self.shaping.units_per_em() as f32;
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let behind = |place: usize| {
            let next =
                starts.iter().skip(place + 1).find(|next| starts.get(place).is_some_and(|s| *next > s));
            next.copied().unwrap_or(text.len())
        };
        let glyph = |(place, (info, at)): (usize, (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition))| {
            let ems = |units: i32| units as f32 / em;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(at.x_advance),
                ems(at.x_offset),
                ems(at.y_offset),
                ems(at.y_advance),
                info.cluster as usize..behind(place),
                None,
            )
        };
        shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate().map(glyph).collect()
    }
}
