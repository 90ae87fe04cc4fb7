//! A word that stands in bodies, ids and paths of every kind of request must not be in the log. The log is the standard
//! error of a child process; the control is a child that does log the word.

use crate::helpers::{BrokenStore, Server, broken, envelope, full, sent};
use axum::{body::Body, http::Request};
use letdown_store::StoreError;
use std::{env, process::Command};

const CANARY: &str = "canary-137";
const LEAK: &str = "LETDOWN_TEST_LEAK";

#[test]
fn no_body_is_ever_in_the_log() {
    let log = log_of_a_child(false);
    assert!(
        log.contains("letdown: the disk that holds /secret/place is full"),
        "the log has the causes: {log}"
    );
    assert!(
        log.contains("letdown: the journal cannot be reached: the cable to /secret/place is out"),
        "{log}"
    );
    assert!(log.contains("letdown: a call to the journal panicked"), "{log}");
    assert!(!log.contains(CANARY), "{log}");
}

#[test]
fn control_a_body_in_the_log_is_seen() {
    assert!(log_of_a_child(true).contains(CANARY));
}

fn log_of_a_child(leak: bool) -> String {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "log::the_child_that_serves", "--ignored", "--nocapture"]);
    if leak {
        child.env(LEAK, "1");
    }
    let output = child.output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
#[ignore = "it is the child of the tests above"]
async fn the_child_that_serves() {
    for server in [Server::new(), broken_server(full), broken_server(broken), broken_server(mistaken)] {
        for body in bodies() {
            server.post(body).await;
        }
        server.get("/v1/entries").await;
        server.get(&format!("/v1/entries?after={CANARY}")).await;
        server.get(&format!("/v1/{CANARY}")).await;
        server.get(&format!("/assets/{CANARY}")).await;
        server.send(Request::get("/").header("host", CANARY), Body::empty()).await;
        server.send(Request::post("/v1/entries").header("origin", CANARY), Body::from(CANARY)).await;
    }
    if env::var_os(LEAK).is_some() {
        eprintln!("{}", bodies()[0]);
    }
}

fn bodies() -> Vec<String> {
    let with = |body: &str| envelope("phone", 1, body);
    let good = with(&format!(r#"{{"note":"{CANARY}"}}"#));
    vec![
        sent(std::slice::from_ref(&good)),
        sent(std::slice::from_ref(&good)),
        sent(&[with(&format!(r#"{{"note":"{CANARY} again"}}"#))]),
        sent(&[with(&format!(r#"["{CANARY}"]"#))]),
        sent(&[good.replace(r#""seq":1"#, &format!(r#""seq":"{CANARY}""#))]),
        sent(&[good.replace("phone", CANARY)]),
        CANARY.to_owned(),
    ]
}

fn broken_server(error: fn() -> StoreError) -> Server {
    Server::with_store(BrokenStore(error))
}

#[expect(clippy::panic, reason = "a store with a mistake in it")]
fn mistaken() -> StoreError {
    panic!("a mistake")
}
