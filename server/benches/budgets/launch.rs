//! How many launch data are verified in a second on one core, beside the bare HMAC over the same bytes
//! (key set up and one message authenticated, nothing decoded, nothing parsed).

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use simulators::launch::{Launch, Person};
use time::OffsetDateTime;
use vakhta::auth::init_data::Verifier;

use crate::report::{Budget, Report, Row};

const TOKEN: &str = "100200300:a-token-for-the-bench";
const AUTH_DATE: i64 = 1_800_000_000;

/// Adds the row.
pub fn verification(report: &mut Report) {
    let mut person = Person::new(279_058_397, "Владислав");
    person.last_name = Some("Кибенко".into());
    person.username = Some("vdkfrost".into());
    let launch = Launch::from_button(&person.with_language("ru"), AUTH_DATE);
    let raw = launch.sign(TOKEN);
    let signed = percent_encoding::percent_decode_str(&launch.unsigned()).decode_utf8_lossy().into_owned();

    let verifier = Verifier::new(TOKEN);
    let now = OffsetDateTime::from_unix_timestamp(AUTH_DATE).expect("a date of this century");
    let hour = Duration::from_secs(3600);
    let verified = rate(|| {
        black_box(verifier.verify(black_box(raw.as_bytes()), now, hour)).expect("it is valid");
    });

    let key = *b"a key that has thirty-two bytes.";
    let bare = rate(|| {
        let mut mac = Hmac::<Sha256>::new_from_slice(black_box(&key)).expect("HMAC takes any key");
        mac.update(black_box(signed.as_bytes()));
        black_box(mac.finalize());
    });

    let budget = Budget::AtLeast(f64::max(500_000.0, 0.4 * bare));
    report.add(
        Row::new("launch data verified, user parsed, one core", verified, "per s", budget).beside("bare HMAC", bare),
    );
}

/// Best of five half seconds: noise only ever slows.
fn rate(mut act: impl FnMut()) -> f64 {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            let mut done = 0_u32;
            while start.elapsed() < Duration::from_millis(500) {
                for _ in 0..1000 {
                    act();
                }
                done += 1000;
            }
            f64::from(done) / start.elapsed().as_secs_f64()
        })
        .fold(0.0, f64::max)
}
