//! Each rule with what keeps it and what breaks it.

mod dns;
mod hosts;
mod http;
mod limits;
mod trust;

use super::*;

/// A self-made authority that is valid until 4096.
const CA: &str = "\
    -----BEGIN CERTIFICATE-----\n\
    MIIBezCCASGgAwIBAgIUfUdylAatP0xqekQe68DAOKU9N14wCgYIKoZIzj0EAwIw\n\
    EjEQMA4GA1UEAwwHVGVzdCBDQTAgFw0yNjExMjAxMDU0MDhaGA80MDk2MDkyODEw\n\
    NTQwOFowEjEQMA4GA1UEAwwHVGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH\n\
    A0IABN8HwUMLTu66+e/vh0FgiTVCVO6MU2GZF5g5DfrwvRL6rO6G2TOKHTOP3uVW\n\
    dQMWxt1kpslZ6hrcTjadDzwymF+jUzBRMB0GA1UdDgQWBBQFbwG81ceDJEwU/Rjg\n\
    UcSJiuFBGDAfBgNVHSMEGDAWgBQFbwG81ceDJEwU/RjgUcSJiuFBGDAPBgNVHRMB\n\
    Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIEBafG5INv/4S6YcIYY02YvJ2sHd\n\
    1i+4cA1E9kfbzl5DAiEAlTeMiJcD7wmGE2kazq3MTalopgUzkxJiZPM9qGyygl4=\n\
    -----END CERTIFICATE-----\n";

const PLAIN: &str = "192.0.2.1";

fn ok(kind: Kind, target: &str, settings: &Settings) -> Look {
    match parse(kind, target, PLAIN, 60, settings) {
        Ok(look) => look,
        Err(invalid) => panic!("{kind:?} {target}: {invalid:?}"),
    }
}

fn wrong(kind: Kind, target: &str, address: &str, interval_s: u32, settings: &Settings) -> (String, &'static str) {
    let invalid = parse(kind, target, address, interval_s, settings).expect_err("a fault");
    (invalid.field, invalid.code)
}

fn fault(kind: Kind, target: &str, settings: &Settings) -> (String, &'static str) {
    wrong(kind, target, PLAIN, 60, settings)
}

fn with(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings);
    settings
}
