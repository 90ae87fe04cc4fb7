//! The rows of a table, numbered as an editor numbers them.

use std::borrow::Cow;

/// The lines with their numbers from 1, without blank ones and comments (`#`). They end with LF, CR LF or CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let numbered = text.split(end).enumerate().map(|(i, line)| (i + 1, line.trim_end_matches('\r')));
    numbered.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

/// What stands between the cells of a line: a tab, else a semicolon, else a comma.
pub(super) fn separator(line: &str) -> char {
    ['\t', ';'].into_iter().find(|separator| line.contains(*separator)).unwrap_or(',')
}

/// The cells of a line, trimmed; `None` when a quote opens and does not close in it.
pub(super) fn cells(line: &str, separator: char) -> Option<Vec<Cow<'_, str>>> {
    if !line.contains('"') {
        return Some(line.split(separator).map(|cell| Cow::Borrowed(cell.trim())).collect());
    }
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            _ if letter == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    (!quoted).then(|| cells.into_iter().map(|cell| Cow::Owned(cell.trim().to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_the_numbers_of_an_editor() {
        let of = |text| lines(text).collect::<Vec<_>>();
        assert_eq!(of("a\n\n # note\nb\n"), [(1, "a"), (4, "b")]);
        assert_eq!(of("a\r\n\r\nb"), [(1, "a"), (3, "b")]);
        assert_eq!(of("a\rb\r"), [(1, "a"), (2, "b")]);
    }

    #[test]
    fn cells_are_cut_at_separators_that_no_quote_holds() {
        let of = |line| cells(line, ',').map(|cells| cells.join("|"));
        assert_eq!(of(" a , b ,"), Some("a|b|".into()));
        assert_eq!(of("\"a, b\",\"say \"\"so\"\"\",c"), Some("a, b|say \"so\"|c".into()));
        assert_eq!(of("a,\"b"), None);
    }
}
