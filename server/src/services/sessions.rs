//! Sessions as the edges need them: launch data in, a session out; a secret in, its user out. What people
//! do with their sessions is in [`super::accounts`].

use std::{sync::Arc, time::Duration};

use app::model::{
    Error, Result,
    error::Reference,
    user::{Role, SignedIn, User},
};
use secrecy::ExposeSecret;
use time::OffsetDateTime;

use super::Deps;
use crate::{
    auth::{
        AuthUser,
        init_data::Verifier,
        session::{Lifetimes, Token, TokenHash},
    },
    cache::{Cache, Limit},
    config::Config,
    error::internal,
    store::{self, accounts::Record, sessions::Found},
};

/// How long a look-up is remembered: what changed elsewhere is felt here after that time.
const REMEMBERED: Duration = Duration::from_secs(1);

/// Begins sessions and recognises them.
#[derive(Clone)]
pub struct Sessions {
    deps: Deps,
}

impl Sessions {
    /// Made of what outlives a request.
    #[must_use]
    pub const fn new(deps: Deps) -> Self {
        Self { deps }
    }

    /// Exchanges launch data for a session. The same launch data may be exchanged again until it is too old
    /// or burned by a sign-out.
    ///
    /// # Errors
    /// `Unreadable` and `Unauthenticated` with the codes of the contract; `Forbidden`
    /// (`telegram_not_configured`) without a bot.
    pub async fn sign_in(
        &self,
        launch_data: &[u8],
        device: &str,
        now: OffsetDateTime,
        reference: &Reference,
    ) -> Result<SignedIn> {
        let config = &*self.deps.config;
        let bot_token = config
            .telegram
            .bot_token
            .as_ref()
            .ok_or_else(|| Error::Forbidden { code: "telegram_not_configured".into() })?;
        let launch =
            Verifier::new(bot_token.expose_secret()).verify(launch_data, now, config.sessions.init_data_max_age)?;
        let lifetimes = lifetimes(config);
        let token = Token::random();
        let ends_at = lifetimes.ends_at(now);
        let expires_at = lifetimes.expires_at(now, ends_at);
        let signed_in = async {
            let mut tx = self.deps.db.begin().await?;
            // First, because it locks the account: a sign-out that burns this launch comes before or after.
            let user = &launch.user;
            let account = store::accounts::sign_in(&mut tx, user.id, &user.name, user.username.as_deref(), now).await?;
            let launch_name = launch.fingerprint();
            if store::sessions::is_burned(&mut tx, &launch_name).await? {
                return Ok(None);
            }
            let session = store::sessions::NewSession {
                account: account.id,
                token_hash: token.hash(),
                launch: launch_name,
                device,
                language: user.language,
                created_at: now,
                expires_at,
                ends_at,
            };
            store::sessions::insert(&mut tx, &session).await?;
            tx.commit().await?;
            Ok::<_, sqlx::Error>(Some(account))
        };
        let account = signed_in.await.map_err(|error| internal(reference, error))?;
        let account = account.ok_or_else(|| Error::unauthenticated("init_data_used"))?;
        tracing::info!(account.id = %account.id, "Signed in");
        let language = account.language.unwrap_or(launch.user.language);
        Ok(SignedIn {
            token: token.reveal().to_owned(),
            expires_at,
            user: User { language, ..user_of(config, account) },
        })
    }

    /// Whose session this is, if it is alive. Being asked counts as use, so that an open app stays open.
    ///
    /// `from` names where the request comes from: nobody keeps the database busy with tokens he made up.
    ///
    /// # Errors
    /// `TooMany` for such a place; `Unavailable` while the database is away.
    pub async fn recognise(
        &self,
        token: &Token,
        from: &str,
        now: OffsetDateTime,
        reference: &Reference,
    ) -> Result<Option<AuthUser>> {
        let hash = token.hash();
        let found = match self.remembered(hash, now).await {
            Some(found) => Some(found),
            None => {
                self.deps.cache.admit(Limit::LookUps, from).await?;
                self.look_up(hash, now).await.map_err(|error| internal(reference, error))?
            }
        };
        Ok(found.map(|found| AuthUser {
            account: found.account,
            telegram_id: found.telegram_id,
            role: role_of(&self.deps.config, found.telegram_id, found.role),
            employee: found.employee,
            session: found.id,
            language: found.language,
        }))
    }

    async fn remembered(&self, hash: TokenHash, now: OffsetDateTime) -> Option<Found> {
        let bytes = self.deps.cache.get(&key(hash)).await?;
        let found: Found = serde_json::from_slice(&bytes).ok()?;
        // One that ran out may have been prolonged by another node: the database knows.
        (found.expires_at > now).then_some(found)
    }

    async fn look_up(&self, hash: TokenHash, now: OffsetDateTime) -> sqlx::Result<Option<Found>> {
        let mut connection = self.deps.db.acquire().await?;
        let Some(mut found) = store::sessions::find(&mut connection, hash, now).await? else { return Ok(None) };
        let lifetimes = lifetimes(&self.deps.config);
        if now - found.last_used_at >= lifetimes.touch_after() {
            found.expires_at = lifetimes.expires_at(now, found.ends_at);
            found.last_used_at = now;
            store::sessions::touch(&mut connection, found.id, now, found.expires_at).await?;
        }
        if let Ok(bytes) = serde_json::to_vec(&found) {
            self.deps.cache.put(&key(hash), bytes.into(), REMEMBERED).await;
        }
        Ok(Some(found))
    }
}

/// Forgets look-ups of sessions that ended or whose account changed, at once on this node.
pub(super) async fn forget(cache: &Arc<dyn Cache>, hashes: &[TokenHash]) {
    for hash in hashes {
        cache.remove(&key(*hash)).await;
    }
}

/// What an account may do: what was given to it, or all of it if the configuration names it.
pub(super) fn role_of(config: &Config, telegram_id: i64, given: Role) -> Role {
    if is_fixed_admin(config, telegram_id) { Role::Admin } else { given }
}

/// Whether the configuration makes it an administrator, whatever the database says.
pub(super) fn is_fixed_admin(config: &Config, telegram_id: i64) -> bool {
    config.telegram.admins.contains(&telegram_id)
}

/// The account as its owner sees it; the language is the chosen one.
pub(super) fn user_of(config: &Config, account: Record) -> User {
    let role = role_of(config, account.telegram_id, account.role);
    User {
        id: account.id,
        telegram_id: account.telegram_id,
        name: account.name,
        role,
        language: account.language.unwrap_or_default(),
        employee_id: account.employee_id,
        access_requested_at: account.access_requested_at.filter(|_| role == Role::Guest),
    }
}

fn lifetimes(config: &Config) -> Lifetimes {
    Lifetimes { idle: config.sessions.idle, max: config.sessions.max }
}

fn key(hash: TokenHash) -> String {
    format!("session {hash}")
}
