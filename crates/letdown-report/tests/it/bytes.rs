use crate::journals::{fever, page, pumping_page, twins};
use letdown_engine::report::Report;
use letdown_report::{Paper, arranged, pdf};
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

fn reports() -> Vec<Report> {
    vec![page(&[]), pumping_page(), page(&[twins(), fever()].concat())]
}

fn count(bytes: &[u8], part: &str) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part.as_bytes()).count()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for report in reports() {
        for paper in [Paper::A4, Paper::Letter] {
            assert!(pdf(&report, paper).unwrap() == pdf(&report, paper).unwrap());
        }
    }
}

#[test]
fn it_is_a_small_tagged_pdf_of_one_page() {
    for report in reports() {
        let bytes = pdf(&report, Paper::A4).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7") && bytes.len() < 120_000, "{} bytes", bytes.len());
        assert_eq!(
            count(&bytes, "/Type/Page\n") + count(&bytes, "/Type/Page/") + count(&bytes, "/Type /Page\n"),
            1
        );
        for part in ["StructTreeRoot", "Marked", "Lang", "DisplayDocTitle", "pdfuaid"] {
            assert!(count(&bytes, part) > 0, "{part}");
        }
    }
}

#[test]
fn a_chart_is_a_figure_with_words() {
    let drawn = pdf(&pumping_page(), Paper::A4).unwrap();
    let empty = pdf(&page(&[]), Paper::A4).unwrap();
    assert!(count(&drawn, "Figure") > 0 && count(&empty, "Figure") == 0);
}

/// By another program, where it is there: poppler's `pdftotext`.
#[test]
fn its_text_can_be_taken_out_again() {
    for report in reports() {
        let bytes = pdf(&report, Paper::A4).unwrap();
        let Some(text) = pdftotext(&bytes) else {
            return eprintln!("pdftotext is not here; nothing was compared");
        };
        let text: Vec<&str> = text.split_whitespace().collect();
        for word in arranged(&report, Paper::A4).unwrap().texts().flat_map(str::split_whitespace) {
            // Narrow gaps are none to it: "5 h" comes out as "5h".
            assert!(text.iter().any(|t| t.contains(word)), "{word:?} cannot be found in {text:?}");
        }
    }
}

fn pdftotext(bytes: &[u8]) -> Option<String> {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(bytes).ok()?;
    String::from_utf8(child.wait_with_output().ok()?.stdout).ok()
}
