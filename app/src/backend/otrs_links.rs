//! As whom the caller acts in OTRS, and how tickets are dealt with here.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    otrs_link::{OtrsLink, OtrsSignIn, TicketSettings},
    ticket::asked::FieldValue,
};

/// The link to a login in OTRS, and settings of tickets.
#[async_trait]
#[auto_impl(Arc)]
pub trait OtrsLinks: Send + Sync {
    /// As whom the caller acts.
    ///
    /// # Errors
    /// `Forbidden` below `operator`.
    async fn link(&self) -> Result<OtrsLink>;

    /// Signs in to OTRS and acts as that agent from now on. The password is not stored.
    ///
    /// # Errors
    /// `Invalid` (`password`, code `otrs_refused`) when OTRS does not accept it; `Conflict` (`otrs_login_taken`) for a login
    /// that is somebody else's here; `TooMany`; `Unavailable` when OTRS is away.
    async fn sign_in(&self, sign_in: OtrsSignIn) -> Result<OtrsLink>;

    /// Acts as nobody of his own from now on. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden` below `operator`.
    async fn sign_out(&self) -> Result<OtrsLink>;

    /// How tickets are dealt with here.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn settings(&self) -> Result<TicketSettings>;

    /// Changes that, at once.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` names the field.
    async fn change_settings(&self, settings: TicketSettings) -> Result<TicketSettings>;

    /// Types, services, SLAs and additional fields that tickets have named, with their usual values: what there is to choose
    /// from when one says what is asked.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn known_fields(&self) -> Result<Vec<FieldValue>>;
}
