//! The sentence people read for an [`Error`]: on the screens, in problem details and in the bot.

use super::Texts;
use crate::model::{Error, user::Language};

impl Texts {
    /// What went wrong, in one sentence with what to do.
    #[must_use]
    pub fn error(self, error: &Error) -> String {
        match error {
            Error::Unreadable { code } => self.code(code, self.error_unreadable()),
            Error::Unauthenticated { code } => self.code(code, self.error_not_signed_in()),
            Error::Forbidden { code } => self.code(code, self.error_forbidden()),
            Error::Conflict { code, .. } => self.code(code, self.error_conflict()),
            Error::TooLarge { code } => self.code(code, self.error_too_large()),
            Error::Unsupported { code } => self.code(code, self.error_unsupported()),
            // Which ones stands behind the name of the field.
            Error::Invalid { code, field } if code == "unknown_placeholder" => {
                self.error_unknown_placeholder(field.split_once('.').map_or("", |(_, names)| names))
            }
            Error::Invalid { code, .. } => self.code(code, self.error_invalid()),
            Error::NotFound => self.error_not_found().to_owned(),
            Error::TooMany { retry_after_s } => self.error_too_many(*retry_after_s),
            Error::Unavailable { .. } => self.error_unavailable().to_owned(),
            Error::Internal(_) => self.error_internal().to_owned(),
        }
    }

    /// The text of a code, else one for its whole class.
    fn code(self, code: &str, class: &'static str) -> String {
        match code {
            "init_data_malformed" => self.error_init_data_malformed(),
            "init_data_invalid" | "init_data_user_missing" => self.error_init_data_invalid(),
            "init_data_expired" | "init_data_used" => self.error_init_data_expired(),
            "init_data_from_future" => self.error_init_data_from_future(),
            "access_granted" => self.error_access_granted(),
            "role_fixed" => self.error_role_fixed(),
            "employee_linked" => self.error_employee_linked(),
            "telegram_not_configured" => self.error_telegram_not_configured(),
            "last_admin" => self.error_last_admin(),
            "foreign_origin" => self.error_foreign_origin(),
            "unknown_employee" => self.error_unknown_employee(),
            "employee_conflict" => self.error_employee_conflict(),
            "email_taken" => self.error_email_taken(),
            "import_running" => self.error_import_running(),
            "file_too_large" => self.error_file_too_large(),
            "workbook_too_large" => self.error_workbook_too_large(),
            "xls_not_supported" => self.error_xls_not_supported(),
            "not_a_workbook" => self.error_not_a_workbook(),
            "workbook_encrypted" => self.error_workbook_encrypted(),
            "server_conflict" => self.error_server_conflict(),
            "monitor_conflict" => self.error_monitor_conflict(),
            "server_name_taken" => self.error_server_name_taken(),
            "group_name_taken" => self.error_group_name_taken(),
            "incident_closed" => self.error_incident_closed(),
            "incident_open" => self.error_incident_open(),
            "address_not_allowed" => self.error_address_not_allowed(),
            "reply_conflict" => self.error_reply_conflict(),
            "files_too_large" => self.error_files_too_large(),
            "file_gone" => self.error_file_gone(),
            "smtp_not_configured" => self.error_smtp_not_configured(),
            "no_address" => self.error_no_address(),
            "ticket_unknown" => self.error_ticket_unknown(),
            "otrs_refused" => self.error_otrs_refused(),
            "required" => self.error_required(),
            "not_a_table" => self.error_code_not_a_table(),
            "too_long" => self.error_code_too_long(),
            "out_of_range" => self.error_code_out_of_range(),
            "not_below_interval" => self.error_code_not_below_interval(),
            "not_below_timeout" => self.error_code_not_below_timeout(),
            "not_for_kind" => self.error_code_not_for_kind(),
            "host" => self.error_code_host(),
            "port" => self.error_code_port(),
            "url" | "url_scheme" => self.error_code_url(),
            "url_credentials" => self.error_code_url_credentials(),
            "status" => self.error_code_status(),
            "json_path" => self.error_code_json_path(),
            "keyword_or_json" => self.error_code_keyword_or_json(),
            "ca" => self.error_code_ca(),
            "expected" => self.error_code_expected(),
            "record" => self.error_code_record(),
            "resolver" => self.error_code_resolver(),
            "name" => self.error_code_name(),
            "too_many" => self.error_code_too_many(),
            "before_beginning" => self.error_code_before_beginning(),
            "days" => self.error_code_days(),
            "time" => self.error_code_time(),
            "minutes" => self.error_code_minutes(),
            "cron" => self.error_code_cron(),
            "never" => self.error_code_never(),
            _ => class,
        }
        .to_owned()
    }

    /// The name of a language in itself.
    #[must_use]
    pub const fn language_name(self, language: Language) -> &'static str {
        match language {
            Language::Ru => "Русский",
            Language::En => "English",
        }
    }
}
