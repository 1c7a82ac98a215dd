//! ICMP echoes as bytes: RFC 792 and RFC 4443.

/// The header, and as many bytes of our own that nobody guesses.
pub const LENGTH: usize = 16;

/// Which internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// What came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// The answer to the echo of this number that carried this mark.
    Answer {
        /// Its number.
        sequence: u16,
        /// Its mark.
        mark: u64,
    },
    /// The echo of this identifier and number does not get there.
    Unreachable {
        /// Its identifier.
        identifier: u16,
        /// Its number.
        sequence: u16,
    },
}

/// An echo request.
pub fn request(family: Family, identifier: u16, sequence: u16, mark: u64) -> [u8; LENGTH] {
    let mut packet = [0; LENGTH];
    packet[0] = match family {
        Family::V4 => 8,
        Family::V6 => 128,
    };
    packet[4..6].copy_from_slice(&identifier.to_be_bytes());
    packet[6..8].copy_from_slice(&sequence.to_be_bytes());
    packet[8..].copy_from_slice(&mark.to_be_bytes());
    if family == Family::V4 {
        // In IPv6 the system knows the addresses that are part of it, and computes it.
        let sum = checksum(&packet);
        packet[2..4].copy_from_slice(&sum.to_be_bytes());
    }
    packet
}

/// Reads what came in; nothing when it is not for us.
pub fn read(family: Family, bytes: &[u8]) -> Option<Incoming> {
    let bytes = without_header(family, bytes)?;
    let (answer, unreachable, request) = match family {
        Family::V4 => (0, 3, 8),
        Family::V6 => (129, 1, 128),
    };
    match *bytes.first()? {
        kind if kind == answer => {
            let mark = u64::from_be_bytes(bytes.get(8..LENGTH)?.try_into().ok()?);
            Some(Incoming::Answer { sequence: number(bytes, 6)?, mark })
        }
        kind if kind == unreachable => {
            // Behind eight bytes is the beginning of what did not get there, header first.
            let inner = match family {
                Family::V4 => without_header(family, bytes.get(8..)?)?,
                Family::V6 => bytes.get(8 + 40..)?,
            };
            (*inner.first()? == request)
                .then_some(Incoming::Unreachable { identifier: number(inner, 4)?, sequence: number(inner, 6)? })
        }
        _ => None,
    }
}

/// Raw IPv4 sockets give the header of the packet, others do not; ICMP itself never begins with a four.
fn without_header(family: Family, bytes: &[u8]) -> Option<&[u8]> {
    let first = *bytes.first()?;
    if family == Family::V4 && first >> 4 == 4 {
        return bytes.get(usize::from(first & 15) * 4..);
    }
    Some(bytes)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// RFC 1071.
fn checksum(packet: &[u8]) -> u16 {
    let words = packet.chunks(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)])));
    let mut sum: u32 = words.sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_as_the_rfc_says() {
        let packet = request(Family::V4, 0x1234, 1, 0x0102_0304_0506_0708);
        assert_eq!(packet, [8, 0, 0xd5, 0xb6, 0x12, 0x34, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(checksum(&packet), 0, "with its sum a packet sums up to nothing");
        assert_eq!(request(Family::V6, 0, 1, 0)[..4], [128, 0, 0, 0]);
    }

    #[test]
    fn answers_are_read_with_and_without_the_header_of_the_packet() {
        let mut answer = request(Family::V4, 7, 9, 42);
        answer[0] = 0;
        let expected = Some(Incoming::Answer { sequence: 9, mark: 42 });
        assert_eq!(read(Family::V4, &answer), expected);
        for words in [5, 6] {
            let header = [vec![0x40 | words], vec![0; usize::from(words) * 4 - 1]].concat();
            assert_eq!(read(Family::V4, &[&header[..], &answer].concat()), expected, "{words} words");
        }
        answer[0] = 129;
        assert_eq!(read(Family::V6, &answer), expected);
    }

    #[test]
    fn what_does_not_get_there_is_told_apart() {
        let expected = Some(Incoming::Unreachable { identifier: 7, sequence: 9 });
        let header = [vec![0x45], vec![0; 19]].concat();
        let inner = request(Family::V4, 7, 9, 42);
        let fault = [&[3, 1, 0, 0, 0, 0, 0, 0], &header[..], &inner[..8]].concat();
        assert_eq!(read(Family::V4, &fault), expected);
        assert_eq!(read(Family::V4, &[&header[..], &fault[..]].concat()), expected);
        let inner = request(Family::V6, 7, 9, 42);
        let header = [vec![0x60], vec![0; 39]].concat();
        let fault = [&[1, 0, 0, 0, 0, 0, 0, 0], &header[..], &inner[..8]].concat();
        assert_eq!(read(Family::V6, &fault), expected);
    }

    #[test]
    fn anything_else_is_not_for_us() {
        let request = request(Family::V4, 7, 9, 42);
        for bytes in [&[][..], &[0], &[0; 8], &[3; 8], &[3; 40], &request, &[0x4f; 20], &[0x45; 20], &[255; 64]] {
            assert_eq!(read(Family::V4, bytes), None, "{bytes:?}");
        }
        assert_eq!(read(Family::V6, &[1; 50]), None);
    }
}
