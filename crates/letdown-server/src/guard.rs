//! Who may ask.
//!
//! The server stands on a home network without passwords, so it must not be reached by the pages of other sites that
//! her browser shows. Two doors are shut. A name that a stranger makes point to this machine (DNS rebinding) is not
//! answered to: only names that the owner gave. And a page of another origin may not write: browsers tell where a
//! request comes from, and programs that are not browsers tell nothing.

use crate::api_error::ApiError;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Uri, header, uri::Authority},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names by which this server may be called.
#[derive(Clone)]
pub(crate) struct AllowedHosts(Arc<[String]>);

impl AllowedHosts {
    pub(crate) fn new(given: Vec<String>) -> Self {
        let own = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        Self(own.into_iter().chain(given.into_iter().map(|host| plain(&host))).collect())
    }

    fn has(&self, host: &Authority) -> bool {
        self.0.contains(&plain(host.host()))
    }
}

pub(crate) async fn check(
    State(allowed): State<AllowedHosts>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let host = host(&request).ok_or(ApiError::ForeignHost { host: None })?;
    if !allowed.has(&host) {
        return Err(ApiError::ForeignHost { host: Some(host.host().to_owned()) });
    }
    if !request.method().is_safe() && is_foreign(request.headers(), &host) {
        return Err(ApiError::ForeignOrigin);
    }
    Ok(next.run(request).await)
}

/// The name by which the server was called. `None` when there is none, or more than one.
fn host(request: &Request) -> Option<Authority> {
    let mut named = request.headers().get_all(header::HOST).iter();
    let (first, second) = (named.next(), named.next());
    let in_uri = request.uri().authority();
    if second.is_some() {
        return None;
    }
    let Some(first) = first else { return in_uri.cloned() };
    let in_header: Authority = first.to_str().ok()?.parse().ok()?;
    in_uri.is_none_or(|in_uri| *in_uri == in_header).then_some(in_header)
}

fn is_foreign(headers: &HeaderMap, host: &Authority) -> bool {
    let is_own = |site: &[u8]| matches!(site, b"same-origin" | b"none");
    let fetched_elsewhere = headers.get_all(FETCH_SITE).iter().any(|site| !is_own(site.as_bytes()));
    let sent_elsewhere = headers.get_all(header::ORIGIN).iter().any(|origin| {
        let origin = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok());
        origin.as_ref().and_then(Uri::authority).is_none_or(|origin| place(origin) != place(host))
    });
    fetched_elsewhere || sent_elsewhere
}

/// Name and port, where the ports of http and https count as none: a proxy may have taken the s off.
fn place(authority: &Authority) -> (String, Option<u16>) {
    (plain(authority.host()), authority.port_u16().filter(|port| ![80, 443].contains(port)))
}

/// A name as it is compared: lower case, without the brackets of IPv6 and the full stop of a root name.
fn plain(host: &str) -> String {
    host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
}
