//! What OTRS refuses, in the words of whoever has to do something about it.

use super::End;
use crate::integrations::otrs::Failure;

/// Fields that the forms ask for; OTRS names them in its refusals (077, 277, 463). The words around them are not looked at.
const FIELDS: [&str; 4] = ["DynamicField", "Type", "Service", "SLA"];

/// The end of an attempt that was refused as a whole.
pub(super) fn refused(failure: &Failure) -> End {
    let names_field = |words: &str| {
        let words = words.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).any(|word| FIELDS.contains(&word.trim_end_matches("ID")))
    };
    match failure {
        Failure::MissingParameter(words) if names_field(words) => End::Field("field_missing", words.clone()),
        Failure::InvalidParameter(words) if names_field(words) => End::Field("field_invalid", words.clone()),
        failure => End::Refused(failure.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_that_names_a_field_says_so() {
        let missing =
            "TicketCreate: Ticket->TypeID or Ticket->Type parameter is required by sysconfig option!".to_owned();
        assert!(matches!(refused(&Failure::MissingParameter(missing)), End::Field("field_missing", _)));
        let invalid = "TicketCreate: DynamicField->Value parameter is invalid!".to_owned();
        assert!(matches!(refused(&Failure::InvalidParameter(invalid)), End::Field("field_invalid", _)));
        for other in ["TicketCreate: Ticket->QueueID or Ticket->Queue parameter is invalid!", "ContentType is invalid!"]
        {
            assert!(matches!(refused(&Failure::InvalidParameter(other.to_owned())), End::Refused(_)), "{other}");
        }
    }
}
