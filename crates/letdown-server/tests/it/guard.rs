use crate::helpers::{Server, envelopes};
use axum::{body::Body, http::Request};

#[tokio::test]
async fn only_names_that_the_owner_gave_are_answered() {
    let cases = [
        ("127.0.0.1:8017", true),
        ("127.0.0.1", true),
        ("localhost:1", true),
        ("LOCALHOST", true),
        ("[::1]:8017", true),
        ("nas.local:8017", true),
        ("nas.local.", true),
        ("[fd00::7]:8017", true),
        ("evil.example", false),
        ("127.0.0.1.evil.example", false),
        ("nas.local.evil.example", false),
        ("evil.example:8017", false),
        ("192.168.0.7", false),
        ("", false),
        ("local host", false),
    ];
    let server = Server::new();
    for (host, answered) in cases {
        for path in ["/", "/v1/entries", "/healthz", "/assets/main-1a2b.js"] {
            let answer = server.send(Request::get(path).header("host", host), Body::empty()).await;
            assert_eq!(answer.status.as_u16(), if answered { 200 } else { 421 }, "{host} {path}");
            assert!(answered || answer.error().contains("--host"), "{}", answer.text());
        }
    }
}

#[tokio::test]
async fn two_names_are_none() {
    let server = Server::new();
    let request = Request::get("/healthz").header("host", "localhost").header("host", "evil.example");
    assert_eq!(server.send(request, Body::empty()).await.status, 421);
    let request = Request::get("http://evil.example/healthz").header("host", "localhost");
    assert_eq!(server.send(request, Body::empty()).await.status, 421);
}

#[tokio::test]
async fn another_site_may_not_write() {
    let cases: [(&[(&str, &str)], u16); 14] = [
        (&[], 200),
        (&[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8017")], 200),
        (&[("sec-fetch-site", "none")], 200),
        (&[("host", "nas.local"), ("origin", "https://nas.local")], 200),
        (&[("host", "nas.local:443"), ("origin", "https://NAS.local")], 200),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[("origin", "https://evil.example")], 403),
        (&[("origin", "null")], 403),
        (&[("origin", "http://127.0.0.1:3000")], 403),
        (&[("origin", "http://localhost:8017")], 403),
        (&[("origin", "http://127.0.0.1:8017.evil.example")], 403),
        (&[("origin", "http://127.0.0.1:8017"), ("sec-fetch-site", "cross-site")], 403),
        (&[("origin", "http://127.0.0.1:8017"), ("origin", "https://evil.example")], 403),
    ];
    for (headers, status) in cases {
        let server = Server::new();
        let request =
            headers.iter().fold(Request::post("/v1/entries"), |r, (name, value)| r.header(*name, *value));
        let answer = server.send(request, Body::from(envelopes("phone", 1..=1))).await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}: {}", answer.text());
        let kept = server.get("/v1/entries").await.json()["next"].clone();
        assert_eq!(kept, u16::from(status == 200), "{headers:?}");
    }
}
