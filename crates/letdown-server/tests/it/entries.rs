use crate::helpers::{Server, envelope, envelopes, sent};
use axum::{body::Body, http::Request};
use serde_json::{Value, json};

#[tokio::test]
async fn what_was_sent_comes_back_in_order_and_byte_for_byte() {
    let server = Server::new();
    let bodies = [r#"{ "b":1.0,"a": 2 }"#, r#"{"note":"Grüße 😀"}"#, r#"{"future":[1e3]}"#];
    let all: Vec<String> = bodies.iter().zip(1..).map(|(body, n)| envelope("phone", n, body)).collect();
    let answer = server.post(sent(&all)).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({"stored": 3, "known": 0})));

    let answer = server.get("/v1/entries").await;
    assert_eq!(answer.text(), format!(r#"{{"entries":[{}],"next":3,"more":false}}"#, all.join(",")));
    assert_eq!(answer.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn sending_again_changes_nothing() {
    let server = Server::new();
    assert_eq!(server.post(envelopes("phone", 1..=4)).await.json(), json!({"stored": 4, "known": 0}));
    assert_eq!(server.post(envelopes("phone", 1..=6)).await.json(), json!({"stored": 2, "known": 4}));
    assert_eq!(entries(&server.get("/v1/entries?after=0").await.json()), 6);
}

#[tokio::test]
async fn a_device_follows_from_its_cursor_on() {
    let server = Server::new();
    server.post(envelopes("phone", 1..=3)).await;
    let first = server.get("/v1/entries?after=0").await.json();
    server.post(envelopes("tablet", 1..=2)).await;
    let second = server.get(&format!("/v1/entries?after={}", first["next"])).await.json();
    assert_eq!((entries(&first), entries(&second)), (3, 2));
    let third = server.get(&format!("/v1/entries?after={}", second["next"])).await.json();
    assert_eq!(third, json!({"entries": [], "next": second["next"], "more": false}));
}

#[tokio::test]
async fn five_thousand_at_a_time() {
    let server = Server::new();
    server.post(envelopes("phone", 1..=5_000)).await;
    server.post(envelopes("tablet", 1..=7)).await;
    let first = server.get("/v1/entries?after=0").await.json();
    assert_eq!((entries(&first), &first["next"], &first["more"]), (5_000, &json!(5_000), &json!(true)));
    let second = server.get("/v1/entries?after=5000").await.json();
    assert_eq!((entries(&second), &second["more"]), (7, &json!(false)));
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_can() {
    let server = Server::new();
    server.post(envelopes("phone", 1..=300)).await;
    let plain = server.get("/v1/entries").await;
    let request = Request::get("/v1/entries").header("accept-encoding", "gzip, br");
    let packed = server.send(request, Body::empty()).await;
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), (None, Some("gzip")));
    assert!(packed.bytes.len() * 10 < plain.bytes.len());
    assert_eq!(packed.bytes[..2], [0x1f, 0x8b]);
}

#[tokio::test]
async fn it_says_that_it_is_well() {
    assert_eq!(Server::new().get("/healthz").await.json(), json!({"ok": true}));
}

fn entries(page: &Value) -> usize {
    page["entries"].as_array().unwrap().len()
}
