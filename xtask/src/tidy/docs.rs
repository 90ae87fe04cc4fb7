//! The documentation: complete, linked, and with a reason for every dependency.

use super::{
    Complaint,
    files::{Repository, TextFile},
    paths,
};

const SUMMARY: &str = "docs/SUMMARY.md";
const ARCHITECTURE: &str = "docs/architecture.md";

/// Every page is in the table of contents.
pub(super) fn summary(repository: &Repository) -> Vec<Complaint> {
    let pages: Vec<&TextFile> = repository
        .ending_with(&["md"])
        .filter(|file| file.path.starts_with("docs/") && file.path != SUMMARY)
        .collect();
    let Some(summary) = repository.file(SUMMARY) else {
        return vec![Complaint::new(SUMMARY, "write the table of contents of docs/")];
    };
    let listed: Vec<String> =
        links_in(summary).filter_map(|(_, link)| paths::follow(SUMMARY, link)).collect();
    let missing = pages.into_iter().filter(|page| !listed.contains(&page.path));
    missing.map(|page| Complaint::new(&page.path, format!("list this page in {SUMMARY}"))).collect()
}

/// Every link within the repository leads somewhere.
pub(super) fn links(repository: &Repository) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in repository.ending_with(&["md"]) {
        for (number, link) in links_in(file) {
            if paths::follow(&file.path, link).is_none_or(|path| !repository.has(&path)) {
                complaints.push(Complaint::in_line(file, number, format!("{link} leads nowhere")));
            }
        }
    }
    complaints
}

/// Every dependency has its reason.
pub(super) fn dependencies(repository: &Repository) -> Vec<Complaint> {
    let manifest = repository.file("Cargo.toml").and_then(|file| file.text.parse::<toml::Table>().ok());
    let table = manifest.as_ref().and_then(|table| table.get("workspace")?.get("dependencies")?.as_table());
    let reasons = repository.file(ARCHITECTURE).map_or("", |file| file.text.as_str());
    let external = table.into_iter().flatten().filter(|(_, value)| value.get("path").is_none());
    let without = external.filter(|(name, _)| !reasons.contains(&format!("`{name}`")));
    without.map(|(name, _)| Complaint::new(ARCHITECTURE, format!("say here why we need `{name}`"))).collect()
}

/// The links to other files, with the numbers of their lines; without those in examples of code.
fn links_in(file: &TextFile) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    let prose = file.lines().filter(move |(_, line)| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    });
    prose.flat_map(|(number, line)| links_in_line(line).map(move |link| (number, link)))
}

fn links_in_line(line: &str) -> impl Iterator<Item = &str> {
    // Every second piece between backticks is code.
    let prose = line.split('`').step_by(2);
    let inline =
        prose.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| rest.split([')', ' ']).next());
    let definition =
        line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target.trim());
    inline
        .chain(definition)
        .map(|link| link.split('#').next().unwrap_or_default())
        .filter(|link| is_local(link))
}

fn is_local(link: &str) -> bool {
    !link.is_empty() && !link.contains("://") && !link.starts_with("mailto:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: fn(&Repository) -> Vec<Complaint>, files: &[(&str, &str)]) -> Vec<String> {
        find(&Repository::of(files)).into_iter().map(|complaint| complaint.place).collect()
    }

    #[test]
    fn a_page_that_is_not_listed_is_seen() {
        let pages = [("docs/use.md", ""), ("docs/model.md", ""), (SUMMARY, "- [Use](use.md)\n")];
        assert_eq!(check(summary, &pages), ["docs/model.md"]);
        assert_eq!(check(summary, &pages[..2]), [SUMMARY]);
    }

    #[test]
    fn a_link_to_nowhere_is_seen() {
        let text = "[a](use.md) [b](gone.md#there) [c](https://example.org/x) [d](#here)\n\
                    ```\n[e](gone.md)\n```\n`[f](gone.md)` and [`g`](also-gone.md \"title\")\n[h]: ../gone.md\n\
                    [i](../README.md) [j](pictures/)";
        let files =
            [("docs/a.md", text), ("docs/use.md", ""), ("README.md", ""), ("docs/pictures/a.svg", "")];
        assert_eq!(check(links, &files), ["docs/a.md:1", "docs/a.md:5", "docs/a.md:6"]);
    }

    #[test]
    fn a_dependency_without_a_reason_is_seen() {
        let manifest = "[workspace.dependencies]\nletdown-fit = { path = \"x\" }\ncsv = \"1\"\njiff = { version = \"1\" }";
        let files = [("Cargo.toml", manifest), (ARCHITECTURE, "`csv` reads tables.")];
        assert_eq!(check(dependencies, &files), [ARCHITECTURE]);
        assert_eq!(dependencies(&Repository::of(&files))[0].what, "say here why we need `jiff`");
    }
}
