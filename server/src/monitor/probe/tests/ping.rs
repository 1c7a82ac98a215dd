use futures_util::future::join_all;

use super::*;

/// Says in one line when nobody can be pinged here; then nobody is judged, either.
async fn probes() -> Option<Probes> {
    let probes = Probes::new();
    if probes.ping_permitted() {
        return Some(probes);
    }
    eprintln!("no ping socket opens here: pings are not tried");
    let looked = probes.look(&parsed(Kind::Ping, "127.0.0.1", &settings(|_| ())), &Allowed::default()).await;
    assert_eq!(looked.outcome, Outcome::Unjudged(Reason::new("ping_not_permitted")));
    None
}

#[tokio::test]
async fn many_are_pinged_through_one_socket_at_the_same_time() {
    let Some(probes) = probes().await else { return };
    let looks: Vec<_> = (0..500_u32)
        .map(|number| format!("127.1.{}.{}", number / 250, number % 250 + 1))
        .map(|address| parsed(Kind::Ping, &address, &settings(|_| ())))
        .collect();
    let allowed = Allowed::default();
    let all = join_all(looks.iter().map(|look| probes.look(look, &allowed))).await;
    for (look, looked) in looks.iter().zip(all) {
        assert!(is_good(&looked.outcome), "{look:?} {looked:?}");
        assert_eq!(looked.note, look.address().map(|address| address.to_string()));
    }
}

#[tokio::test]
async fn ipv6_is_pinged_as_well() {
    let Some(probes) = probes().await else { return };
    let looked = probes.look(&parsed(Kind::Ping, "::1", &settings(|_| ())), &Allowed::default()).await;
    let no_ipv6 = [bad("unreachable"), Outcome::Unjudged(Reason::new("ping_not_permitted"))];
    assert!(is_good(&looked.outcome) || no_ipv6.contains(&looked.outcome), "{looked:?}");
}

#[tokio::test]
async fn where_there_is_no_way_it_is_unreachable_at_once() {
    let Some(probes) = probes().await else { return };
    // The system refuses to send to everybody.
    let looked = probes.look(&parsed(Kind::Ping, "255.255.255.255", &settings(|_| ())), &Allowed::default()).await;
    assert_eq!(looked.outcome, bad("unreachable"));
}

#[tokio::test]
async fn who_gives_up_leaves_nothing_behind_and_disturbs_nobody() {
    let Some(probes) = probes().await else { return };
    let allowed = Allowed::default();
    let look = parsed(Kind::Ping, "127.0.0.1", &settings(|_| ()));
    for _ in 0..100 {
        // Dropped after its first step, while it is its turn to read.
        tokio::select! {
            biased;
            looked = probes.look(&look, &allowed) => panic!("nothing answers that fast: {looked:?}"),
            () = std::future::ready(()) => {}
        }
        assert!(is_good(&probes.look(&look, &allowed).await.outcome));
    }
}

#[tokio::test]
async fn an_address_that_is_not_on_the_list_is_not_pinged() {
    let Some(probes) = probes().await else { return };
    let allowed = Allowed::parse(["10.0.0.0/8"]).expect("networks");
    let looked = probes.look(&parsed(Kind::Ping, "127.0.0.1", &settings(|_| ())), &allowed).await;
    assert_eq!(looked.outcome, Outcome::Bad(Reason::new("address_not_allowed").got("127.0.0.1")));
}
