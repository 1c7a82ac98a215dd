//! IPv4 addresses by their first and by their last octets.

use std::{net::Ipv4Addr, ops::RangeInclusive};

use super::vocab::Lists;
use crate::directory::{query::Network, rank::looseness};

#[derive(Debug, Default)]
pub(super) struct Ips {
    /// Addresses and their people, in order.
    forward: Vec<(u32, u32)>,
    /// The same with the octets reversed.
    backward: Vec<(u32, u32)>,
    docs: Lists,
}

/// Collects addresses, person by person.
#[derive(Debug, Default)]
pub(super) struct IpsBuilder {
    ips: Vec<u32>,
    ends: Vec<u32>,
}

impl IpsBuilder {
    /// What is no address is left out.
    pub(super) fn push(&mut self, ips: &[String]) {
        self.ips.extend(ips.iter().filter_map(|ip| ip.parse::<Ipv4Addr>().ok()).map(u32::from));
        self.ends.push(self.ips.len() as u32);
    }

    /// `order` names for each place the person, in the order of `push`, who gets it.
    pub(super) fn finish(self, order: &[u32]) -> Ips {
        let pairs = (0..).zip(order).flat_map(|(doc, &old)| {
            let from = if old == 0 { 0 } else { self.ends[old as usize - 1] };
            self.ips[from as usize..self.ends[old as usize] as usize].iter().map(move |&ip| (doc, ip))
        });
        let docs = Lists::new(order.len() as u32, pairs.clone());
        let mut forward: Vec<_> = pairs.clone().map(|(doc, ip)| (ip, doc)).collect();
        let mut backward: Vec<_> = pairs.map(|(doc, ip)| (ip.swap_bytes(), doc)).collect();
        forward.sort_unstable();
        backward.sort_unstable();
        Ips { forward, backward, docs }
    }
}

impl Ips {
    pub(super) fn of(&self, doc: u32) -> impl Iterator<Item = String> {
        self.docs.get(doc).iter().map(|&ip| Ipv4Addr::from(ip).to_string())
    }

    /// The people with an address of the network, by how exactly it fits.
    pub(super) fn find(&self, network: &Network) -> Vec<(u16, Vec<u32>)> {
        let docs = |sorted: &[(u32, u32)], range: RangeInclusive<u32>| -> Vec<u32> {
            let from = sorted.partition_point(|(ip, _)| ip < range.start());
            let to = sorted.partition_point(|(ip, _)| ip <= range.end());
            sorted[from..to].iter().map(|&(_, doc)| doc).collect()
        };
        if network.ending {
            let reversed: Vec<u8> = network.octets.iter().rev().copied().collect();
            return vec![(looseness::ENDING, docs(&self.backward, range(&reversed)))];
        }
        let whole = if network.octets.len() == 4 { looseness::EXACT } else { looseness::PART };
        let mut found = vec![(whole, docs(&self.forward, range(&network.octets)))];
        if let (true, Some((&last, first))) = (network.open, network.octets.split_last()) {
            let mut begun = Vec::new();
            for (scale, more) in [(10, 9), (100, 99)] {
                let from = u32::from(last) * scale;
                for octet in from..=(from + more).min(255) {
                    let octets: Vec<u8> = first.iter().copied().chain(u8::try_from(octet)).collect();
                    begun.extend(docs(&self.forward, range(&octets)));
                }
            }
            found.push((looseness::BEGINNING, begun));
        }
        found
    }
}

/// The addresses that begin with some octets.
fn range(octets: &[u8]) -> RangeInclusive<u32> {
    let mut from = [0; 4];
    let mut to = [255; 4];
    for (at, &octet) in octets.iter().take(4).enumerate() {
        from[at] = octet;
        to[at] = octet;
    }
    u32::from_be_bytes(from)..=u32::from_be_bytes(to)
}

#[cfg(test)]
mod tests {
    use super::{IpsBuilder, Network};

    #[test]
    fn addresses_are_found_by_octets() {
        let persons =
            [vec!["10.16.5.7".to_owned(), "10.16.5.8".into()], vec!["10.160.5.7".into()], vec!["10.16.55.7".into()]];
        let mut ips = IpsBuilder::default();
        persons.iter().for_each(|of| ips.push(of));
        let ips = ips.finish(&[0, 1, 2]);
        assert_eq!(ips.of(0).collect::<Vec<_>>(), persons[0]);
        let found = |octets: &[u8], ending, open| -> Vec<Vec<u32>> {
            let network = Network { octets: octets.into(), ending, open };
            ips.find(&network).into_iter().map(|(_, docs)| docs).collect()
        };
        assert_eq!(found(&[10, 16, 5, 7], false, false), [vec![0]]);
        assert_eq!(found(&[10, 16], false, true), [vec![0, 0, 2], vec![1]]);
        assert_eq!(found(&[10, 16, 5], false, true), [vec![0, 0], vec![2]]);
        assert_eq!(found(&[10, 16, 5], false, false), [vec![0, 0]]);
        assert_eq!(found(&[5, 7], true, false), [vec![0, 1]]);
    }
}
