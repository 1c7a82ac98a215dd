use super::*;

#[test]
fn authorities_are_certificates() {
    let ca = |text: &str| with(|settings| settings.ca = Some(text.into()));
    assert!(Authorities::parse(CA).is_some());
    assert!(matches!(ok(Kind::Tls, "host:443", &ca(CA)), Look::Tls(tls) if tls.authorities.is_some()));
    assert!(matches!(ok(Kind::Http, "https://host/", &ca(CA)), Look::Http(http) if http.authorities.is_some()));
    let damaged = CA.replacen("MII", "MIJ", 1);
    for text in ["", "certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &damaged] {
        assert_eq!(fault(Kind::Tls, "host:443", &ca(text)), ("settings.ca".into(), "ca"), "{text}");
    }
    assert_eq!(fault(Kind::Tls, "host:443", &ca(&"a".repeat(65_537))), ("settings.ca".into(), "too_long"));
}
