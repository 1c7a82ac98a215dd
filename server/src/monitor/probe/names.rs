//! Names and their addresses.
//!
//! The names of hosts are remembered for as long as the DNS says, a minute at most: five hundred checks a second
//! must not become five hundred queries. What a `dns` monitor asks is never remembered.

use std::{net::IpAddr, sync::Arc, time::Duration};

use app::model::monitor::Reason;
use hickory_resolver::{
    Resolver, TokioResolver,
    config::{LookupIpStrategy, ResolveHosts, ResolverConfig, ResolverOpts},
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
};

use super::super::{allowed::Allowed, target::Host};

/// A resolver that takes longer for the name of a host is asked once more, and then not any more.
const PATIENCE: Duration = Duration::from_millis(800);

/// The system's resolver.
#[derive(Clone)]
pub struct Names {
    /// Remembers.
    hosts: Option<Arc<TokioResolver>>,
    /// Whom the system asks, for queries that are not remembered.
    system: Option<Arc<(ResolverConfig, ResolverOpts)>>,
}

impl Names {
    /// Reads what the system says of resolving.
    pub fn new() -> Self {
        match hickory_resolver::system_conf::read_system_conf() {
            Ok((config, options)) => Self::of(config, options),
            Err(error) => {
                tracing::warn!(error = %error, "The system's DNS settings cannot be read: names are not found");
                Self { hosts: None, system: None }
            }
        }
    }

    /// Asks as it is said here.
    pub fn of(config: ResolverConfig, options: ResolverOpts) -> Self {
        let mut remembering = options.clone();
        // Soon enough that a check still has the time to say that it was the resolver.
        remembering.timeout = options.timeout.min(PATIENCE);
        remembering.attempts = 1;
        remembering.ip_strategy = LookupIpStrategy::Ipv4thenIpv6;
        remembering.cache_size = 10_000;
        remembering.positive_max_ttl = Some(Duration::from_secs(60));
        remembering.negative_max_ttl = Some(Duration::from_secs(5));
        let hosts = resolver(config.clone(), remembering).ok().map(Arc::new);
        Self { hosts, system: Some(Arc::new((config, options))) }
    }

    /// The addresses of a host that may be connected to, at least one.
    pub async fn addresses(&self, host: &Host, allowed: &Allowed) -> Result<Vec<IpAddr>, Reason> {
        let all = match host.address() {
            Some(address) => vec![address],
            None => self.resolve(&host.to_string()).await?,
        };
        let judged: Vec<_> = all.into_iter().map(|address| allowed.judge(address).map(|()| address)).collect();
        if judged.iter().any(Result::is_ok) {
            Ok(judged.into_iter().flatten().collect())
        } else {
            judged.into_iter().collect()
        }
    }

    async fn resolve(&self, name: &str) -> Result<Vec<IpAddr>, Reason> {
        let hosts = self.hosts.as_ref().ok_or_else(|| Reason::new("name_failed"))?;
        match hosts.lookup_ip(name).await {
            Ok(found) => Some(found.iter().collect::<Vec<_>>())
                .filter(|addresses| !addresses.is_empty())
                .ok_or_else(|| Reason::new("name_not_found")),
            Err(NetError::Dns(DnsError::NoRecordsFound(_))) => Err(Reason::new("name_not_found")),
            Err(_) => Err(Reason::new("name_failed")),
        }
    }

    /// A resolver for one query: it asks whom it is given, or whom the system asks.
    pub fn fresh(&self, given: Option<ResolverConfig>, timeout: Duration) -> Option<TokioResolver> {
        let (config, mut options) = match (given, self.system.as_deref()) {
            (Some(config), _) => (config, ResolverOpts::default()),
            (None, Some((config, options))) => (config.clone(), options.clone()),
            (None, None) => return None,
        };
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        // A packet that is lost is sent once more.
        options.timeout = timeout / 2;
        options.attempts = 1;
        resolver(config, options).ok()
    }
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

fn resolver(config: ResolverConfig, options: ResolverOpts) -> Result<TokioResolver, NetError> {
    Resolver::builder_with_config(config, TokioRuntimeProvider::default()).with_options(options).build()
}
