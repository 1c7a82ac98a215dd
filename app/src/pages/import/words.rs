//! Reasons and remarks of an import in the language of the page.

use crate::{
    directory::{form::TEXTS, report::Remark},
    i18n::Texts,
    model::{
        employee::{ChangeKind, Field},
        import::{RejectReason, SheetSkipped},
    },
    pages::employees::person_row::field_name,
};

/// What is said about rows.
pub fn remark(t: Texts, remark: &Remark) -> String {
    match remark {
        Remark::Rejected(reason) => rejected(t, *reason).to_owned(),
        Remark::Warning(code) => warning(t, code),
        Remark::Conflict(name) => {
            let field = TEXTS.into_iter().chain([Field::Phones]).find(|field| field.as_str() == name);
            t.import_warn_conflict(&field.map_or_else(|| name.clone(), |field| field_name(t, field).to_lowercase()))
        }
    }
}

fn rejected(t: Texts, reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::Vacancy => t.import_reject_vacancy(),
        RejectReason::MissingName => t.import_reject_missing_name(),
        RejectReason::InvalidName => t.import_reject_invalid_name(),
        RejectReason::IncompleteName => t.import_reject_incomplete_name(),
        RejectReason::NameTooLong => t.import_reject_name_too_long(),
        RejectReason::MissingEmail => t.import_reject_missing_email(),
        RejectReason::InvalidEmail => t.import_reject_invalid_email(),
        RejectReason::EmailConflict => t.import_reject_email_conflict(),
        RejectReason::Unreadable => t.import_reject_unreadable(),
    }
}

fn warning(t: Texts, code: &str) -> String {
    match code {
        "cell_error" => t.import_warn_cell_error(),
        "truncated" => t.import_warn_truncated(),
        "homoglyph_fixed" => t.import_warn_homoglyph_fixed(),
        "initials_only" => t.import_warn_initials_only(),
        "name_note_dropped" => t.import_warn_name_note_dropped(),
        "phone_invalid" => t.import_warn_phone_invalid(),
        "ip_invalid" => t.import_warn_ip_invalid(),
        "workstation_invalid" => t.import_warn_workstation_invalid(),
        "date_invalid" => t.import_warn_date_invalid(),
        other => return t.import_warn_other(other),
    }
    .to_owned()
}

/// Whether a sheet is read, or why not.
pub fn sheet(t: Texts, skipped: Option<SheetSkipped>) -> &'static str {
    match skipped {
        None => t.import_sheet_read(),
        Some(SheetSkipped::Hidden) => t.import_sheet_hidden(),
        Some(SheetSkipped::Empty) => t.import_sheet_empty(),
        Some(SheetSkipped::NoHeader) => t.import_sheet_no_header(),
    }
}

/// What happens, or has happened, to a person.
pub fn kind(t: Texts, kind: ChangeKind, dry_run: bool) -> &'static str {
    match (kind, dry_run) {
        (ChangeKind::Created, _) => t.import_kind_created(),
        (ChangeKind::Restored, true) => t.import_kind_restored(),
        (ChangeKind::Restored, false) => t.import_kind_restored_done(),
        (_, true) => t.import_kind_updated(),
        (_, false) => t.import_kind_updated_done(),
    }
}
