use std::io::Write as _;

use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection,
    crypto::ring,
    pki_types::{PrivateKeyDer, UnixTime},
};
use time::OffsetDateTime;

use super::*;

/// An authority of our own.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server with a certificate for these names, valid from and to so many days from now.
    fn server(&self, names: &[&str], from: i64, to: i64) -> SocketAddr {
        let mut params =
            CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).expect("names");
        (params.not_before, params.not_after) = (at(from), at(to));
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        shows(&certificate, &key)
    }
}

/// A server that shows this certificate.
fn shows(certificate: &Certificate, key: &KeyPair) -> SocketAddr {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .expect("a certificate");
    let config = Arc::new(config);
    serve(move |mut stream| {
        let mut connection = ServerConnection::new(config.clone()).expect("a connection");
        let mut stream = rustls::Stream::new(&mut connection, &mut stream);
        // Who does not believe us hangs up.
        if stream.read(&mut [0; 4_096]).is_ok() {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").ok();
            stream.conn.send_close_notify();
            stream.flush().ok();
        }
    })
}

async fn tls(server: SocketAddr, ca: Option<&Authority>, days_left: u16) -> Looked {
    let settings = settings(|settings| {
        settings.ca = ca.map(Authority::pem);
        settings.days_left = Some(days_left);
    });
    let look = parsed(Kind::Tls, &server.to_string(), &settings);
    Probes::new().look(&look, &Allowed::default()).await
}

/// So many days and an hour from now.
fn at(days: i64) -> OffsetDateTime {
    let now = i64::try_from(UnixTime::now().as_secs()).expect("after 1970");
    OffsetDateTime::from_unix_timestamp(now + days * 86_400 + 3_600).expect("a time")
}

fn day(days: i64) -> String {
    at(days).date().to_string()
}

#[tokio::test]
async fn a_certificate_is_good_until_its_end_comes_near() {
    let ca = Authority::new();
    let server = ca.server(&["127.0.0.1"], -10, 20);
    let looked = tls(server, Some(&ca), 14).await;
    assert!(is_good(&looked.outcome), "{looked:?}");
    assert_eq!(looked.note, Some(day(20)));
    assert!(is_good(&tls(server, Some(&ca), 20).await.outcome));
    let expires = Outcome::Bad(Reason::new("certificate_expires").got(20).wanted(21));
    assert_eq!(tls(server, Some(&ca), 21).await.outcome, expires);
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_apart() {
    let (ca, other) = (Authority::new(), Authority::new());
    let good = ca.server(&["127.0.0.1"], -10, 20);
    let expired = ca.server(&["127.0.0.1"], -10, -2);
    let future = ca.server(&["127.0.0.1"], 2, 20);
    let foreign = ca.server(&["www.example.org", "10.0.0.1"], -10, 20);
    let untrusted = bad("certificate_untrusted");
    assert_eq!(tls(good, Some(&other), 14).await.outcome, untrusted);
    assert_eq!(tls(good, None, 14).await.outcome, untrusted, "the system does not know it");
    assert_eq!(tls(future, Some(&ca), 14).await.outcome, untrusted);
    let reason = Reason::new("certificate_expired").got(day(-2));
    assert_eq!(tls(expired, Some(&ca), 14).await.outcome, Outcome::Bad(reason));
    let reason = Reason::new("certificate_wrong_name").got("www.example.org, 10.0.0.1");
    assert_eq!(tls(foreign, Some(&ca), 14).await.outcome, Outcome::Bad(reason));
}

#[tokio::test]
async fn a_certificate_that_signed_itself_is_believed_when_it_was_given() {
    // With and without the mark of an authority, as `openssl req -x509` and others make them.
    for is_ca in [IsCa::Ca(BasicConstraints::Unconstrained), IsCa::ExplicitNoCa, IsCa::NoCa] {
        let key = KeyPair::generate().expect("a key");
        let looked = async |name: &str, given: bool, to: i64| {
            let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
            params.is_ca = is_ca;
            (params.not_before, params.not_after) = (at(-10), at(to));
            let certificate = params.self_signed(&key).expect("a certificate");
            let settings = settings(|settings| settings.ca = given.then(|| certificate.pem()));
            look(Kind::Tls, &shows(&certificate, &key).to_string(), &settings).await
        };
        assert!(is_good(&looked("127.0.0.1", true, 20).await), "{is_ca:?}");
        assert_eq!(looked("127.0.0.1", false, 20).await, bad("certificate_untrusted"), "{is_ca:?}");
        let wrong_name = Outcome::Bad(Reason::new("certificate_wrong_name").got("www.example.org"));
        assert_eq!(looked("www.example.org", true, 20).await, wrong_name, "{is_ca:?}");
        let expired = Outcome::Bad(Reason::new("certificate_expired").got(day(-2)));
        assert_eq!(looked("127.0.0.1", true, -2).await, expired, "{is_ca:?}");
        let expires = Outcome::Bad(Reason::new("certificate_expires").got(5).wanted(14));
        assert_eq!(looked("127.0.0.1", true, 5).await, expires, "{is_ca:?}");
    }
}

#[tokio::test]
async fn who_does_not_speak_tls_fails_and_who_says_nothing_has_a_timeout() {
    let mail = serve(|mut stream| {
        stream.write_all(b"220 mail.example ESMTP\r\n").ok();
        silent(stream);
    });
    assert_eq!(tls(mail, None, 14).await.outcome, bad("tls_failed"));
    assert_eq!(tls(serve(drop), None, 14).await.outcome, bad("closed"));
    assert_eq!(look(Kind::Tls, &serve(silent).to_string(), &settings(short)).await, timed_out());
}

#[tokio::test]
async fn pages_are_read_through_tls_with_the_same_faults() {
    let (ca, other) = (Authority::new(), Authority::new());
    let server = ca.server(&["127.0.0.1"], -10, 1);
    let page = async |ca: &Authority| {
        let settings = settings(|settings| {
            settings.ca = Some(ca.pem());
            settings.keyword = Some("ok".into());
        });
        look(Kind::Http, &format!("https://{server}/"), &settings).await
    };
    assert!(is_good(&page(&ca).await));
    assert_eq!(page(&other).await, bad("certificate_untrusted"));
}
