//! Addresses of networks. In: a text. Out: what becomes of it. The sources are `network.c` and `inet_net_pton.c`.

use super::cursor::{Cursor, hex};
use super::outcome::{Reading, Sense, Stop};

/// An address as read: its bytes and the length of its prefix.
struct Address {
    bytes: Vec<u8>,
    bits: usize,
}

impl Address {
    /// Whether nothing is set behind the prefix.
    fn is_network(&self) -> bool {
        self.bytes.iter().enumerate().all(|(index, byte)| {
            let shown = self.bits.saturating_sub(index * 8).min(8);
            shown == 8 || u16::from(*byte) & (0xff >> shown) == 0
        })
    }
}

/// A text as inet.
pub(super) fn inet(text: &str) -> Reading<Sense> {
    match address(text, host)? {
        Some(_) => Ok(Sense::Fixed),
        None => Err(Stop::syntax("inet", text)),
    }
}

/// A text as cidr.
pub(super) fn cidr(text: &str) -> Reading<Sense> {
    match address(text, network)? {
        None => Err(Stop::syntax("cidr", text)),
        Some(address) if address.is_network() => Ok(Sense::Fixed),
        Some(_) => Err(Stop::refused("22P02", format!("invalid cidr value: \"{text}\""))),
    }
}

fn address(text: &str, four: impl Fn(Cursor) -> Option<Address>) -> Reading<Option<Address>> {
    if text.contains(':') {
        return Ok(six(Cursor::new(text.as_bytes())));
    }
    // The server adds up a length of a prefix without a look at its size.
    if text.split_once('/').is_some_and(|(_, bits)| bits.len() > 9) {
        return Err(Stop::Unjudged);
    }
    Ok(four(Cursor::new(text.as_bytes())))
}

/// A decimal octet.
fn octet(cursor: &mut Cursor) -> Option<u8> {
    let digits = cursor.digits();
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u8, |value, digit| value.checked_mul(10)?.checked_add(digit - b'0'))
}

/// The length of a prefix, if there is one, and then the end.
fn length(cursor: &mut Cursor) -> Option<Option<usize>> {
    if cursor.is_done() {
        return Some(None);
    }
    if !cursor.eat(b'/') || !cursor.peek().is_ascii_digit() {
        return None;
    }
    let digits = std::str::from_utf8(cursor.digits()).ok()?;
    let bits = digits.parse().ok().filter(|bits| *bits <= 32)?;
    cursor.is_done().then_some(Some(bits))
}

/// Version 4 of inet: all octets, or those that the prefix covers. A point may stand at the end.
fn host(mut cursor: Cursor) -> Option<Address> {
    let mut bytes = Vec::new();
    while cursor.peek().is_ascii_digit() {
        bytes.push(octet(&mut cursor)?);
        if bytes.len() > 4 {
            return None;
        }
        if cursor.is_done() || cursor.peek() == b'/' {
            break;
        }
        if !cursor.eat(b'.') {
            return None;
        }
    }
    if bytes.is_empty() {
        return None;
    }
    let bits = match length(&mut cursor)? {
        Some(bits) if bits / 8 <= bytes.len() => bits,
        None if bytes.len() == 4 => 32,
        _ => return None,
    };
    Some(Address { bytes, bits })
}

/// Version 4 of cidr: the octets that are not zero; a length that is not written follows from the class of the network.
fn network(mut cursor: Cursor) -> Option<Address> {
    let mut bytes = Vec::new();
    if cursor.peek() == b'0' && matches!(cursor.nth(1), b'x' | b'X') && cursor.nth(2).is_ascii_hexdigit() {
        cursor.skip(2);
        let digits = cursor.take(|byte| byte.is_ascii_hexdigit());
        bytes.extend(digits.chunks(2).map(|pair| {
            let mut values = pair.iter().map(|digit| hex(*digit).unwrap_or(0));
            values.next().unwrap_or(0) << 4 | values.next().unwrap_or(0)
        }));
    } else {
        loop {
            bytes.push(octet(&mut cursor)?);
            if cursor.is_done() || cursor.peek() == b'/' {
                break;
            }
            if !cursor.eat(b'.') {
                return None;
            }
        }
    }
    let written = length(&mut cursor)?;
    if bytes.len() > 4 {
        return None;
    }
    let first = *bytes.first()?;
    let bits = written.unwrap_or_else(|| {
        let class = match first {
            240.. => 32,
            224..=239 => 8,
            192..=223 => 24,
            128..=191 => 16,
            _ => 8,
        };
        let wide = class.max(bytes.len() * 8);
        if wide == 8 && first == 224 { 4 } else { wide }
    });
    Some(Address { bytes, bits })
}

/// Version 6.
fn six(mut cursor: Cursor) -> Option<Address> {
    if cursor.eat(b':') && cursor.peek() != b':' {
        return None;
    }
    let mut bytes: Vec<u8> = Vec::new();
    let mut gap = None;
    let mut bits = 128;
    loop {
        let before = cursor;
        let group = cursor.take(|byte| byte.is_ascii_hexdigit());
        if group.len() > 4 {
            return None;
        }
        match cursor.peek() {
            // Version 4 at the end.
            b'.' if bytes.len() <= 12 => {
                bits = embedded(before, &mut bytes)?.unwrap_or(bits);
                break;
            }
            byte @ (0 | b'/' | b':') => {
                if byte == b':' && group.is_empty() {
                    if gap.replace(bytes.len()).is_some() {
                        return None;
                    }
                } else if !group.is_empty() {
                    push(&mut bytes, group)?;
                }
                if byte == b'/' {
                    cursor.skip(1);
                    bits = prefix(&mut cursor)?;
                }
                if byte != b':' {
                    break;
                }
                cursor.skip(1);
                if !group.is_empty() && cursor.is_done() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    fill(bytes, gap).map(|bytes| Address { bytes, bits })
}

fn push(bytes: &mut Vec<u8>, group: &[u8]) -> Option<()> {
    let value = group.iter().fold(0u16, |value, digit| value << 4 | u16::from(hex(*digit).unwrap_or(0)));
    bytes.extend(value.to_be_bytes());
    (bytes.len() <= 16).then_some(())
}

/// Zeros where the gap is.
fn fill(bytes: Vec<u8>, gap: Option<usize>) -> Option<Vec<u8>> {
    match gap {
        None => (bytes.len() == 16).then_some(bytes),
        Some(_) if bytes.len() == 16 => None,
        Some(gap) => {
            let (before, after) = bytes.split_at_checked(gap)?;
            let zeros = vec![0; 16usize.checked_sub(bytes.len())?];
            Some([before, &zeros, after].concat())
        }
    }
}

/// A number without leading zeros, up to a limit.
fn small(digits: &[u8], limit: usize) -> Option<usize> {
    let text = std::str::from_utf8(digits).ok()?;
    let plain = !text.is_empty() && text.len() <= 3 && (text.len() == 1 || !text.starts_with('0'));
    text.parse().ok().filter(|value| plain && *value <= limit)
}

/// The length of a prefix of version 6, which ends the text.
fn prefix(cursor: &mut Cursor) -> Option<usize> {
    let bits = small(cursor.digits(), 128)?;
    cursor.is_done().then_some(bits)
}

/// Up to four octets at the end of version 6; they take the place of four.
fn embedded(mut cursor: Cursor, bytes: &mut Vec<u8>) -> Option<Option<usize>> {
    let mut octets = Vec::new();
    loop {
        let digits = cursor.digits();
        let value = if digits.is_empty() && matches!(cursor.peek(), b'.' | b'/') { 0 } else { small(digits, 255)? };
        if octets.len() > 3 {
            return None;
        }
        octets.push(u8::try_from(value).ok()?);
        if !cursor.eat(b'.') {
            break;
        }
    }
    let bits = if cursor.is_done() { None } else { Some(cursor.eat(b'/').then(|| prefix(&mut cursor))??) };
    octets.resize(4, 0);
    bytes.extend(octets);
    Some(bits)
}
