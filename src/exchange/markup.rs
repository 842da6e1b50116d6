//! Markdown: text and addresses as parts of a document.
//!
//! Owns the escaping, by `CommonMark` and the tables and strikes of GitHub. Must not know documents.

/// A checked address is percent-encoded, so that nothing in it can close the brackets.
pub(super) fn address(link: &str) -> String {
    format!("<{link}>")
}

/// Lines as paragraphs: an empty one parts them, any other one is kept as a break.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|text| line(text.trim())).collect();
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let is_parted = line.is_empty() || lines.get(at + 1).is_none_or(String::is_empty);
        out.push_str(line);
        if at + 1 < lines.len() {
            out.push_str(if is_parted { "\n" } else { "\\\n" });
        }
    }
    out
}

/// One line as text: nothing in it is markup.
pub(super) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let is_always = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '&'
                | '!'
                | '$'
        );
        let is_at_start = at == 0 && matches!(c, '+' | '-' | '=')
            || digits > 0 && at == digits && matches!(c, '.' | ')');
        // Bare addresses would become links of a kind that nobody has checked.
        let is_link = c == ':' && text[at..].starts_with("://") || c == '@';
        let is_host = c == '.' && text[..at].to_ascii_lowercase().ends_with("www");
        if is_always || is_at_start || is_link || is_host {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
