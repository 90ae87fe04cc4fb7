//! The texts in source code that a person may get to see: string literals, and the words between tags.
//!
//! This is no compiler. It knows as much of comments, characters and expressions as it takes to tell where a string
//! begins and ends. Each line of a text comes with its number.

type Texts = Vec<(usize, String)>;

/// The string literals of Rust code, without those of its tests.
pub(super) fn of_rust(code: &str) -> Texts {
    let tests = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
    strings(&code[..tests], Language::Rust)
}

/// The string literals of TypeScript.
pub(super) fn of_typescript(code: &str) -> Texts {
    strings(code, Language::TypeScript)
}

/// The string literals of the scripts of a page.
pub(super) fn of_scripts(text: &str) -> Texts {
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some((start, kind)) = next_block(text, at) {
        at = end_of(text, start, kind);
        if kind == Block::Script {
            let before = line_of(text, start) - 1;
            texts.extend(
                of_typescript(&text[start..at]).into_iter().map(|(line, text)| (line + before, text)),
            );
        }
    }
    texts
}

/// Everything on a page outside scripts, styles and comments, tags included.
pub(super) fn of_markup(text: &str) -> Texts {
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some((start, kind)) = next_block(text, at) {
        texts.extend(lines(text, at, start));
        at = end_of(text, start, kind);
    }
    texts.extend(lines(text, at, text.len()));
    texts
}

fn end_of(text: &str, start: usize, kind: Block) -> usize {
    text[start..].find(kind.end()).map_or(text.len(), |length| start + length)
}

/// The doc comments, of which a command line makes its help.
pub(super) fn doc_comments(code: &str) -> Texts {
    let numbered = code.lines().enumerate();
    numbered
        .filter_map(|(n, line)| Some((n + 1, line.trim_start().strip_prefix("///")?.to_owned())))
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Block {
    Script,
    Style,
    Comment,
}

impl Block {
    fn start(self) -> &'static str {
        match self {
            Self::Script => "<script",
            Self::Style => "<style",
            Self::Comment => "<!--",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::Script => "</script>",
            Self::Style => "</style>",
            Self::Comment => "-->",
        }
    }
}

fn next_block(text: &str, from: usize) -> Option<(usize, Block)> {
    let find = |block: Block| text[from..].find(block.start()).map(|at| (from + at, block));
    [Block::Script, Block::Style, Block::Comment].into_iter().filter_map(find).min_by_key(|(at, _)| *at)
}

#[derive(Clone, Copy, PartialEq)]
enum Language {
    Rust,
    TypeScript,
}

fn strings(code: &str, language: Language) -> Texts {
    let mut texts = Vec::new();
    let mut at = 0;
    while at < code.len() {
        match token(code, at, language) {
            Token::Text { start, end, next } => {
                texts.extend(lines(code, start, end));
                at = next;
            }
            Token::Other { next } => at = next,
        }
    }
    texts
}

enum Token {
    Text { start: usize, end: usize, next: usize },
    Other { next: usize },
}

fn token(code: &str, at: usize, language: Language) -> Token {
    let rest = &code[at..];
    let other = |length: usize| Token::Other { next: at + length.max(1) };
    let first = rest.chars().next().unwrap_or(' ');
    if rest.starts_with("//") {
        return other(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return other(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    if let (Language::Rust, Some(hashes)) = (language, raw_string(code, at)) {
        let end = format!("\"{}", "#".repeat(hashes));
        return text(code, at + hashes + 2, rest[hashes + 2..].find(&end), end.len());
    }
    match (first, language) {
        ('"', _) | ('\'' | '`', Language::TypeScript) => text(code, at + 1, closing(&rest[1..], first), 1),
        ('\'', Language::Rust) => other(character(rest)),
        ('/', Language::TypeScript) if is_pattern(&code[..at]) => other(pattern(rest)),
        _ => other(first.len_utf8()),
    }
}

fn text(code: &str, start: usize, length: Option<usize>, closing: usize) -> Token {
    let end = length.map_or(code.len(), |length| start + length);
    Token::Text { start, end, next: (end + closing).min(code.len()) }
}

/// The number of hashes of a raw string that begins here: `r"`, `r#"`.
fn raw_string(code: &str, at: usize) -> Option<usize> {
    let is_word = code[..at].ends_with(|c: char| c.is_alphanumeric() && c != 'b' && c != 'c' || c == '_');
    let rest = code[at..].strip_prefix('r').filter(|_| !is_word)?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// Where a string ends: at the first quote that is not escaped.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// The length of a character such as `'"'` or `'\''`, or of the quote of a lifetime.
fn character(rest: &str) -> usize {
    let mut inner = rest.char_indices().skip(1);
    match (inner.next(), inner.next()) {
        (Some((_, '\\')), Some((escaped, _))) => {
            rest[escaped + 1..].find('\'').map_or(1, |end| escaped + 1 + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// Whether a slash begins a regular expression: where a value may stand.
fn is_pattern(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|c| "(,=:[!&|?{};+>".contains(c))
}

fn pattern(rest: &str) -> usize {
    let line = rest.lines().next().unwrap_or_default();
    line.get(1..).and_then(|inner| closing(inner, '/')).map_or(1, |end| end + 2)
}

fn lines(code: &str, start: usize, end: usize) -> Texts {
    let first = line_of(code, start);
    code[start..end].lines().enumerate().map(|(n, line)| (first + n, line.to_owned())).collect()
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{of_markup, of_rust, of_scripts, of_typescript};

    fn check(found: &[(usize, String)], expected: &[(usize, &str)]) {
        let found: Vec<(usize, &str)> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn strings_of_rust() {
        check(&of_rust(r#"let a = "one"; // "two""#), &[(1, "one")]);
        check(&of_rust("/* \"no\" */ f(\"a \\\" b\",\n'\"', '\\'', \"c\")"), &[(1, "a \\\" b"), (2, "c")]);
        check(&of_rust("fn f<'a>(x: &'a str) { g(\"d\") }"), &[(1, "d")]);
        check(
            &of_rust("r#\"raw \" here\"# r\"x\" br\"y\" for\"z\""),
            &[(1, "raw \" here"), (1, "x"), (1, "y"), (1, "z")],
        );
        check(&of_rust("\"first\n second\"\n\"third\""), &[(1, "first"), (2, " second"), (3, "third")]);
    }

    #[test]
    fn strings_of_typescript() {
        check(
            &of_typescript("a('x', \"y's\", `z\n${w}`) // 'no'"),
            &[(1, "x"), (1, "y's"), (1, "z"), (2, "${w}")],
        );
        check(&of_typescript("s.replace(/\"/g, 'q') / 2 / f('r')"), &[(1, "q"), (1, "r")]);
    }

    #[test]
    fn texts_of_markup() {
        let page = "<p>Hello</p>\n<script>\nconst a = 'b';\n</script>\n<!-- no -->\n<style>.c {}</style>";
        let found: Vec<String> = of_markup(page)
            .into_iter()
            .chain(of_scripts(page))
            .map(|(line, text)| format!("{line} {text}"))
            .collect();
        for text in ["1 <p>Hello</p>", "3 b"] {
            assert!(found.iter().any(|found| found == text), "{text:?} is not in {found:?}");
        }
        assert!(!found.iter().any(|text| text.contains("no ") || text.contains(".c")), "{found:?}");
    }
}
