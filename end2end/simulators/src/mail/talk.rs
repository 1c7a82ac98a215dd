//! One talk: as much of SMTP (RFC 5321) as a client needs to hand mails over.

use std::io;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::{Fault, Letter, Sink};
use crate::clock;

/// What one mail may have at most.
const LONGEST: usize = 64 << 20;

/// Talks until the other side says good-bye.
pub(super) async fn talk(sink: &Sink, stream: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 simulated").await?;
    let (mut from, mut to, mut fault) = (String::new(), Vec::new(), None);
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let said = line.trim_end();
        let verb = said.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" => say(&mut stream, "250-simulated\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
            "MAIL" => {
                fault = sink.take_fault();
                match fault {
                    Some(Fault::Silence) => {
                        // Until the other side hangs up.
                        while stream.read_line(&mut line).await? > 0 {}
                        return Ok(());
                    }
                    Some(Fault::Broken) => return Ok(()),
                    _ => {}
                }
                from = address(said);
                to.clear();
                say(&mut stream, "250 ok").await?;
            }
            "RCPT" => match fault {
                Some(Fault::Refused) => say(&mut stream, "550 5.1.1 no such mailbox here").await?,
                Some(Fault::Later) => say(&mut stream, "451 4.3.0 try again later").await?,
                _ => {
                    to.push(address(said));
                    say(&mut stream, "250 ok").await?;
                }
            },
            "DATA" if to.is_empty() => say(&mut stream, "503 5.5.1 to whom?").await?,
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let raw = text(&mut stream).await?;
                if fault == Some(Fault::TextLost) {
                    return Ok(());
                }
                sink.keep(Letter { from: from.clone(), to: to.clone(), raw, at_s: clock::now_s() });
                if fault == Some(Fault::AnswerLost) {
                    return Ok(());
                }
                say(&mut stream, "250 2.0.0 taken").await?;
            }
            "RSET" | "NOOP" => say(&mut stream, "250 ok").await?,
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "502 5.5.1 not here").await?,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) -> io::Result<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// Everything up to a dot alone in its line; dots that were doubled are single again.
async fn text(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let (mut raw, mut line) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 || raw.len() > LONGEST {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(String::from_utf8_lossy(&raw).into_owned());
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn address(said: &str) -> String {
    let inside = said.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(address, _)| address.to_owned())
}
