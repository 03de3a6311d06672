//! A column in a block: how many bytes a value takes, then the values one after the other, little-endian.
//!
//! Whole numbers are mostly counts: one more than the value, 0 for an empty one, in the fewest bytes that hold them all, and in no byte
//! where all are empty. A column with a negative or a huge number takes 8 bytes a value, as it is. Real numbers take 8 bytes, or none where
//! all are empty. Words come first as a list, then their codes as whole numbers.

use crate::table::{Data, Kind};

/// Bytes of a number that is stored as it is.
const PLAIN: u8 = 8;

/// Adds the bytes of a column.
pub(super) fn encode(data: &Data, bytes: &mut Vec<u8>) {
    match data {
        Data::Whole(values) => encode_whole(values, coded, bytes),
        Data::Real(values) if values.iter().all(|v| v.is_nan()) => bytes.push(0),
        Data::Real(values) => {
            bytes.push(PLAIN);
            put(values, bytes, f64::to_le_bytes);
        }
        Data::Text { codes, words } => {
            bytes.extend((words.len() as u32).to_le_bytes());
            for word in words {
                bytes.extend((word.len() as u32).to_le_bytes());
                bytes.extend(word.as_bytes());
            }
            encode_whole(codes, |code| u64::from(code.wrapping_add(1)), bytes);
        }
    }
}

/// One more than a value, 0 for an empty one, `u64::MAX` for what has to stay as it is.
fn coded(value: i64) -> u64 {
    if value == Data::EMPTY_WHOLE {
        0
    } else {
        (value as u64).saturating_add(1)
    }
}

fn encode_whole<T: Copy + Into<i64>>(values: &[T], coded: impl Fn(T) -> u64, bytes: &mut Vec<u8>) {
    let most = values.iter().map(|v| coded(*v)).max().unwrap_or(0);
    let width = match most {
        0 => 0,
        1..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => PLAIN,
    };
    bytes.push(width);
    match width {
        0 => {}
        1 => put(values, bytes, |v| (coded(v) as u8).to_le_bytes()),
        2 => put(values, bytes, |v| (coded(v) as u16).to_le_bytes()),
        4 => put(values, bytes, |v| (coded(v) as u32).to_le_bytes()),
        _ => put(values, bytes, |v| v.into().to_le_bytes()),
    }
}

fn put<T: Copy, const WIDTH: usize>(values: &[T], bytes: &mut Vec<u8>, number: impl Fn(T) -> [u8; WIDTH]) {
    let from = bytes.len();
    bytes.resize(from + values.len() * WIDTH, 0);
    for (place, value) in bytes[from..].as_chunks_mut().0.iter_mut().zip(values) {
        *place = number(*value);
    }
}

/// Takes a column of so many rows from the front of `bytes` into `data`, in place of what that holds; none: it is no such column.
pub(super) fn decode(bytes: &mut &[u8], rows: usize, data: &mut Data) -> Option<()> {
    match data {
        Data::Whole(values) => {
            values.clear();
            decode_whole(bytes, rows, values, |coded| i64::from(coded) - 1, Data::EMPTY_WHOLE)
        }
        Data::Real(values) => {
            values.clear();
            match take(bytes, 1)?[0] {
                0 => values.resize(rows, f64::NAN),
                PLAIN => values.extend(take(bytes, rows * 8)?.as_chunks().0.iter().map(|b| f64::from_le_bytes(*b))),
                _ => return None,
            }
            Some(())
        }
        Data::Text { codes, words } => {
            codes.clear();
            words.clear();
            for _ in 0..length(bytes)? {
                let long = length(bytes)?;
                words.push(std::str::from_utf8(take(bytes, long)?).ok()?.to_owned());
            }
            decode_whole(bytes, rows, codes, |coded| coded - 1, Data::EMPTY_TEXT)?;
            let known = |code: &u32| *code == Data::EMPTY_TEXT || (*code as usize) < words.len();
            codes.iter().all(known).then_some(())
        }
    }
}

fn decode_whole<T: Copy + TryFrom<i64>>(
    bytes: &mut &[u8],
    rows: usize,
    values: &mut Vec<T>,
    value: impl Fn(u32) -> T,
    empty: T,
) -> Option<()> {
    let width = take(bytes, 1)?[0];
    let numbers = take(bytes, rows * usize::from(width))?;
    let value = |coded: u32| if coded == 0 { empty } else { value(coded) };
    match width {
        0 => values.resize(rows, empty),
        1 => values.extend(numbers.iter().map(|b| value(u32::from(*b)))),
        2 => values.extend(numbers.as_chunks().0.iter().map(|b| value(u32::from(u16::from_le_bytes(*b))))),
        4 => values.extend(numbers.as_chunks().0.iter().map(|b| value(u32::from_le_bytes(*b)))),
        PLAIN => {
            for number in numbers.as_chunks().0 {
                values.push(T::try_from(i64::from_le_bytes(*number)).ok()?);
            }
        }
        _ => return None,
    }
    Some(())
}

/// Goes past a column of so many rows.
pub(super) fn skip(bytes: &mut &[u8], rows: usize, kind: Kind) -> Option<()> {
    if kind == Kind::Text {
        for _ in 0..length(bytes)? {
            let long = length(bytes)?;
            take(bytes, long)?;
        }
    }
    let width = take(bytes, 1)?[0];
    take(bytes, rows * usize::from(width)).map(|_| ())
}

fn length(bytes: &mut &[u8]) -> Option<usize> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number) as usize)
}

fn take<'a>(bytes: &mut &'a [u8], many: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(many)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn come_back(data: &Data, kind: Kind) -> usize {
        let mut bytes = Vec::new();
        encode(data, &mut bytes);
        let (mut rest, mut skipped, mut read) = (bytes.as_slice(), bytes.as_slice(), Data::new(kind));
        decode(&mut rest, data.len(), &mut read).unwrap();
        skip(&mut skipped, data.len(), kind).unwrap();
        assert!(rest.is_empty() && skipped.is_empty());
        // NaN is not equal to itself: compare as shown.
        assert_eq!(format!("{read:?}"), format!("{data:?}"));
        bytes.len()
    }

    #[test]
    fn whole_numbers_come_back_from_the_fewest_bytes() {
        let empty = Data::EMPTY_WHOLE;
        for (values, bytes) in [
            (vec![], 1),
            (vec![empty, empty], 1),
            (vec![0, empty, 254], 4),
            (vec![255, 0], 5),
            (vec![empty, 65_534], 5),
            (vec![65_535], 5),
            (vec![4_294_967_294], 5),
            (vec![4_294_967_295], 9),
            (vec![-1, empty], 17),
            (vec![i64::MAX, i64::MIN + 1], 17),
        ] {
            assert_eq!(come_back(&Data::Whole(values), Kind::Whole), bytes);
        }
    }

    #[test]
    fn real_numbers_and_words_come_back() {
        assert_eq!(come_back(&Data::Real(vec![f64::NAN; 3]), Kind::Real), 1);
        assert_eq!(come_back(&Data::Real(vec![-0.0, f64::NAN, f64::INFINITY]), Kind::Real), 25);
        let words: Vec<String> = (0..300).map(|i| format!("ش{i}")).collect();
        let codes = (0..300).chain([u32::MAX]).collect();
        come_back(&Data::Text { codes, words }, Kind::Text);
    }

    #[test]
    fn what_is_cut_or_names_an_unknown_word_is_refused() {
        let mut bytes = Vec::new();
        let words = vec!["a".to_owned()];
        encode(&Data::Text { codes: vec![0, 1], words }, &mut bytes);
        assert!(decode(&mut bytes.as_slice(), 2, &mut Data::new(Kind::Text)).is_none());
        assert!(decode(&mut &bytes[..bytes.len() - 1], 2, &mut Data::new(Kind::Text)).is_none());
        assert!(decode(&mut [3, 0, 0, 0].as_slice(), 1, &mut Data::new(Kind::Whole)).is_none());
    }
}
