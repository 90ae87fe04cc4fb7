//! Paths from the root of the repository on, as text with `/`.

/// The last part.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The path of a file that lies beside another.
pub(super) fn beside(path: &str, name: &str) -> String {
    path.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
}

/// Where a link in a file points to; `None` when it leaves the repository.
pub(super) fn follow(from: &str, link: &str) -> Option<String> {
    let start = if link.starts_with('/') { String::new() } else { beside(from, "") };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{beside, follow};

    #[test]
    fn links_are_followed_as_a_reader_would() {
        let cases = [
            ("docs/use.md", "model.md", Some("docs/model.md")),
            ("docs/use.md", "./a/b.md", Some("docs/a/b.md")),
            ("docs/use.md", "../README.md", Some("README.md")),
            ("README.md", "docs/", Some("docs")),
            ("README.md", "..", None),
            ("docs/use.md", "/LICENSE", Some("LICENSE")),
        ];
        for (from, link, expected) in cases {
            assert_eq!(follow(from, link).as_deref(), expected, "{link} in {from}");
        }
        assert_eq!(beside("package.json", "x"), "x");
    }
}
