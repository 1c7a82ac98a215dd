//! Where a request carries its session, and whether it may use it. Pure.

use http::{HeaderMap, Method, header};
use url::Url;

use super::Token;

/// The cookie that carries the token to the server's rendering.
pub const COOKIE: &str = "vakhta_session";

/// How a request says who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Not at all, or in no form that is known here.
    None,
    /// By a bearer or a cookie that may be used.
    Token(Token),
    /// By a cookie, for a change, from a page that is not ours.
    ForeignOrigin,
}

/// Reads it. Any `Authorization` wins over the cookie, even one that leads nowhere: a page that says who
/// it is must not act as somebody else.
#[must_use]
pub fn read(method: &Method, headers: &HeaderMap, public_url: &Url) -> Credential {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let bearer = authorization.to_str().ok().and_then(|text| parameter(text, "Bearer"));
        return bearer.and_then(Token::parse).map_or(Credential::None, Credential::Token);
    }
    let Some(token) = from_cookie(headers) else { return Credential::None };
    if method.is_safe() || is_own_origin(headers, public_url) {
        Credential::Token(token)
    } else {
        Credential::ForeignOrigin
    }
}

/// What follows `scheme` in an `Authorization` header; schemes are compared without case.
#[must_use]
pub fn parameter<'a>(authorization: &'a str, scheme: &str) -> Option<&'a str> {
    let (name, rest) = authorization.split_once(' ').unwrap_or((authorization, ""));
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim_matches(' '))
}

/// The `Set-Cookie` that gives the token to the browser. Inside Telegram Web the app is a frame of another
/// site, where only a partitioned cookie is sent back.
#[must_use]
pub fn set_cookie(token: &Token, is_https: bool) -> String {
    format!("{COOKIE}={}; {}", token.reveal(), attributes(is_https))
}

/// The `Set-Cookie` that takes it away again.
#[must_use]
pub fn clear_cookie(is_https: bool) -> String {
    format!("{COOKIE}=; {}; Max-Age=0", attributes(is_https))
}

const fn attributes(is_https: bool) -> &'static str {
    if is_https { "Path=/; HttpOnly; Secure; SameSite=None; Partitioned" } else { "Path=/; HttpOnly; SameSite=Lax" }
}

/// The session cookie; when there are several of that name, none can be trusted to be ours.
fn from_cookie(headers: &HeaderMap) -> Option<Token> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE);
    let (_, value) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    Token::parse(value)
}

/// Whether a page of ours sent it: under the public address, or under the name the request was sent to
/// (a browser lets no page choose that), with the public scheme.
fn is_own_origin(headers: &HeaderMap, public_url: &Url) -> bool {
    let Some(origin) = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin == public_url.origin().ascii_serialization()
        || host.is_some_and(|host| origin == format!("{}://{host}", public_url.scheme()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Token {
        Token::parse(&"a".repeat(43)).expect("a token")
    }

    fn request(method: &Method, headers: &[(&'static str, &str)]) -> Credential {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a header"));
        }
        read(method, &map, &Url::parse("https://vakhta.example").expect("an address"))
    }

    #[test]
    fn a_bearer_is_believed_for_everything() {
        let bearer = format!("Bearer {}", token().reveal());
        for method in [Method::GET, Method::POST, Method::DELETE] {
            assert_eq!(request(&method, &[("authorization", &bearer)]), Credential::Token(token()));
        }
        let lower = format!("bearer  {}", token().reveal());
        assert_eq!(request(&Method::GET, &[("authorization", &lower)]), Credential::Token(token()));
    }

    #[test]
    fn an_authorization_wins_over_the_cookie_even_if_it_is_useless() {
        let cookie = format!("vakhta_session={}", token().reveal());
        for authorization in ["Bearer nonsense", "Bearer", "tma query_id=AA", "Basic YTpi"] {
            let headers = [("authorization", authorization), ("cookie", &cookie)];
            assert_eq!(request(&Method::GET, &headers), Credential::None, "{authorization}");
        }
    }

    #[test]
    fn a_cookie_reads_but_changes_only_from_our_own_pages() {
        let cookie = format!("theme=dark; vakhta_session={}; lang=ru", token().reveal());
        let with = |origin: Option<&'static str>| {
            let mut headers = vec![("cookie", cookie.as_str()), ("host", "127.0.0.1:3000")];
            headers.extend(origin.map(|origin| ("origin", origin)));
            (request(&Method::GET, &headers), request(&Method::POST, &headers))
        };
        let yes = Credential::Token(token());
        for (origin, change) in [
            (Some("https://vakhta.example"), yes.clone()),
            (Some("https://127.0.0.1:3000"), yes.clone()),
            (Some("http://vakhta.example"), Credential::ForeignOrigin),
            (Some("http://127.0.0.1:3000"), Credential::ForeignOrigin),
            (Some("https://vakhta.example.evil.example"), Credential::ForeignOrigin),
            (Some("https://vakhta.example:8443"), Credential::ForeignOrigin),
            (Some("null"), Credential::ForeignOrigin),
            (None, Credential::ForeignOrigin),
        ] {
            assert_eq!(with(origin), (yes.clone(), change), "{origin:?}");
        }
    }

    #[test]
    fn two_session_cookies_are_none() {
        let cookie = format!("vakhta_session={0}; vakhta_session={0}", token().reveal());
        assert_eq!(request(&Method::GET, &[("cookie", &cookie)]), Credential::None);
        assert_eq!(request(&Method::GET, &[("cookie", "vakhta_session=")]), Credential::None);
        assert_eq!(request(&Method::GET, &[("cookie", "xvakhta_session=a")]), Credential::None);
    }

    #[test]
    fn cookies_have_the_attributes_of_the_contract() {
        let secret = "a".repeat(43);
        assert_eq!(
            set_cookie(&token(), true),
            format!("vakhta_session={secret}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")
        );
        assert_eq!(set_cookie(&token(), false), format!("vakhta_session={secret}; Path=/; HttpOnly; SameSite=Lax"));
        assert_eq!(clear_cookie(false), "vakhta_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
