//! The fleet's certificate authority. Its key and certificate follow from the plan's seed alone, so that monitors
//! which trust it go on doing so after a restart; what it protects is nothing.

use std::{net::IpAddr, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ED25519, SanType, SerialNumber, date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use sha2::{Digest as _, Sha256};
use time::{Duration, OffsetDateTime};

use super::{fault::Fault, plan::Server};

/// What a PKCS #8 file of an Ed25519 key begins with (RFC 8410); 32 bytes follow.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// Issues the certificates of the servers.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    /// All servers share it.
    key: KeyPair,
}

impl Authority {
    /// The authority of this seed.
    pub(super) fn new(seed: u64) -> anyhow::Result<Self> {
        let own = key(seed, "authority")?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Nevpribor, simulated authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.not_before = date_time_ymd(2025, 1, 1);
        params.not_after = date_time_ymd(2055, 1, 1);
        let pem = params.self_signed(&own)?.pem();
        Ok(Self { issuer: Issuer::new(params, own), pem, key: key(seed, "servers")? })
    }

    /// Its certificate.
    pub(super) fn pem(&self) -> &str {
        &self.pem
    }

    /// What a server shows under this fault.
    pub(super) fn serve(&self, server: &Server, fault: Fault, now_s: i64) -> anyhow::Result<Arc<ServerConfig>> {
        let now = OffsetDateTime::from_unix_timestamp(now_s)?;
        let (host, end) = match fault {
            Fault::WrongCertificate => (None, now + Duration::days(60)),
            Fault::ExpiredCertificate => (Some(server.host()), now - Duration::days(1)),
            Fault::ExpiringCertificate => (Some(server.host()), now + Duration::days(3)),
            _ => (Some(server.host()), now + Duration::days(server.certificate_days.into())),
        };
        let mut params = CertificateParams::default();
        let name = host.clone().unwrap_or_else(|| "another-server.invalid".to_owned());
        params.subject_alt_names = vec![SanType::DnsName(name.as_str().try_into()?)];
        if host.is_some() {
            params.subject_alt_names.push(SanType::IpAddress(IpAddr::V4(server.address)));
        }
        params.distinguished_name.push(DnType::CommonName, name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.not_before = end - Duration::days(90);
        params.not_after = end;
        // One serial number means one certificate to those who keep them.
        let serial = [&server.address.octets()[..], &end.unix_timestamp().to_be_bytes()].concat();
        params.serial_number = Some(SerialNumber::from_slice(&serial));
        let certificate = params.signed_by(&self.key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        Ok(Arc::new(config))
    }
}

fn key(seed: u64, of: &str) -> anyhow::Result<KeyPair> {
    let secret = Sha256::digest(format!("the simulated fleet, seed {seed}: {of}"));
    let der = [&PKCS8[..], secret.as_slice()].concat();
    Ok(KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(der), &PKCS_ED25519)?)
}

#[cfg(test)]
mod tests {
    use super::Authority;

    #[test]
    fn the_authority_is_the_same_after_a_restart() {
        let pem = |seed| Authority::new(seed).unwrap().pem().to_owned();
        assert_eq!(pem(7), pem(7));
        assert_ne!(pem(7), pem(8));
        assert!(pem(7).starts_with("-----BEGIN CERTIFICATE-----"));
    }
}
