use crate::helpers::{BrokenStore, LittleApp, Server, broken};
use axum::{body::Body, http::Request};
use letdown_server::{EmbeddedApp, Settings, WebFiles, router_with};
use std::borrow::Cow;
use tower::ServiceExt;

#[tokio::test]
async fn files_and_views_are_answered() {
    let cases = [
        ("/", "text/html; charset=utf-8"),
        ("/history", "text/html; charset=utf-8"),
        ("/import/2", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/assets/main-1a2b.js", "text/javascript; charset=utf-8"),
        ("/assets/engine-3c4d.wasm", "application/wasm"),
        ("/manifest.webmanifest", "application/manifest+json"),
    ];
    let server = Server::new();
    for (path, content_type) in cases {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, Some(content_type)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_missing_file_is_never_a_page() {
    let server = Server::new();
    for path in
        ["/assets/main-0000.js", "/assets/", "/assets/view", "/favicon.ico", "/a/b.js", "/../index.html"]
    {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, Some("application/json")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_head_has_no_body() {
    let answer = Server::new().send(Request::head("/"), Body::empty()).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.len()), (200, 0));
    assert_eq!(
        answer.header("content-length"),
        Some(LittleApp.get("index.html").unwrap().len().to_string().as_str())
    );
}

#[tokio::test]
async fn without_a_build_the_page_says_how_to_get_one() {
    struct Nothing;
    impl WebFiles for Nothing {
        fn get(&self, _path: &str) -> Option<Cow<'static, [u8]>> {
            None
        }
    }
    let router = router_with(BrokenStore(broken), Settings::default(), Nothing);
    let request = Request::get("/").header("host", "localhost").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let page = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    let page = String::from_utf8(page.to_vec()).unwrap();
    assert!(page.contains("without its web page") && page.contains("cargo xtask run"), "{page}");
}

#[test]
fn the_built_app_is_whole_or_absent() {
    let paths: Vec<_> = EmbeddedApp::paths().collect();
    assert!(paths.is_empty() || EmbeddedApp.get("index.html").is_some(), "{paths:?}");
    assert!(EmbeddedApp.get("../Cargo.toml").is_none());
}
