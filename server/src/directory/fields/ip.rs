//! IPv4 addresses of workplaces.

use super::{Warning, Warnings, text};

/// More addresses of one person are taken for damage.
pub const MOST: usize = 100;

const NOTHING: [&str; 3] = ["dhcp", "авто", "динамический"];

/// Adds the addresses of a cell that are not in the list yet.
pub fn read(cell: &str, ips: &mut Vec<String>, warnings: &mut Warnings) {
    for piece in text::clean(cell).split([';', ',', ' ']) {
        // Before the mask is cut: one of the empty words has a slash.
        if text::is_empty_word(piece) {
            continue;
        }
        let address = piece.split('/').next().unwrap_or_default();
        if address.is_empty() || NOTHING.contains(&address.to_lowercase().as_str()) {
            continue;
        }
        match normalise(address) {
            Some(ip) if ips.contains(&ip) => {}
            Some(ip) if ips.len() < MOST => ips.push(ip),
            _ => warnings.insert(Warning::IpInvalid),
        }
    }
}

/// Four decimal groups without leading zeros.
fn normalise(address: &str) -> Option<String> {
    let mut groups = address.split('.').map(|group| {
        let digits = !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
        if digits { group.parse::<u8>().ok() } else { None }
    });
    let four = [groups.next()??, groups.next()??, groups.next()??, groups.next()??];
    groups.next().is_none().then(|| four.map(|group| group.to_string()).join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_give_addresses() {
        let table: [(&str, &[&str], bool); 16] = [
            ("10.16.5.7", &["10.16.5.7"], false),
            ("10.16.5.7/24; 10.16.5.8/255.255.255.0", &["10.16.5.7", "10.16.5.8"], false),
            ("010.016.003.045", &["10.16.3.45"], false),
            ("10.0.0.1\n10.0.0.2,10.0.0.1", &["10.0.0.1", "10.0.0.2"], false),
            ("DHCP", &[], false),
            ("Динамический", &[], false),
            ("н/д", &[], false),
            ("n/a, авто", &[], false),
            ("10.0.0.1 /24", &["10.0.0.1"], false),
            ("10.16.300.5", &[], true),
            ("10.16.3", &[], true),
            ("10.16.3.4.5", &[], true),
            ("10,16,3,45", &[], true),
            ("fe80::1", &[], true),
            ("10.0.0.1; 192.168.1.256", &["10.0.0.1"], true),
            ("10.0.+1.1", &[], true),
        ];
        for (cell, expected, warned) in table {
            let (mut ips, mut warnings) = (Vec::new(), Warnings::default());
            read(cell, &mut ips, &mut warnings);
            assert_eq!(ips, expected, "{cell:?}");
            assert_eq!(warnings.contains(Warning::IpInvalid), warned, "{cell:?}");
        }
    }
}
