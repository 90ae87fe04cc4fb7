use crate::helpers::{Server, envelopes};
use axum::{body::Body, http::Request};

const ALWAYS: &str = "\
content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
form-action 'self'
referrer-policy: no-referrer
x-content-type-options: nosniff
";

/// The whole list, so that a header that comes or goes is seen.
#[tokio::test]
async fn every_answer_has_exactly_these_headers() {
    let page = "cache-control: no-cache\ncontent-type: text/html; charset=utf-8\n";
    let asset =
        "cache-control: public, max-age=31536000, immutable\ncontent-type: text/javascript; charset=utf-8\n";
    let api = "cache-control: no-store\ncontent-type: application/json\n";
    let cases = [
        (Request::get("/"), page),
        (Request::get("/sw.js"), "cache-control: no-cache\ncontent-type: text/javascript; charset=utf-8\n"),
        (Request::get("/assets/main-1a2b.js"), asset),
        (Request::get("/assets/gone.js"), api),
        (Request::get("/v1/entries"), api),
        (Request::get("/v1/entries?after=x"), api),
        (Request::get("/v1/nothing"), api),
        (Request::get("/healthz"), api),
        (Request::post("/v1/entries"), api),
        (Request::post("/v1/entries").header("origin", "https://evil.example"), api),
        (Request::get("/").header("host", "evil.example"), api),
    ];
    let server = Server::new();
    for (request, own) in cases {
        let asked = format!("{:?} {:?}", request.method_ref(), request.uri_ref());
        let answer = server.send(request, Body::from(envelopes("phone", 1..=1))).await;
        let mut lines: Vec<String> = answer
            .headers
            .iter()
            .filter(|(name, _)| !["content-length", "vary"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
            .collect();
        lines.sort();
        let mut expected: Vec<String> =
            ALWAYS.lines().chain(own.lines()).map(|line| format!("{line}\n")).collect();
        expected.sort();
        assert_eq!(lines, expected, "{asked}");
    }
}

/// A `Vary: Origin` once made an offline page stay blank.
#[tokio::test]
async fn answers_vary_by_encoding_only() {
    let server = Server::new();
    for path in ["/", "/assets/main-1a2b.js", "/v1/entries"] {
        let answer = server.get(path).await;
        assert!(answer.header("vary").is_none_or(|vary| vary == "accept-encoding"), "{path}");
    }
}
