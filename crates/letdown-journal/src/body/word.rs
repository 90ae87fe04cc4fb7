//! Words that fields choose from. An open list keeps a word it does not know as it came, so that a later version may
//! add one.

/// A word that a field chooses.
pub(super) trait Word: Sized {
    /// The word that a text is; else the words that are known, in a sentence.
    fn read(text: &str) -> Result<Self, String>;

    /// The word on the wire.
    fn as_str(&self) -> &str;
}

/// An open list of words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
        #[serde(from = "String")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
            /// Something this version does not know, kept as it came.
            Other(String),
        }

        impl $name {
            /// The words that this version knows.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                }
            }
        }

        impl $crate::body::word::Word for $name {
            fn read(text: &str) -> Result<Self, String> {
                Ok(text.to_owned().into())
            }

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }
    };
}
pub(super) use words;

words! {
    /// Which of her breasts.
    Sides {
        /// The left one.
        Left = "left",
        /// The right one.
        Right = "right",
        /// Both.
        Both = "both",
    }
}

words! {
    /// What she feels when milk lets down.
    Felt {
        /// A tightening.
        Tightening = "tightening",
        /// Pins and needles.
        Tingling = "tingling",
        /// An ache.
        Ache = "ache",
    }
}
