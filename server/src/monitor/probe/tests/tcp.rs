use socket2::{Domain, Socket, Type};

use super::*;

/// A port on which nobody listens.
pub fn refusing() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

/// A port whose queue is full: packets to it get lost, as with a host that is gone.
pub struct Full {
    pub address: SocketAddr,
    _listener: Socket,
    _queue: Vec<Socket>,
}

pub fn full() -> Full {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let any: SocketAddr = "127.0.0.1:0".parse().expect("an address");
    listener.bind(&any.into()).expect("a port");
    listener.listen(0).expect("a queue");
    let address = listener.local_addr().expect("an address");
    let queue = (0..4).map(|_| {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.set_nonblocking(true).expect("a flag");
        // In progress for ever, from the second or third on.
        socket.connect(&address).ok();
        socket
    });
    let queue = queue.collect();
    Full { address: address.as_socket().expect("an address"), _listener: listener, _queue: queue }
}

#[tokio::test]
async fn who_accepts_is_good_and_who_refuses_is_not() {
    let address = serve(drop);
    let looked =
        Probes::new().look(&parsed(Kind::Tcp, &address.to_string(), &settings(|_| ())), &Allowed::default()).await;
    assert!(is_good(&looked.outcome), "{looked:?}");
    assert_eq!(looked.note.as_deref(), Some("127.0.0.1"));
    assert_eq!(look(Kind::Tcp, &refusing().to_string(), &settings(|_| ())).await, bad("refused"));
}

#[tokio::test]
async fn who_never_answers_has_a_timeout() {
    let full = full();
    assert_eq!(look(Kind::Tcp, &full.address.to_string(), &settings(short)).await, timed_out());
}

#[tokio::test]
async fn addresses_that_are_not_on_the_list_are_not_connected_to() {
    let (address, came) = guarded();
    let allowed = Allowed::parse(["10.0.0.0/8"]).expect("networks");
    let port = address.port();
    for target in [format!("127.0.0.1:{port}"), format!("[::ffff:127.0.0.1]:{port}"), format!("2130706433:{port}")] {
        let looked = Probes::new().look(&parsed(Kind::Tcp, &target, &settings(|_| ())), &allowed).await;
        let expected = Outcome::Bad(Reason::new("address_not_allowed").got("127.0.0.1"));
        assert_eq!(looked.outcome, expected, "{target}");
    }
    assert_eq!(came.load(Relaxed), 0);
}

#[tokio::test]
async fn ipv6_is_looked_at_as_well() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        eprintln!("there is no IPv6 here: not tried");
        return;
    };
    let target = format!("[::1]:{}", listener.local_addr().expect("an address").port());
    assert!(is_good(&look(Kind::Tcp, &target, &settings(|_| ())).await));
}
