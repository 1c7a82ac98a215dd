use std::io::Write as _;

use super::*;

/// Reads the head of a request.
fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read > 0) {
        head.extend(byte);
    }
    String::from_utf8(head).expect("a request")
}

/// Answers always the same.
fn says(answer: impl Into<Vec<u8>>) -> SocketAddr {
    let answer = answer.into();
    serve(move |mut stream| {
        head(&mut stream);
        // Who has seen enough hangs up.
        stream.write_all(&answer).ok();
    })
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
}

async fn get(server: SocketAddr, change: impl FnOnce(&mut Settings)) -> Outcome {
    look(Kind::Http, &format!("http://{server}/health?x=1"), &settings(change)).await
}

#[tokio::test]
async fn the_status_decides() {
    assert!(is_good(&get(says(ok("")), |_| ()).await));
    let gone = says("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(get(gone, |_| ()).await, Outcome::Bad(Reason::new("http_status").got(410).wanted("200-299")));
    assert!(is_good(&get(gone, |settings| settings.status = Some("200,410".into())).await));
    assert!(is_good(&get(says("HTTP/1.0 204 No Content\r\n\r\n"), |_| ()).await));
}

#[tokio::test]
async fn the_request_says_who_asks_and_wants_nothing_compressed() {
    let server = serve(|mut stream| {
        let body = head(&mut stream);
        stream.write_all(ok(&body).as_bytes()).ok();
    });
    for keyword in [
        "GET /health?x=1 HTTP/1.1\r\n",
        &format!("host: {server}\r\n"),
        "user-agent: Vakhta/",
        "accept-encoding: identity\r\n",
        "connection: close\r\n",
    ] {
        assert!(is_good(&get(server, |settings| settings.keyword = Some(keyword.into())).await), "{keyword}");
    }
}

#[tokio::test]
async fn keywords_are_found_wherever_they_are_cut() {
    let server = says(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nall \r\n1\r\ni\r\n4\r\ns we\r\n2\r\nll\r\n0\r\n\r\n",
    );
    for keyword in ["all", "is well", "i", "all is well", "ll"] {
        assert!(is_good(&get(server, |settings| settings.keyword = Some(keyword.into())).await), "{keyword}");
    }
    let missing = Outcome::Bad(Reason::new("keyword_missing").wanted("wellness"));
    assert_eq!(get(server, |settings| settings.keyword = Some("wellness".into())).await, missing);
}

#[tokio::test]
async fn values_are_found_by_their_path() {
    let server = says(ok(r#"{"status":"ok","nodes":[{"up":true},{"load":0.5}]}"#));
    let json = async |path: &str, value: Option<&str>| {
        get(server, |settings| {
            settings.json_path = Some(path.into());
            settings.json_value = value.map(Into::into);
        })
        .await
    };
    assert!(is_good(&json("$.status", None).await));
    assert!(is_good(&json("$.status", Some("ok")).await));
    assert!(is_good(&json("$.nodes[0].up", Some("true")).await));
    assert!(is_good(&json("$.nodes[1].load", Some("0.5")).await));
    let differs = Outcome::Bad(Reason::new("json_differs").got("ok").wanted("up"));
    assert_eq!(json("$.status", Some("up")).await, differs);
    let missing = Outcome::Bad(Reason::new("json_path_missing").wanted("$.nodes[2]"));
    assert_eq!(json("$.nodes[2]", None).await, missing);
    let no_json = get(says(ok("<html>")), |settings| settings.json_path = Some("$.a".into())).await;
    assert_eq!(no_json, Outcome::Bad(Reason::new("json_path_missing").wanted("$.a")));
    let deep = get(says(ok(&"[".repeat(1_000_000))), |settings| settings.json_path = Some("$[0]".into())).await;
    assert_eq!(deep, Outcome::Bad(Reason::new("json_path_missing").wanted("$[0]")));
}

/// A server that sends a body until it is stopped, and how much it got rid of.
fn pours(head_of_answer: &'static str) -> (SocketAddr, Arc<AtomicUsize>) {
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let server = serve(move |mut stream| {
        head(&mut stream);
        stream.write_all(head_of_answer.as_bytes()).ok();
        let piece = [b'a'; 65_536];
        while stream.write_all(&piece).is_ok() {
            counted.fetch_add(piece.len(), Relaxed);
        }
    });
    (server, sent)
}

#[tokio::test]
async fn bodies_without_end_and_of_a_gigabyte_are_read_no_further_than_needed() {
    for head_of_answer in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1073741824\r\n\r\n",
    ] {
        let (server, sent) = pours(head_of_answer);
        assert!(is_good(&get(server, |_| ()).await), "nothing has to be in it");
        let missing = Outcome::Bad(Reason::new("keyword_missing").wanted("b"));
        assert_eq!(get(server, |settings| settings.keyword = Some("b".into())).await, missing);
        let too_large = Outcome::Bad(Reason::new("answer_too_large").wanted(1_048_576));
        assert_eq!(get(server, |settings| settings.json_path = Some("$.a".into())).await, too_large);
        let sent = sent.load(Relaxed) / 1_048_576;
        assert!(sent < 64, "three looks took {sent} MiB, buffers of the system included");
    }
}

#[tokio::test]
async fn half_of_an_answer_has_a_timeout() {
    for part in ["", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nx: ", "HTTP/1.1 100 Continue\r\n\r\n"] {
        let server = serve(move |mut stream| {
            head(&mut stream);
            stream.write_all(part.as_bytes()).ok();
            silent(stream);
        });
        assert_eq!(get(server, short).await, timed_out(), "{part}");
    }
    let body_that_stops = serve(|mut stream| {
        head(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nab").ok();
        silent(stream);
    });
    let waits = |settings: &mut Settings| {
        short(settings);
        settings.keyword = Some("abc".into());
    };
    assert_eq!(get(body_that_stops, waits).await, timed_out());
    assert_eq!(get(serve(silent), short).await, timed_out(), "not even the request is read");
}

#[tokio::test]
async fn headers_that_trickle_without_end_have_a_timeout_or_a_limit() {
    let server = serve(|mut stream| {
        head(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\n").ok();
        while stream.write_all(b"x: y\r\n").is_ok() {}
    });
    assert_eq!(get(server, |_| ()).await, bad("http_failed"));
    let one_long = serve(|mut stream| {
        head(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nx: ").ok();
        while stream.write_all(&[b'y'; 4_096]).is_ok() {}
    });
    assert_eq!(get(one_long, |_| ()).await, bad("http_failed"));
}

#[tokio::test]
async fn who_hangs_up_or_talks_nonsense_is_told_apart() {
    assert_eq!(get(serve(|mut stream| drop(head(&mut stream))), |_| ()).await, bad("closed"));
    assert_eq!(get(says("220 mail.example ESMTP\r\n"), |_| ()).await, bad("http_failed"));
    assert_eq!(get(says([0xff; 100]), |_| ()).await, bad("http_failed"));
    assert_eq!(get(tcp::refusing(), |_| ()).await, bad("refused"));
    let cut = says("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nab");
    assert_eq!(get(cut, |settings| settings.keyword = Some("abc".into())).await, bad("closed"));
    assert!(is_good(&get(cut, |settings| settings.keyword = Some("ab".into())).await), "it was there before");
}

#[tokio::test]
async fn redirects_are_followed_to_their_end_and_circles_are_left() {
    let end = says(ok("here"));
    let hop = says(redirect(&format!("http://{end}/")));
    let keyword = |settings: &mut Settings| settings.keyword = Some("here".into());
    assert!(is_good(&get(hop, keyword).await));
    let circle = says(redirect("/again"));
    let too_many = |wanted| Outcome::Bad(Reason::new("too_many_redirects").wanted(wanted));
    assert_eq!(get(circle, |_| ()).await, too_many(5));
    assert_eq!(get(circle, |settings| settings.redirects = Some(1)).await, too_many(1));
    let status = Outcome::Bad(Reason::new("http_status").got(302).wanted("200-299"));
    assert_eq!(get(circle, |settings| settings.redirects = Some(0)).await, status);
    assert!(is_good(&get(circle, |settings| settings.status = Some("302".into())).await), "that was wanted");
    for nowhere in ["file:///etc/passwd", "javascript:alert(1)", "http://", "http://["] {
        assert_eq!(get(says(redirect(nowhere)), |_| ()).await, status, "{nowhere}");
    }
}

#[tokio::test]
async fn each_hop_has_to_be_allowed() {
    let server = says(redirect("http://127.0.0.2:1/"));
    let target = format!("http://{server}/");
    let allowed = Allowed::parse(["127.0.0.1"]).expect("networks");
    let looked = Probes::new().look(&parsed(Kind::Http, &target, &settings(|_| ())), &allowed).await;
    assert_eq!(looked.outcome, Outcome::Bad(Reason::new("address_not_allowed").got("127.0.0.2")));
}
