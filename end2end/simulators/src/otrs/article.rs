//! Articles and files as they are asked for, before they are stored.

use serde_json::Value;

use super::{
    catalog::{HISTORY_TYPES, number_of},
    perl::{self, Params, filled, given},
    reply::{Changing, Reply},
    session::Who,
    ticket::{Article, Attachment, CHANNELS, SENDERS},
    world::World,
};

/// An article that may be stored.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub article: Article,
    /// Kind and words of its history, where the caller names them.
    pub history: (Option<&'static str>, Option<String>),
}

impl World {
    /// What an article is to be; headers are filled in by who stores it.
    pub(super) fn check_article(&self, params: &Params, who: &Who, what: Changing) -> Result<Wanted, Reply> {
        let text = |name: &str| {
            let missing = || what.missing(&format!("Article->{name} parameter is missing!"));
            filled(params, name).ok_or_else(missing)
        };
        let (subject, body) = (text("Subject")?.replace('\n', ""), text("Body")?);
        let (mime_type, charset) = content_type(params, what)?;
        let sender = match given(params, "SenderType") {
            None if matches!(who, Who::Customer(_)) => "customer",
            None => "agent",
            Some(name) => SENDERS
                .into_iter()
                .find(|known| *known == name)
                .ok_or_else(|| what.invalid("Article->SenderTypeID or Ticket->SenderType parameter is invalid!"))?,
        };
        let unknown_channel = || {
            let names = "Article->CommunicationChannel or Article->CommunicationChannelID parameter";
            what.invalid(&format!("{names} is invalid or not supported!"))
        };
        let channel = match (given(params, "CommunicationChannelID"), given(params, "CommunicationChannel")) {
            (Some(id), _) => id.parse().ok().filter(|id| (1..=3).contains(id)).ok_or_else(unknown_channel)?,
            (_, Some(name)) => number_of(&CHANNELS, |known| *known == name).ok_or_else(unknown_channel)?,
            _ => 3,
        };
        let kind = given(params, "HistoryType").map(|name| {
            let found = HISTORY_TYPES.into_iter().map(|(known, _)| known).find(|known| *known == name);
            found.ok_or_else(|| what.invalid("Article->HistoryType parameter is invalid!"))
        });
        let unit = given(params, "TimeUnit")
            .map(|unit| unit.parse::<f64>().map_err(|_| what.invalid("Article->TimeUnit parameter is invalid!")));
        let header = |name: &str| given(params, name).unwrap_or_default();
        let mut article = Article {
            id: 0,
            channel,
            sender,
            // Not said means visible (220), and any text but "" and "0" is true (434-436).
            visible: params.get("IsVisibleForCustomer").is_none_or(perl::is_true),
            from: header("From"),
            to: header("To"),
            cc: header("Cc"),
            subject: self.stored(&subject),
            body: self.stored(&body),
            mime_type,
            charset,
            created: self.local_now(),
            created_by: who.stored_as(),
            incoming: self.now,
            #[expect(clippy::cast_possible_truncation, reason = "minutes")]
            time_unit: unit.transpose()?.unwrap_or_default() as i64,
            attachments: Vec::new(),
        };
        if article.mime_type == "text/html" {
            let html = std::mem::take(&mut article.body);
            article.body = perl::text_of_html(&html);
            article.attachments.push(Attachment {
                name: "file-2".to_owned(),
                content_type: format!("text/html; charset=\"{}\"", article.charset),
                content: html.into_bytes(),
                is_html_body: true,
            });
            "text/plain".clone_into(&mut article.mime_type);
        }
        Ok(Wanted { article, history: (kind.transpose()?, given(params, "HistoryComment")) })
    }
}

fn content_type(params: &Params, what: Changing) -> Result<(String, String), Reply> {
    if let Some(given) = given(params, "ContentType") {
        let mime = given.split(';').next().unwrap_or_default().trim().to_owned();
        if !is_mime(&mime) {
            return Err(what.invalid("Article->ContentType is invalid!"));
        }
        let charset = given.split_once("charset=").map_or("", |(_, charset)| charset);
        return Ok((mime, charset.trim_matches(['"', '\'', ' ']).to_owned()));
    }
    match (given(params, "MimeType"), given(params, "Charset")) {
        (Some(mime), Some(charset)) => Ok((mime, charset)),
        (Some(_), None) => Err(what.missing("Article->Charset is required!")),
        (None, Some(_)) => Err(what.missing("Article->MimeType is required!")),
        (None, None) => {
            Err(what.missing("Article->ContentType or Ticket->MimeType and Article->Charset parameters are required!"))
        }
    }
}

fn is_mime(text: &str) -> bool {
    text.split_once('/').is_some_and(|(kind, sub)| !kind.is_empty() && !sub.is_empty())
}

/// The files to add; an empty list is an error, null is none (061, 062).
pub(super) fn attachments(params: &Params, what: Changing) -> Result<Vec<Attachment>, Reply> {
    let given = match params.get("Attachment") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) if items.is_empty() => {
            return Err(what.missing("Attachment parameter is missing or not valid!"));
        }
        Some(Value::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    };
    given.iter().map(|file| attachment(file, what)).collect()
}

fn attachment(file: &Value, what: Changing) -> Result<Attachment, Reply> {
    let text = |name: &str| {
        let text = perl::text(&file[name]);
        if text.is_empty() {
            Err(what.missing(&format!("Attachment->{name}  parameter is missing!")))
        } else {
            Ok(text)
        }
    };
    let content = text("Content")?;
    let content_type = text("ContentType")?;
    if !is_mime(content_type.split(';').next().unwrap_or_default()) {
        return Err(what.invalid("Attachment->ContentType is invalid!"));
    }
    let name = perl::file_name(&text("Filename")?);
    Ok(Attachment { name, content_type, content: perl::decode_base64(&content), is_html_body: false })
}

/// Adds files; the second of a name is renamed (441), and they are listed by name.
pub(super) fn add_files(article: &mut Article, files: Vec<Attachment>) {
    for mut file in files {
        let name = file.name.clone();
        let (stem, end) =
            name.rsplit_once('.').map_or((&*name, String::new()), |(stem, end)| (stem, format!(".{end}")));
        for n in 1.. {
            if article.attachments.iter().all(|known| known.name != file.name) {
                break;
            }
            file.name = format!("{stem}-{n}{end}");
        }
        article.attachments.push(file);
    }
    article.attachments.sort_by(|a, b| a.name.cmp(&b.name));
}
