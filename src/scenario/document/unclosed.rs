//! Where a brace, bracket or quote was opened that is never closed: one fault, which a parser tells as many.

/// The place and the mark that opens; none: everything is closed. Only asked of texts that are not TOML.
pub(super) fn unclosed(text: &str) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    // The last sign that counts, blanks and comments aside.
    let mut before = b'\n';
    let mut at = 0;
    while at < bytes.len() {
        if !text.is_char_boundary(at) {
            at += 1;
            continue;
        }
        let line_begins = text[..at].trim_end_matches([' ', '\t']).ends_with('\n') || text[..at].trim().is_empty();
        if line_begins && !bytes[at].is_ascii_whitespace() && !open.is_empty() && begins_anew(line_at(text, at), before) {
            return open.last().copied();
        }
        match bytes[at] {
            b'#' => {
                at += line_at(text, at).len();
                continue;
            }
            b'"' | b'\'' => match string_end(text, at) {
                Some(end) => {
                    before = bytes[at];
                    at = end;
                    continue;
                }
                None => return Some((at, if bytes[at] == b'"' { "\"" } else { "'" })),
            },
            // The name of a table is no value.
            b'[' if open.is_empty() && line_begins => {
                at += line_at(text, at).len();
                continue;
            }
            b'[' => open.push((at, "[")),
            b'{' => open.push((at, "{")),
            b']' => match open.pop() {
                Some((_, "[")) | None => {}
                wrong => return wrong,
            },
            b'}' => match open.pop() {
                Some((_, "{")) | None => {}
                wrong => return wrong,
            },
            _ => {}
        }
        if !bytes[at].is_ascii_whitespace() {
            before = bytes[at];
        }
        at += 1;
    }
    open.last().copied()
}

/// Whether a line is no continuation of an array or inline table: a key or the name of a table where a comma would stand.
fn begins_anew(line: &str, before: u8) -> bool {
    if matches!(before, b',' | b'[' | b'{') {
        // `[name]` alone on its line, after a comma, is an element only if it is a value.
        let name = line.trim_end();
        let inside = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
        return inside.is_some_and(|n| n.contains('.') && n.starts_with(|c: char| c.is_ascii_alphabetic()));
    }
    let is_key = |key: &str| !key.trim().is_empty() && key.trim().chars().all(|c| c.is_alphanumeric() || "-_.\"' ".contains(c));
    line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| is_key(key))
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].split('\n').next().unwrap_or("")
}

/// Past the string that begins at `at`; none: it is never closed.
fn string_end(text: &str, at: usize) -> Option<usize> {
    let quote = &text[at..=at];
    let thrice = quote.repeat(3);
    if text[at..].starts_with(&thrice) {
        let found = text[at + 3..].find(&thrice)?;
        return Some(at + 3 + found + 3);
    }
    let mut escaped = false;
    for (i, c) in line_at(text, at).char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == "\"" => escaped = true,
            c if quote.starts_with(c) => return Some(at + i + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_closed_is_found_where_it_was_opened() {
        let found = |text: &str| unclosed(text).map(|(at, mark)| (text[..at].matches('\n').count() + 1, mark));
        assert_eq!(found("[a]\nb = { c = 1, d = [1, 2] }\n# { \" [\n"), None);
        assert_eq!(
            found("[a]\nservice = { dist = \"x\", mean = \"4min\"\nlanes = 2\n[b]\n"),
            Some((2, "{"))
        );
        assert_eq!(found("a = [1, 2\nb = 3\n"), Some((1, "[")));
        assert_eq!(found("a = [\n  1,\n  2,\n[stage.b]\nc = 1\n"), Some((1, "[")));
        assert_eq!(found("a = \"x\nb = 3\n"), Some((1, "\"")));
        assert_eq!(found("a = \"\"\"x\nb = 3\n"), Some((1, "\"")));
        assert_eq!(found("a = [{ b = 1 ]\n"), Some((1, "{")));
        assert_eq!(found("a = [\n  [1, 2],\n  [3],\n]\n"), None);
        assert_eq!(found("a = 'it''\n[b]\n"), Some((1, "'")));
        assert_eq!(found("a = \"träger \\\" x\"\n"), None);
    }
}
