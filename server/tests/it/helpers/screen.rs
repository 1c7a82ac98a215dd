//! A screen that listens to the live channel.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::TestApp;

/// An open channel.
pub struct Screen(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Screen {
    /// Opens one with this first frame.
    pub async fn open(app: &TestApp, hello: &Value) -> Self {
        let url = app.at("/api/v1/live").replace("http://", "ws://");
        let (mut socket, _) = connect_async(url).await.expect("it opens");
        socket.send(Message::text(hello.to_string())).await.expect("sent");
        Self(socket)
    }

    /// Says something more.
    pub async fn say(&mut self, frame: &Value) {
        self.0.send(Message::text(frame.to_string())).await.expect("sent");
    }

    /// The next frame, or the code with which it was closed.
    pub async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let message = timeout(Duration::from_secs(20), self.0.next()).await.expect("in time");
            match message {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).expect("JSON")),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(_)) => {}
                _ => return Err(0),
            }
        }
    }

    /// The next frame about a topic.
    pub async fn news(&mut self) -> Value {
        loop {
            let frame = self.next().await.expect("a frame");
            if frame["topic"].is_string() {
                return frame;
            }
        }
    }
}
