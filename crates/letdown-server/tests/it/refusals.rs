use crate::helpers::{BrokenStore, Server, broken, envelope, envelopes, full, sent};
use axum::{body::Body, http::Request};
use letdown_store::StoreError;

#[tokio::test]
async fn a_body_that_cannot_be_read_is_400_and_the_sentence_names_the_entry() {
    let good = envelope("phone", 1, "{}");
    let id = "0192f1c4-a3b0-7005-8000-000000000002";
    let wrong = |from: &str, to: &str| sent(&[good.clone(), envelope("phone", 2, "{}").replace(from, to)]);
    let cases = [
        (String::new(), r#"The body is not {"entries":[...]}: "#),
        ("[]".to_owned(), r#"The body is not {"entries":[...]}: "#),
        (r#"{"entries":{}}"#.to_owned(), r#"The body is not {"entries":[...]}: "#),
        (sent(&[good.clone(), "7".to_owned()]), "Entry 2 of 2: this is not a journal entry: "),
        (
            wrong(r#""seq":2"#, r#""seq":0"#),
            &format!(r#"Entry 2 of 2 (id "{id}"): field seq: counting starts at 1."#),
        ),
        (
            wrong(r#""body":{}"#, r#""body":[]"#),
            &format!(r#"Entry 2 of 2 (id "{id}"): field body: it must be"#),
        ),
        (wrong(r#""v":1"#, r#""v":2"#), &format!("Entry {id} is of version 2, written by a newer Letdown")),
    ];
    let server = Server::new();
    for (body, sentence) in cases {
        let answer = server.post(body.clone()).await;
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.error().starts_with(sentence), "{}", answer.error());
    }
    assert_eq!(server.get("/v1/entries").await.json()["entries"], serde_json::json!([]), "all or nothing");
}

#[tokio::test]
async fn a_cursor_that_is_none_is_400() {
    let server = Server::new();
    for query in
        ["after=", "after=-1", "after=x", "after=1.5", "after=99999999999999999999", "after=1&after=2"]
    {
        let answer = server.get(&format!("/v1/entries?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.error().contains("`after` must be a whole number"), "{query}");
    }
}

#[tokio::test]
async fn a_contradiction_is_409_and_leaves_nothing_of_its_request() {
    let server = Server::new();
    server.post(envelopes("phone", 1..=2)).await;
    let other = envelope("phone", 2, r#"{"total_ml":91}"#);
    let answer = server.post(sent(&[envelope("tablet", 1, "{}"), other])).await;
    assert_eq!(answer.status, 409);
    assert!(
        answer.error().starts_with("Entry 0192f1c4-a3b0-7005-8000-000000000002 is already in the journal")
    );
    assert_eq!(server.get("/v1/entries").await.json()["next"], 2);
}

#[tokio::test]
async fn too_much_is_413() {
    let server = Server::new();
    let answer = server.post(envelopes("phone", 1..=5_001)).await;
    assert_eq!(answer.status, 413);
    assert!(answer.error().contains("At most 5000 entries"), "{}", answer.error());
    let answer = server.post("x".repeat(8 * 1024 * 1024 + 1)).await;
    assert_eq!(answer.status, 413);
    assert!(answer.error().contains("At most 8 MiB"), "{}", answer.error());
}

#[tokio::test]
async fn a_full_disk_is_507_and_tells_no_path() {
    check_broken(full, 507, "The disk of the machine that keeps the journal is full. Nothing was saved")
        .await;
}

#[tokio::test]
async fn a_broken_store_is_500_and_tells_no_cause() {
    check_broken(broken, 500, "The server could not do this. Nothing was saved; its log says why.").await;
}

async fn check_broken(error: fn() -> StoreError, status: u16, sentence: &str) {
    let server = Server::with_store(BrokenStore(error));
    for answer in [server.post(envelopes("phone", 1..=1)).await, server.get("/v1/entries").await] {
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.error().starts_with(sentence), "{}", answer.error());
        assert!(!answer.text().contains("secret"));
    }
}

#[tokio::test]
async fn paths_and_methods_that_are_not_there_are_told_in_json() {
    let server = Server::new();
    let cases = [
        ("GET", "/v1/nothing", 404),
        ("POST", "/v1/entries/7", 404),
        ("GET", "/v1/", 404),
        ("GET", "/v1", 404),
        ("DELETE", "/v1/entries", 405),
        ("POST", "/healthz", 405),
        ("POST", "/", 405),
    ];
    for (method, path, status) in cases {
        let answer = server.send(Request::builder().method(method).uri(path), Body::empty()).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        assert!(!answer.error().is_empty());
    }
}
